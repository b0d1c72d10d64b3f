"""A scenario of conformance/issuer/commands: commands one after the other, in a folder and at a time that are told.

Its twin is packages/issuer/test/command-world.ts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from kit_jwt.command.machine import Machine
from kit_jwt.command.world import Terminal
from kit_jwt.issuer import FileKeyStore
from kit_jwt.issuer.command.main import run
from kit_jwt.issuer.command.texts import TEXTS
from kit_jwt.issuer.command.world import ListenFaultError
from kit_jwt.issuer.http.message import Answer, Message

_NOW = 1_800_000_000
_VERSION = "1.2.3"
_TOKEN = re.compile(r"ey[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Thumbprints, and secrets of 32 bytes.
_RANDOM = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)


class _Ended:
    """What listened, and was told to end at once."""

    def __init__(self, port: int) -> None:
        self.port = port

    def wait(self) -> None:
        """It has ended."""


class ScenarioMachine(Machine):
    """The machine, in a folder of its own."""

    def __init__(self, folder: Path, scenario: Mapping[str, Any], step: Mapping[str, Any]) -> None:
        super().__init__(TEXTS.name)
        terminal = scenario.get("terminal", [])
        self.env = step.get("env", scenario.get("env", {}))
        self.terminal = Terminal(stdout="stdout" in terminal, stderr="stderr" in terminal)
        self.streams = {"stdout": "", "stderr": ""}
        self._folder = folder
        self._listen = scenario.get("listen", "ended")
        self._now: int = _NOW + step.get("after", 0)

    def _at(self, path: str) -> str:
        return str(self._folder / path)

    def now(self) -> float:
        return self._now

    def read_file(self, path: str) -> bytes:
        return super().read_file(self._at(path))

    def write_new(self, path: str, text: str, mode: int) -> None:
        super().write_new(self._at(path), text, mode)

    def list(self, path: str) -> Sequence[str]:
        return super().list(self._at(path))

    def mode_of(self, path: str) -> int | None:
        return super().mode_of(self._at(path))

    def write(self, stream: Literal["stdout", "stderr"], text: str) -> None:
        self.streams[stream] += text

    def key_store(self, folder: str) -> FileKeyStore:
        return FileKeyStore(self._at(folder))

    def listen(self, _handle: Callable[[Message], Answer], _host: str, port: int) -> _Ended:
        if self._listen != "ended":
            raise ListenFaultError(self._listen)
        return _Ended(port)

    def tracer(self) -> None:
        return None

    def every(self, _seconds: float, _work: Callable[[], None]) -> Callable[[], None]:
        return lambda: None


def outcomes_of(scenario: Mapping[str, Any]) -> list[Mapping[str, object]]:
    """Run a scenario in a folder that is gone afterwards."""
    known: list[str] = []
    outcomes: list[Mapping[str, object]] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder, scenario.get("files", {}))
        for step in scenario["steps"]:
            _write(folder, step.get("files", {}))
            machine = ScenarioMachine(folder, scenario, step)
            argv = [re.sub(r"\{random (\d+)\}", lambda match: known[int(match[1]) - 1], word) for word in step["argv"]]
            status = run(argv, machine, _VERSION)
            told = {stream: _plain(text, known) for stream, text in machine.streams.items()}
            outcomes.append({"exit": status, **told, "files": _modes_in(folder)})
    return outcomes


def _write(folder: Path, files: Mapping[str, Mapping[str, str]]) -> None:
    for name, file in files.items():
        path = folder / name
        for parent in reversed(path.relative_to(folder).parents):
            (folder / parent).mkdir(mode=0o700, exist_ok=True)
        path.write_text(file["text"], encoding="utf-8")
        path.chmod(int(file["mode"], 8))


def _modes_in(folder: Path) -> dict[str, str]:
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: f"{paths[name].stat().st_mode & 0o777:o}" for name in sorted(paths)}


def _plain(text: str, known: list[str]) -> str:
    """What is random, by its place in the scenario; and the program by its name in the other language."""

    def place(match: re.Match[str]) -> str:
        if match[0] not in known:
            known.append(match[0])
        return f"{{random {known.index(match[0]) + 1}}}"

    text = _UUID.sub("{jti}", _TOKEN.sub("{token}", text))
    return _RANDOM.sub(place, text).replace(TEXTS.name, "kit-issuer")
