"""A wheel is tried where it alone is installed; what does not work there is found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from specloom.generate import generate
from specloom.release import build_wheel
from specloom.release.trial import Tried, try_wheel
from specloom.release.trial.environment import Environment
from specloom.release.trial.repacking import repack
from specloom.release.trial.snippets import runnable
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api, SpecloomError, load_api

SPEC = Path(__file__).parent.parent.parent / "spec/parcel.yaml"

CAUGHT = """
```python
from parcels_client import ApiError, Parcels

with Parcels(token="your-token") as api:
    try:
        api.parcels.hold("P1", reason={})
    except ApiError as error:
        print(error)
```
"""


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    """An API of a small spec."""
    spec = tmp_path_factory.mktemp("specs") / "parcels/openapi.yaml"
    spec.parent.mkdir()
    shutil.copyfile(SPEC, spec)
    return load_api(spec)


@pytest.fixture(scope="module")
def package(api: Api, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its package."""
    (made,) = generate([api.document.path], tmp_path_factory.mktemp("generated"))
    return made.path


@pytest.fixture(scope="module")
def url(api: Api) -> Iterator[str]:
    """The URL of a sandbox that serves it."""
    with RunningSandbox(Sandbox([api])) as sandbox:
        yield sandbox.url


def test_a_package_that_works_passes(api: Api, package: Path, url: str, tmp_path: Path) -> None:
    assert try_wheel(build_wheel(package, tmp_path), api, url) == Tried(programs=6, tests=1, commands=1)


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(package: Path) -> None:
        path = package / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_replace("pyproject.toml", '"attrs>=22.2", ', ""), "No module named 'attr"),
        (_replace("pyproject.toml", "httpx>=0.23,<1", "httpx>=0.23,<0.24"), "installing parcels_client"),
        (
            _replace("parcels_client/types.py", "__all__ =", "import specloom\n__all__ ="),
            "import ended with 1",
        ),
        (
            _replace("parcels_client/schemas.py", "import annotations\n", "import annotations\n\nimport yaml\n"),
            "import ended",
        ),
        (_replace("README.md", "api.parcels.hold(", "api.parcels.keep("), r"program 1 of the README ended with 1"),
        (_replace("README.md", '"P1001"', '"P1"'), r"program 1 of the README ended with 1"),
        (_replace("README.md", "transport.requests[0]", "transport.requests[9]"), "test 1 of the README ended with 1"),
        (_replace("README.md", "```python", "```py"), "the README shows no program"),
        (_replace("pyproject.toml", ".commands:main", ".commands:other"), "the command line ended with 1"),
    ],
    ids=["requirement", "range", "import", "extra", "call", "record", "test", "no program", "script"],
)
def test_what_does_not_work_is_found(
    api: Api, package: Path, url: str, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    copy = shutil.copytree(package, tmp_path / "package")
    spoil(copy)
    with pytest.raises(SpecloomError, match=said):
        try_wheel(build_wheel(copy, tmp_path), api, url)


def test_an_answer_that_is_no_success_is_found(api: Api, package: Path, url: str, tmp_path: Path) -> None:
    copy = shutil.copytree(package, tmp_path / "package")
    readme = (copy / "README.md").read_text()
    (copy / "README.md").write_text(re.sub(r"(?s)```python\n.*?```", "", readme) + CAUGHT)
    with pytest.raises(SpecloomError, match="program 1 of the README was to be answered with success, and got "):
        try_wheel(build_wheel(copy, tmp_path), api, url)


def test_a_sandbox_that_is_gone_is_said_so(api: Api, package: Path, tmp_path: Path) -> None:
    with pytest.raises(SpecloomError, match=r"the sandbox at http://127\.0\.0\.1:1 does not answer"):
        try_wheel(build_wheel(package, tmp_path), api, "http://127.0.0.1:1")


def test_the_environment_has_nothing_else(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple/")
    environment = Environment(tmp_path)
    environment.install(build_wheel(package, tmp_path))
    code = "from importlib.metadata import distributions as all; print(sorted(each.metadata['Name'] for each in all()))"
    listed = environment.run(["python", "-c", code], {}, "listing")
    assert {"attrs", "httpx", "parcels-client"} <= set(re.findall(r"'([\w.-]+)'", listed))
    assert not {"pydantic", "pytest", "specloom", "pip"} & set(re.findall(r"'([\w.-]+)'", listed))


def test_what_is_not_installed_cannot_be_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SpecloomError, match="no-such-package is not installed"):
        repack(["No_Such.Package"], tmp_path)
    for name, files in {
        "old": {},
        "linked": {"WHEEL": "Tag: py3-none-any", "direct_url.json": '{"editable": true}'},
    }.items():
        info = tmp_path / "site" / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        for file, text in {"METADATA": f"Name: {name}\nVersion: 1.0\n", "RECORD": "", **files}.items():
            (info / file).write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path / "site"))
        with pytest.raises(SpecloomError, match=f"{name} was not installed from a wheel"):
            repack([name], tmp_path)


def test_the_code_of_a_readme_gets_the_sandbox_and_its_credentials() -> None:
    code = """
def current_token() -> str:
    return "your-token"

with A(token="your-token", user="your-user", environment="testing", base_url="http://127.0.0.1:8000/a") as api:
    api.b.c(token_name="your-token")
with A(environment="testing") as api:
    pass
"""
    assert (
        runnable(code, {"token": "it's"}, "http://sandbox/a")
        == """
def current_token() -> str:
    return "it's"

with A(token="it's", user="your-user", base_url="http://sandbox/a") as api:
    api.b.c(token_name="your-token")
with A() as api:
    pass
"""
    )
