"""What a generator cannot read is an error at its place in the spec, and no operation is left out unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from specloom.generate import generate
from specloom.generate.client import make_client
from specloom.generate.naming import names_of
from specloom.generate.operations import callable_modules, check_operations
from specloom.generate.preparing import prepare
from specloom.generate.soundness import check_soundness
from specloom.generate.tidying import formatted
from specloom.spec import SpecloomError, load_api

Write = Callable[..., Path]
Document = dict[str, Any]
OPERATION = "/paths/~1pets~1{id}/post"


def _schemas(document: Document) -> Any:
    return document["components"]["schemas"]


def _path_by_reference(document: Document) -> None:
    document["components"]["pathItems"] = {"Pet": document["paths"].pop("/pets/{id}")}
    document["paths"]["/pets/{id}"] = {"$ref": "#/components/pathItems/Pet"}


def _second_operation(document: Document) -> None:
    second = {**document["paths"]["/pets/{id}"]["post"], "operationId": "change_pets"}
    document["paths"]["/pets/{id}/again"] = {"post": second}


CASES: dict[str, tuple[Callable[[Document], Any], str, str]] = {
    "no operation": (
        lambda document: document["paths"].clear(),
        "/paths",
        "there is no operation",
    ),
    "an enum of several types": (
        lambda document: _schemas(document)["Kind"].update(enum=["big", 1]),
        "/components/schemas/Kind",
        "Enum values must all be the same type",
    ),
    "a boolean schema": (
        lambda document: _schemas(document)["Thing"]["properties"].update(any=True),
        "/components/schemas/Thing/properties/any",
        "openapi-python-client: Failed to parse OpenAPI document",
    ),
    "names that are one in Python": (
        lambda document: _schemas(document)["Thing"]["properties"].update(
            {"a b": {"type": "string"}, "a-b": {"type": "string"}, "a_b": {"type": "string"}, "aB": {"type": "string"}}
        ),
        "/components/schemas/Thing",
        "openapi-python-client: ",
    ),
    "a body in a form that no client sends": (
        lambda document: document["paths"]["/pets/{id}"]["post"]["requestBody"].update(
            content={"text/csv": {"schema": {"type": "string"}}}
        ),
        OPERATION,
        "Unsupported content type text/csv",
    ),
    "a path that is a reference": (_path_by_reference, "/components/pathItems/Pet/post", "left out POST /pets/{id}"),
    "operations whose modules have one name": (
        _second_operation,
        "/paths/~1pets~1{id}~1again/post/operationId",
        "would both be the module pets.change_pets",
    ),
    "an operation without a name": (
        lambda document: document["paths"]["/pets/{id}"]["post"].pop("operationId"),
        OPERATION,
        "left out POST /pets/{id}",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_generator_cannot_read_is_named(write: Write, output: Path, case: str) -> None:
    change, pointer, message = CASES[case]
    spec = write("pets", change)
    with pytest.raises(SpecloomError) as raised:
        generate([spec], output)
    place = raised.value.place
    assert (place.path, place.pointer) == (spec, pointer)
    assert message in raised.value.message
    assert "\n" not in raised.value.message
    assert raised.value.remedy
    key = pointer.rpartition("/")[2].replace("~1", "/")
    assert place.line is not None
    assert spec.read_text().splitlines()[place.line - 1].strip().startswith(key)
    assert not output.exists()


@pytest.mark.parametrize(
    "generator", ["specloom.generate.client.GeneratorData.from_dict", "datamodel_code_generator.generate"]
)
def test_a_generator_that_fails_is_an_error_of_the_spec(
    write: Write, output: Path, generator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise KeyError("what")

    monkeypatch.setattr(generator, fail)
    spec = write("pets")
    with pytest.raises(SpecloomError, match=r"failed: KeyError\('what'\)") as raised:
        generate([spec], output)
    assert raised.value.place.path == spec


def test_an_operation_that_the_client_lacks_is_named(write: Write) -> None:
    spec = write("pets")
    client, modules = make_client(prepare(load_api(spec)), names_of(spec))
    check_operations(client.prepared, modules)
    assert callable_modules(modules) == {("pets", "change_pets")}
    modules["api/pets/change_pets.py"] = "def sync_detailed(): ...\n"
    with pytest.raises(SpecloomError, match=r"left out POST /pets/\{id\}") as raised:
        check_operations(client.prepared, modules)
    assert raised.value.place.pointer == OPERATION


def test_an_operation_that_the_spec_lacks_is_named(write: Write) -> None:
    spec = write("pets")
    client, modules = make_client(prepare(load_api(spec)), names_of(spec))
    modules["api/pets/other.py"] = modules["api/pets/change_pets.py"]
    with pytest.raises(SpecloomError, match=r"made pets\.other, which is no operation"):
        check_operations(client.prepared, modules)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def", "pets_client/x.py does not compile: invalid syntax"),
        ("'\\d'", "does not compile: "),
        (
            "class A:\n    pass\n\n\n@final\nclass B(:\n    pass\n",
            "invalid syntax (x.py, line 6)",
        ),
        ("def f():\n    pass\n@final\n", "invalid syntax (x.py, line 3)"),
        ('"""\nclass of pets\n', "does not compile: unterminated triple-quoted string literal"),
        ("import yaml", "pets_client/x.py imports yaml, which the package does not require"),
        ("def f():\n    from specloom.spec import load", "imports specloom"),
        ("import pydantic", "imports pydantic"),
        ("import json, yaml as y", "imports yaml"),
        ("import json; from \\\n yaml.nodes import (\n Node)", "imports yaml"),
        ("if 1: import yaml.nodes", "imports yaml"),
    ],
)
def test_unsound_code_is_refused(write: Write, code: str, message: str) -> None:
    spec = write("pets")
    modules = {"schemas.py": "import pydantic, httpx, attrs, json\nfrom . import x\n"}
    check_soundness(spec, "pets_client", modules)
    with pytest.raises(SpecloomError) as raised:
        check_soundness(spec, "pets_client", {**modules, "x.py": code})
    assert raised.value.place.path == spec
    assert message in raised.value.message


