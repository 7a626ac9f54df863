"""The load that a sandbox is measured with: what is sent, to whom, and what is said when Prism or wrk is missing."""

from __future__ import annotations

import socket
from pathlib import Path

import attrs
import pytest

from bench.peers import install_prism
from bench.sandbox import measuring
from bench.sandbox.loading import Load, load, write_requests
from bench.sandbox.requests import Work, work_of
from bench.sandbox.serving import Server, ours, write_spec
from specloom.sandbox import RunningSandbox, Sandbox
from specloom.spec import Api, SpecloomError, load_api


def _works(apis: list[Api]) -> list[Work]:
    return [work for work in map(work_of, apis) if work is not None]


def _statuses(url: str, requests: list[bytes]) -> list[int]:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection, connection.makefile("rb") as answers:
        found = []
        for request in requests:
            connection.sendall(request)
            found.append(int(answers.readline().split()[1]))
            length = 0
            while (line := answers.readline().strip()) != b"":
                length = int(line.split(b":")[1]) if line.startswith(b"content-length") else length
            answers.read(length)
    return found


def test_each_valid_request_succeeds_and_the_other_is_refused(apis: list[Api], tmp_path: Path) -> None:
    works = _works(apis)
    assert len(works) == len(apis)
    for work in works:
        write_spec(tmp_path, work.api, {work.transition.record: work.seeds(20)})
        served = load_api(tmp_path / "specs" / work.api.name / "openapi.yaml")
        with RunningSandbox(Sandbox([served])) as sandbox:
            assert _statuses(sandbox.url, list(work.valid(20))) == [200] * 20
            assert all(400 <= status < 500 for status in _statuses(sandbox.url, [work.refused()]))


def test_a_server_is_started_as_its_users_do(apis: list[Api], tmp_path: Path) -> None:
    work = _works(apis)[0]
    write_spec(tmp_path, work.api)
    with ours(tmp_path, work.api, work.refused()) as server:
        assert _statuses(server.url, [work.refused()])[0] in {400, 401, 422}
        assert server.seconds > 0
        assert server.memory() > 10


def test_a_server_that_does_not_start_is_said_so(apis: list[Api], tmp_path: Path) -> None:
    api = attrs.evolve(apis[0], name="none")
    write_spec(tmp_path, apis[0])
    with pytest.raises(SpecloomError, match=r"does not serve: .*none"), ours(tmp_path, api, b""):
        pass


def test_it_is_said_that_prism_cannot_be_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SpecloomError, match="Prism cannot be compared with: there is no Node"):
        install_prism(tmp_path)


def test_it_is_said_that_there_is_no_wrk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SpecloomError, match="there is no wrk"):
        load(Server("http://127.0.0.1:1", 1, 0.0), write_requests([], tmp_path / "requests"), 1)


@pytest.fixture
def _one_api(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "ppl").symlink_to(root / "specs" / "ppl")
    monkeypatch.setenv("SPECLOOM_SPECS", str(tmp_path / "specs"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_one_api")
def test_the_sandbox_is_measured_alone_where_prism_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Path:
        raise SpecloomError("there is no Node")

    monkeypatch.setattr(measuring, "install_prism", none)
    monkeypatch.setattr(measuring, "load", lambda *_: Load(10, 1.0, 1.0, 2.0, 0, 0))
    found = list(measuring.measure(1, 20))
    assert len(found) == 10
    assert {(each.peer, each.peer_missing) for each in found} == {(None, "there is no Node")}
    assert {each.meets_target for each in found if each.limit is None} == {None}
