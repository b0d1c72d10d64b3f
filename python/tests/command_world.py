"""The world of a scenario: everything that the command can touch, in memory.

Its twin is packages/jwt/test/command/world.ts.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from kit_jwt import ConfigError, KeyPair, generate_key_pair
from kit_jwt.command.main import run
from kit_jwt.command.world import FileFaultError, FileReason, Terminal

VERSION: Final = "1.2.3"
_NOW: Final = 1_800_000_000

# The private key of RFC 8037, appendix A.
_SEED: Final = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or a folder, which has no `data`."""

    data: bytes | None
    mode: int
    fault: FileReason | None = None


class ScenarioWorld:
    """A machine of which a scenario says everything."""

    def __init__(self, scenario: Mapping[str, Any]) -> None:
        terminal = scenario.get("terminal", [])
        self._scenario = scenario
        self._drawn: int = scenario.get("seed", 0)
        self.env: Mapping[str, str] = scenario.get("env", {})
        self.terminal = Terminal("stdin" in terminal, "stdout" in terminal, "stderr" in terminal)
        self._entries: dict[str, Entry] = {}
        self._streams = {"stdout": "", "stderr": ""}
        self._written: dict[str, Mapping[str, Any]] = {}
        self._add_folder("")
        for path, file in scenario.get("files", {}).items():
            self._add_folder(_parent_of(_normal(path)))
            self._entries[_normal(path)] = _entry_of(file)

    def outcome(self, status: int) -> dict[str, Any]:
        return {"exit": status, **self._streams, "written": self._written}

    def now(self) -> float:
        now: float = self._scenario.get("now", _NOW)
        return now

    def entropy(self, size: int) -> bytes:
        """Bytes that count on: nobody takes them for random ones, and both languages draw the same."""
        start = self._drawn
        self._drawn += size
        return bytes(number % 256 for number in range(start, self._drawn))

    def key_pair(self, kid: str | None) -> KeyPair:
        if self._scenario.get("keyPair") == "unsupported":
            raise ConfigError("runtime_unsupported")
        return generate_key_pair(kid=kid, entropy=lambda _: _SEED)

    def read_input(self) -> bytes:
        return _bytes_of(_entry_of(self._scenario.get("stdin", "")))

    def read_file(self, path: str) -> bytes:
        return _bytes_of(self._find(path))

    def write_new(self, path: str, text: str, mode: int) -> None:
        at = _normal(path)
        parent = self._find(_parent_of(at))
        if at in self._entries:
            raise FileFaultError("exists")
        if parent.fault is not None:
            raise FileFaultError(parent.fault)
        if parent.data is not None:
            raise FileFaultError("missing")
        self._entries[at] = Entry(text.encode(), mode)
        self._written[at] = {"mode": f"{mode:o}", "text": text}

    def make_folder(self, path: str) -> None:
        at = _normal(path)
        entry = self._entries.get(at)
        if entry is not None and entry.data is not None:
            raise FileFaultError("exists")
        if entry is not None:
            return
        parent = _parent_of(at)
        self.make_folder(parent)
        fault = self._find(parent).fault
        if fault is not None:
            raise FileFaultError(fault)
        self._add_folder(at)
        self._written[at] = {"folder": True}

    def list(self, path: str) -> Sequence[str]:
        entry = self._find(path)
        if entry.fault is not None:
            raise FileFaultError(entry.fault)
        if entry.data is not None:
            raise FileFaultError("missing")
        at = _normal(path)
        inside = [each for each in self._entries if each and _parent_of(each) == at]
        names = [each[len(at) + 1 if at else 0 :] for each in inside]
        return sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))

    def vector_folder(self) -> str | None:
        folder: str | None = self._scenario.get("vectors")
        return folder

    def mode_of(self, path: str) -> int | None:
        entry = self._entries.get(_normal(path))
        return None if entry is None else entry.mode

    def write(self, stream: Literal["stdout", "stderr"], text: str) -> None:
        self._streams[stream] += text

    def _find(self, path: str) -> Entry:
        if "\0" in path:
            raise FileFaultError("unreadable")
        entry = self._entries.get(_normal(path))
        if entry is None:
            raise FileFaultError("missing")
        return entry

    def _add_folder(self, path: str) -> None:
        if path in self._entries:
            return
        if path:
            self._add_folder(_parent_of(path))
        self._entries[path] = Entry(None, 0o755)


def outcome_of(scenario: Mapping[str, Any]) -> dict[str, Any]:
    world = ScenarioWorld(scenario)
    return world.outcome(run(scenario["argv"], world, VERSION))


def _entry_of(file: str | Mapping[str, Any]) -> Entry:
    if isinstance(file, str):
        return Entry(file.encode(), 0o644)
    is_folder = file.get("folder") is True
    mode = int(file.get("mode", "755" if is_folder else "644"), 8)
    data = b64decode(file["base64"]) if "base64" in file else file.get("text", "").encode()
    return Entry(None if is_folder else data, mode, file.get("fault"))


def _bytes_of(entry: Entry) -> bytes:
    if entry.fault is not None:
        raise FileFaultError(entry.fault)
    if entry.data is None:
        raise FileFaultError("folder")
    return entry.data


def _normal(path: str) -> str:
    """A path without empty and `.` parts; "" is the folder that the command was started in."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _parent_of(path: str) -> str:
    return path.rpartition("/")[0]
