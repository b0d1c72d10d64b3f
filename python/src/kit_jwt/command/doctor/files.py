"""Files that hold secrets: the one that a path names, and `.env`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kit_jwt.command.variables import is_open
from kit_jwt.command.world import FileFaultError, FileReason, World
from kit_jwt.encoding.utf8 import decode_utf8

from .findings import Symptom
from .shown import safe_path

_CODES: Final[dict[FileReason, str]] = {"missing": "file_missing", "denied": "file_denied", "folder": "file_folder"}

# Folders above each other that are looked at for a repository.
_HIGHEST: Final = 16


def file_symptoms(path: str, variable: str, world: World) -> list[Symptom]:
    """Why the file that a variable names gives no key; nothing where its text can be read."""
    try:
        data = world.read_file(path)
    except FileFaultError as fault:
        return [Symptom(_CODES.get(fault.reason, "file_unreadable"), variable, {"path": safe_path(path)})]
    if is_open(path, world):
        return [Symptom("file_mode", variable, {"path": safe_path(path)})]
    if not data:
        return [Symptom("file_empty", variable)]
    return [Symptom("file_not_text", variable)] if decode_utf8(data) is None else []


def is_tracked(path: str, world: World) -> bool:
    """Whether a file lies in a Git repository that does not ignore it, as far as `.gitignore` files tell.

    Patterns with more than a name in them are taken to mean the file only where they end in it.
    """
    at = path.rfind("/") + 1
    name, folder = path[at:], path[:at] or "."
    ignored: bool | None = None
    for _ in range(_HIGHEST):
        # The nearest file that says something wins.
        if ignored is None:
            ignored = _ignored_by(_text_of(f"{folder}/.gitignore", world), name)
        if ".git" in _names_in(folder, world):
            return ignored is not True
        folder += "/.."
    return False


def _names_in(folder: str, world: World) -> Sequence[str]:
    try:
        return world.list(folder)
    except FileFaultError:
        return []


def _text_of(path: str, world: World) -> str:
    try:
        return decode_utf8(world.read_file(path)) or ""
    except FileFaultError:
        return ""


def _ignored_by(text: str, name: str) -> bool | None:
    """What the last pattern that fits says; None where none does."""
    ignored = None
    for line in text.split("\n"):
        pattern = line.rstrip(" \t\r")
        bare = pattern.removeprefix("!").removeprefix("/")
        fits = bare.endswith(f"/{name}") if "/" in bare else _is_like(name, bare)
        if fits and not pattern.startswith("#"):
            ignored = not pattern.startswith("!")
    return ignored


def _is_like(name: str, pattern: str) -> bool:
    """Whether a name fits a pattern in which `*` stands for any characters and `?` for one."""
    at, sign, star, start = 0, 0, -1, 0
    while at < len(name):
        here = pattern[sign : sign + 1]
        if here == "*":
            star, start = sign, at
            sign += 1
        elif here in {"?", name[at]}:
            at += 1
            sign += 1
        elif star < 0:
            return False
        else:
            # The last star takes one character more.
            start += 1
            sign, at = star + 1, start
    return not pattern[sign:].strip("*")
