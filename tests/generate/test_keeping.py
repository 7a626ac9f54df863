"""What takes long to make is kept, and made again as soon as anything that it was made of has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from specloom.generate import bundling, keeping
from specloom.generate.keeping import kept

MADE_OF = {"ruff": "1"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is kept in a folder of the test."""
    monkeypatch.setattr(keeping.COMPILED, "directory", str(tmp_path))
    return tmp_path / "specloom-texts.json"


@pytest.fixture
def ask() -> Callable[[Mapping[str, str]], Mapping[str, str]]:
    """Ask for texts that tell how often they were made."""
    times: list[int] = []

    def make() -> Mapping[str, str]:
        times.append(1)
        return {"times": str(len(times))}

    return lambda made_of: kept("texts", made_of, make)


Ask = Callable[[Mapping[str, str]], Mapping[str, str]]


def test_it_is_made_once(store: Path, ask: Ask) -> None:
    assert [ask(MADE_OF), ask(MADE_OF)] == [{"times": "1"}] * 2
    assert list(store.parent.iterdir()) == [store]


@pytest.mark.usefixtures("store")
def test_it_is_made_again_of_something_else(ask: Ask) -> None:
    assert [ask(each)["times"] for each in (MADE_OF, {"ruff": "2"}, {"ruff": "2", "python": "3"}, MADE_OF)] == [
        *("1", "2", "3", "4")
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"made_of": {"ruff": "1"}}', "\udcff"])
def test_what_cannot_be_read_is_made_again(store: Path, ask: Ask, content: str) -> None:
    store.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert [ask(MADE_OF), ask(MADE_OF)] == [{"times": "1"}] * 2
    assert json.loads(store.read_text("utf-8"))["made_of"] == MADE_OF


def test_where_nothing_can_be_written_it_is_made_each_time(
    store: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fdopen", refuse)
    assert [ask(MADE_OF)["times"], ask(MADE_OF)["times"]] == ["1", "2"]
    assert list(store.parent.iterdir()) == []


@pytest.mark.usefixtures("store")
def test_hand_written_modules_are_tidied_anew_when_ruff_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    first = bundling.tidied.__wrapped__()
    monkeypatch.setattr(bundling, "formatted", lambda codes, _: dict.fromkeys(codes, "other"))
    assert bundling.tidied.__wrapped__() == first
    monkeypatch.setattr(bundling, "makers", lambda: {"ruff": "another"})
    assert set(bundling.tidied.__wrapped__().values()) == {"other"}
