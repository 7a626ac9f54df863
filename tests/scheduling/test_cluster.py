"""Work goes on on a Dask cluster, whatever becomes of its workers."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from specloom.cli.servers import make_app, serve
from specloom.fuzz.proof import Progress, ProofResult, prove
from specloom.generate import check, generate
from specloom.scheduling import completed, executor
from specloom.spec import SpecloomError, load_api

from . import work
from .cluster import Cluster, running


@pytest.fixture(scope="module")
def cluster(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers on this machine, in processes of their own."""
    with running(tmp_path_factory.mktemp("cluster"), f"{root}:{root / 'scripts'}", workers=2) as cluster:
        yield cluster


def test_an_error_of_a_task_is_raised_as_it_is(cluster: Cluster) -> None:
    with pytest.raises(SpecloomError, match="7 is wrong"), executor(scheduler=cluster.address) as workers:
        list(completed(workers, work.refuse, [7]))


def test_a_worker_that_is_killed_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    tasks = [(tmp_path / "dead", number) for number in range(20)]
    with executor(scheduler=cluster.address) as workers:
        assert dict(completed(workers, work.die_once, tasks)) == {number: 2 * number for number in range(20)}
    assert sorted(worker.poll() is None for worker in cluster.workers) == [False, True]


def test_a_proof_loses_no_verdict_with_a_worker(root: Path, tmp_path: Path) -> None:
    """One of two workers is killed in mid-run; the verdicts are those of a run in this process."""
    api = load_api(root / "specs" / "ppl" / "openapi.yaml")
    only = ["seeds", "answer.success", "response.required-header"]

    def verdicts(result: ProofResult) -> list[tuple[str, str, str, int]]:
        assert result.wrong == ()
        return [(each.mutant, each.state, each.check, each.cases) for each in result.verdicts]

    with running(tmp_path, str(root / "scripts"), workers=2) as cluster:

        def kill_one(_: Progress) -> None:
            cluster.workers[0].kill()

        with executor(scheduler=cluster.address) as workers:
            there = prove([api], make_app, workers, serve=serve, only=only, on_progress=kill_one)
        assert [worker.poll() is None for worker in cluster.workers] == [False, True]
    with executor(1) as workers:
        here = prove([api], make_app, workers, serve=serve, only=only)
    assert verdicts(there) == verdicts(here)


def test_packages_are_the_same_from_a_cluster(cluster: Cluster, root: Path, tmp_path: Path) -> None:
    specs = [root / "specs" / "ppl" / "openapi.yaml"]
    with executor(scheduler=cluster.address) as workers:
        generate(specs, tmp_path / "there", executor=workers)
    assert check(specs, tmp_path / "there", jobs=1) == []


def test_a_worker_with_another_specloom_is_said_so(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(root / "scripts" / "specloom", other / "specloom")
    (other / "specloom" / "__init__.py").write_text("# another one", "utf-8")
    with running(tmp_path, f"{other}:{root}", workers=1) as cluster:
        expected = "the specloom on tcp://127.0.0.1:.* is not the one that runs here"
        with pytest.raises(SpecloomError, match=expected), executor(scheduler=cluster.address):
            pass


def test_a_worker_without_specloom_is_said_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "lacking" / "specloom").mkdir(parents=True)
    (tmp_path / "lacking" / "specloom" / "__init__.py").write_text("raise ModuleNotFoundError", "utf-8")
    with running(tmp_path, f"{tmp_path / 'lacking'}:{root}", workers=1) as cluster:
        expected = "specloom is not installed on tcp://127.0.0.1:.*\n  install it there"
        with pytest.raises(SpecloomError, match=expected), executor(scheduler=cluster.address):
            pass


def test_a_cluster_without_workers_is_said_so(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specloom.scheduling.cluster._PATIENCE", 1.0)
    with running(tmp_path, str(root), workers=0) as cluster:
        expected = "has no workers\n  start some with `dask worker tcp://"
        with pytest.raises(SpecloomError, match=expected), executor(scheduler=cluster.address):
            pass


def test_a_scheduler_that_does_not_answer_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specloom.scheduling.cluster._PATIENCE", 1.0)
    with pytest.raises(SpecloomError, match="no Dask scheduler answers at"), executor(scheduler="tcp://127.0.0.1:1"):
        pass


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SpecloomError, match=r"pip install 'specloom\[dask\]'"), executor(scheduler="tcp://127.0.0.1:1"):
        pass