def test_code_that_ruff_cannot_read_is_an_error() -> None:
    with pytest.raises(SpecloomError, match="ruff cannot read"):
        formatted({"code": "def"})


@pytest.mark.parametrize("name", ["Pets", "1pets", "pets_", "my pets", "pets-", "a--b"])
def test_a_folder_that_names_no_package_is_refused(write: Write, output: Path, name: str) -> None:
    with pytest.raises(SpecloomError, match="no package can be named after"):
        generate([write(name)], output)


def test_a_hyphen_in_the_name_is_an_underscore_in_python(write: Write, output: Path) -> None:
    generate([write("my-pets")], output)
    assert (output / "my-pets/my_pets_client/client.py").is_file()
    assert 'name = "my-pets-client"' in (output / "my-pets/pyproject.toml").read_text()


def test_a_spec_that_is_not_there_is_an_error(tmp_path: Path, output: Path) -> None:
    with pytest.raises(SpecloomError, match="there is no such file"):
        generate([tmp_path / "specs/pets/openapi.yaml"], output)


def test_a_spec_that_may_not_be_read_is_an_error(write: Write, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, read = write("pets"), Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == spec:
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SpecloomError, match="cannot be read: Permission denied") as raised:
        generate([spec], output)
    assert raised.value.place.path == spec


def test_generated_code_that_is_no_python_is_an_error_of_the_spec(
    write: Write, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datamodel_code_generator.generate", lambda *_, **__: "class")
    spec = write("pets")
    with pytest.raises(SpecloomError, match=r"schemas\.py does not compile") as raised:
        generate([spec], output)
    assert raised.value.place.path == spec


@pytest.mark.parametrize("text", ["import pets, by name\nfrom farm import pets", "class of pets", "pass\n@home\ndef "])
def test_a_text_that_looks_like_code_is_none(write: Write, text: str) -> None:
    check_soundness(write("pets"), "pets_client", {"x.py": f'"""\n{text}\n"""\n'})
