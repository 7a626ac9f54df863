"""Read which operations a generated package can call, from its sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bench.foreign.documents import alike


def by_dictionaries(folder: Path) -> set[str]:
    """Return the operations of modules with `{"method": "get", "url": "/pets/{pet_id}".format(…)}`, one in each."""
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                keys = {key.value: value for key, value in pairs if isinstance(key, ast.Constant)}
                found |= {alike(each) for each in _named(keys.get("method"), keys.get("url"))}
    return found


def by_keywords(folder: Path, method: str, path: str) -> set[str]:
    """Return the operations of calls with the keywords `method` and `path`, such as `Endpoint(method=…, path=…)`."""
    found = set()
    for module in folder.rglob("*.py"):
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.Call):
                keys = {keyword.arg: keyword.value for keyword in node.keywords}
                found |= {alike(each) for each in _named(keys.get(method), keys.get(path))}
    return found


def _named(method: ast.expr | None, path: ast.expr | None) -> Iterator[str]:
    if isinstance(path, ast.Call) and isinstance(path.func, ast.Attribute):
        path = path.func.value
    match method, path:
        case ast.Constant(value=str(verb)), ast.Constant(value=str(template)):
            yield f"{verb.upper()} {template}"


def _tree(path: Path) -> ast.AST:
    try:
        return ast.parse(path.read_bytes())
    except SyntaxError:  # what cannot be read cannot be called
        return ast.Module([], [])
