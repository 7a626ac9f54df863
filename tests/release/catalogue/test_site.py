"""The site is complete, the same each time, and replaces nothing but a site."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from specloom.release.catalogue import write_site
from specloom.spec import SpecloomError, find_specs

from .conftest import INDEX_URL, sources
from .pages import broken, index, page

Tree = dict[str, bytes]


def _tree(folder: Path) -> Tree:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_link_and_every_row_of_the_index_leads_somewhere(site: Path) -> None:
    assert broken(site) == []


def test_every_part_of_the_spec_is_in_the_index(site: Path) -> None:
    found = index(site)
    rows = {api: [(found["kinds"][row[0]], row[1]) for row in rows] for api, _, rows in found["apis"]}
    assert ("operation", "Cancel the pickup of an order") in rows["fuuffy"]
    assert ("parameter", "orderReference") in rows["ppl"]
    assert ("status", "422 Unprocessable Entity") in rows["fastpod"]
    assert ("error", "400000") in rows["fuuffy"]
    assert ("member", "shipment_detail") in rows["fuuffy"]
    assert ("member", "X-Correlation-ID") in rows["ppl"]
    assert {kind for each in rows.values() for kind, _ in each} == set(found["kinds"])


def test_the_same_input_gives_the_same_bytes(specs: Path, site: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "site"
    code = (
        "import sys; from pathlib import Path; from specloom.release.catalogue import Sources, write_site\n"
        "from specloom.spec import find_specs\n"
        "specs, output, url = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "write_site(Sources(find_specs(folder=specs), specs / 'none', specs / 'none'), output, url)"
    )
    # In another process: nothing depends on the order of sets.
    subprocess.run([sys.executable, "-c", code, str(specs), str(again), INDEX_URL], check=True)
    assert _tree(again) == _tree(site)


def test_what_all_pages_use_is_there_once(site: Path) -> None:
    bundles = list(site.rglob("swagger-ui-bundle.js"))
    assert bundles == [site / "_shared" / "swagger-ui-bundle.js"]


def test_a_page_lets_nothing_in_and_runs_nothing_of_its_own(site: Path) -> None:
    for path in site.rglob("*.html"):
        found = page(path)
        policy = found.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert rules["script-src"] == "'self'"
        assert rules["style-src"] == ("'self' 'unsafe-inline'" if path.name == "reference.html" else "'self'")
        assert found.xpath("//script[not(@src)]/@type") == (
            ["application/json"] if path.name == "reference.html" else []
        )
        assert found.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []


def test_nothing_of_this_machine_is_in_the_site(specs: Path, site: Path) -> None:
    for name, content in _tree(site).items():
        assert str(specs.parent).encode() not in content, name


def test_a_site_is_replaced_as_a_whole(specs: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    write_site(sources(specs), output, INDEX_URL)
    one = specs.parent / "one"
    shutil.copytree(specs / "ppl", one / "ppl")
    write_site(sources(one), output, INDEX_URL)
    assert {path.name for path in output.iterdir()} == {".specloom-catalogue", "_shared", "index.html", "ppl"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "fill",
    [
        lambda output: (output.mkdir(), (output / "thesis.txt").write_text("mine")),
        lambda output: output.write_text("mine"),
    ],
    ids=["folder", "file"],
)
def test_what_is_no_site_is_not_replaced(specs: Path, tmp_path: Path, fill: Callable[[Path], object]) -> None:
    output = tmp_path / "site"
    fill(output)
    before = {path: path.is_file() and path.read_text() for path in tmp_path.rglob("*")}
    with pytest.raises(SpecloomError, match="this is no catalogue"):
        write_site(sources(specs), output, INDEX_URL)
    assert {path: path.is_file() and path.read_text() for path in tmp_path.rglob("*")} == before


def test_an_empty_folder_is_filled(specs: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_site(sources(specs), tmp_path / "site", INDEX_URL)
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_former_site_stays_when_a_spec_is_broken(specs: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    write_site(sources(specs), output, INDEX_URL)
    before = _tree(output)
    bad = tmp_path / "specs"
    shutil.copytree(specs, bad)
    (bad / "ppl" / "openapi.yaml").write_text("openapi: 3.1.0\ninfo: {title: x}\n")
    with pytest.raises(SpecloomError):
        write_site(sources(bad), output, INDEX_URL)
    assert _tree(output) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left")], ids=["stopped", "full"])
def test_the_former_site_stays_when_writing_ends_early(
    specs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    output = tmp_path / "site"
    write_site(sources(specs), output, INDEX_URL)
    before = _tree(output)
    write = Path.write_bytes
    written: list[Path] = []

    def fail(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 5:
            raise error
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(SpecloomError if isinstance(error, OSError) else KeyboardInterrupt):
        write_site(sources(specs), output, INDEX_URL)
    assert len(written) == 5
    assert _tree(output) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_former_site_comes_back_when_the_new_one_cannot_take_its_place(
    specs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "site"
    write_site(sources(specs), output, INDEX_URL)
    before = _tree(output)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(SpecloomError, match="nothing was changed"):
        write_site(sources(specs), output, INDEX_URL)
    assert _tree(output) == before


def test_a_folder_that_cannot_be_made_is_said(specs: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SpecloomError, match="cannot be written"):
        write_site(sources(specs), tmp_path / "file" / "site", INDEX_URL)


def test_it_is_made_of_the_repository_as_it_is(root: Path, tmp_path: Path) -> None:
    cards = write_site(sources(root / "specs"), tmp_path / "site", INDEX_URL)
    assert [each.name for each in cards] == [path.parent.name for path in find_specs(folder=root / "specs")]
    assert broken(tmp_path / "site") == []


@pytest.mark.parametrize("name", ["generate/facade/shapes", "fuzz/unusual", "fuzz/things", "spec/parcel"])
def test_specs_of_all_shapes_are_shown(root: Path, tmp_path: Path, name: str) -> None:
    spec = tmp_path / "specs" / "shape" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    shutil.copy(root / "tests" / f"{name}.yaml", spec)
    (card,) = write_site(sources(tmp_path / "specs"), tmp_path / "site", INDEX_URL)
    assert card.operations
    assert broken(tmp_path / "site") == []
