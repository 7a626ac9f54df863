"""Try a wheel: import it, run what its README shows, and call each operation from the command line."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import attrs
import httpx

from specloom.generate.metadata import EXTRAS
from specloom.generate.naming import names_of
from specloom.release.distributions import wheel_metadata
from specloom.release.trial.commands import LISTING, command_line, listed
from specloom.release.trial.environment import Environment
from specloom.release.trial.snippets import arguments, runnable, settings, snippets
from specloom.spec import Api, Place, SpecloomError

_IMPORTS: Final = """\
import importlib, json, pkgutil, sys
package, left_out = sys.argv[1], json.loads(sys.argv[2])
for each in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
    if each.name.rpartition(".")[2] not in left_out:
        importlib.import_module(each.name)
"""


@attrs.frozen
class Tried:
    """How many programs, tests and command lines were run."""

    programs: int
    tests: int
    commands: int


def try_wheel(wheel: Path, api: Api, sandbox_url: str) -> Tried:
    """Install a wheel into an empty environment and use it against the sandbox at `sandbox_url`, which serves `api`.

    First it has only what it requires, then its extras too. Raises SpecloomError for the first thing that fails.
    """
    with tempfile.TemporaryDirectory(prefix="specloom-") as folder, httpx.Client(timeout=30, trust_env=False) as http:
        return _Trial(wheel, api, sandbox_url, http, Environment(Path(folder)), Path(folder)).run()


@attrs.frozen
class _Trial:
    wheel: Path
    api: Api
    sandbox_url: str
    http: httpx.Client
    environment: Environment
    folder: Path

    def run(self) -> Tried:
        programs, tests = snippets(str(wheel_metadata(self.wheel).get_payload()))
        if not programs:
            raise self._failed("the README shows no program")
        self.environment.install(self.wheel)
        self._import_all([name.removesuffix(".py") for extra in EXTRAS.values() for name in extra.modules])
        given = arguments(self.api)
        for number, code in enumerate(programs, 1):
            program = runnable(code, given, f"{self.sandbox_url}/{self.api.name}")
            self._answered(f"program {number} of the README", "python", "-I", "-c", program)
        commands = listed(self._run("the commands", "python", "-I", "-c", LISTING, self._package))
        for command in commands:
            self._answered("the command line", self.api.name, *command_line(self.api, command))
        self.environment.install(self.wheel, *EXTRAS)
        self._import_all([])
        for number, code in enumerate(tests, 1):
            file = self.folder / f"test_{number}.py"
            file.write_text(code, "utf-8")
            line = ("python", "-I", "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file))
            self._run(f"test {number} of the README", *line)
        return Tried(len(programs), len(tests), len(commands))

    @property
    def _package(self) -> str:
        return names_of(self.api.document.path).package

    def _import_all(self, left_out: list[str]) -> None:
        self._run("import", "python", "-I", "-c", _IMPORTS, self._package, json.dumps(left_out))

    def _answered(self, what: str, *line: str) -> None:
        """Run something on fresh records, and see that the sandbox answered it with success."""
        self._control("POST", f"{self.api.name}/reset")
        before = self._control("GET", "journal?limit=1")["last"]
        output = self._run(what, *line)
        entries = self._control("GET", f"journal?api={self.api.name}&after={before}")["entries"]
        statuses = [entry["status"] for entry in entries]
        if not statuses or max(statuses) >= httpx.codes.BAD_REQUEST:
            got = ", ".join(map(str, statuses)) or "nothing"
            raise self._failed(f"{what} was to be answered with success, and got {got}:\n{output.strip()}")

    def _control(self, method: str, path: str) -> Any:
        try:
            answer = self.http.request(method, f"{self.sandbox_url}/_sandbox/{path}").raise_for_status()
        except httpx.HTTPError as error:
            raise SpecloomError(f"the sandbox at {self.sandbox_url} does not answer: {error}") from None
        return answer.json() if answer.content else None

    def _run(self, what: str, *line: str) -> str:
        return self.environment.run(line, settings(self.api, f"{self.sandbox_url}/{self.api.name}"), what)

    def _failed(self, message: str) -> SpecloomError:
        return SpecloomError(message, place=Place(self.wheel), remedy="repair the package")
