"""Stores of every kind, each empty."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from specloom.sandbox import Store, open_store

from .cluster import Cluster

Run = Callable[[Any], Any]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server."""
    cluster = Cluster()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def postgresql(cluster: Cluster) -> str:
    """The URL of a database of PostgreSQL that has nothing of ours."""
    cluster.execute("DROP SCHEMA IF EXISTS specloom CASCADE")
    return cluster.url


@pytest.fixture(params=["file", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What names an empty database that several processes can share."""
    if request.param == "file":
        return str(tmp_path / "sandbox.db")
    found: str = request.getfixturevalue("postgresql")
    return found


@pytest.fixture
def run() -> Iterator[Run]:
    """Run a coroutine; all of a test in one event loop."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(params=["memory", "file", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> Iterator[Store]:
    """An empty store."""
    if request.param == "memory":
        store = open_store()
    elif request.param == "file":
        store = open_store(str(tmp_path / "sandbox.db"))
    else:
        store = open_store(request.getfixturevalue("postgresql"))
    yield store
    run(store.close())
