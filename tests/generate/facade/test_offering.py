"""What the facade offers: the same methods for both clients, docstrings, types, and all the names that it lists."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from .odd_shapes import SECRETS, Server


def test_the_async_client_has_the_same_methods_and_does_the_same(package: ModuleType, server: Server) -> None:
    async def call() -> Any:
        async with package.AsyncOddShapes(**SECRETS, transport=httpx.MockTransport(server)) as api:
            server.answers(200, json={"name": "a"})
            thing = await api.things.get(1)
            response = await api.things.get_with_response(1)
            server.answers(404, json={"title": "t"})
            with pytest.raises(package.NotFoundError):
                await api.things.get(1)
            with pytest.raises(package.RequestValidationError):
                await api.things.get("1")
            return thing, response

    thing, response = asyncio.run(call())
    assert thing == response.parsed
    facade = importlib.import_module(f"{package.__name__}.facade")
    for name in ("Things", "ClassGroup"):
        methods = dict(inspect.getmembers(getattr(facade, name), inspect.isfunction))
        twins = dict(inspect.getmembers(getattr(facade, f"Async{name}"), inspect.isfunction))
        assert methods.keys() == twins.keys()
        for method, function in methods.items():
            if not method.startswith("_"):
                assert inspect.signature(function) == inspect.signature(twins[method])
                assert function.__doc__ == twins[method].__doc__


def test_the_docstring_tells_arguments_result_and_errors(package: ModuleType) -> None:
    doc = inspect.getdoc(importlib.import_module(f"{package.__name__}.facade").Things.change)
    assert doc is not None
    assert doc.startswith("`PATCH /things/{id}`.")
    assert "\n    id_: Another id.\n" in doc
    assert "\n    name_: Its name. None sends null.\n" in doc
    assert "\nReturns:\n    The thing, or a problem.\n" in doc
    assert "\n    OtherStatusError: Any other status. The thing, or a problem.\n" in doc


def test_pyright_is_content_in_strict_mode(package: ModuleType, tmp_path: Path) -> None:
    folder = Path(str(package.__file__)).parent
    config = {
        "typeCheckingMode": "strict",
        "include": [str(folder / f"{name}.py") for name in ("__init__", "errors", "facade", "operations")],
        "extraPaths": [str(folder.parent)],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config), "utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["generalDiagnostics"] == []


def test_all_that_is_offered_is_there(package: ModuleType) -> None:
    assert set(dir(package)) >= set(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        package.Nothing  # noqa: B018 - looking it up is what is tested
