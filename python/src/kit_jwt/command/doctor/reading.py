"""An environment as a kit reads it, with all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kit_jwt.command.environment import key_file_reader
from kit_jwt.command.world import FileFaultError, World
from kit_jwt.config.variables import VARIABLES, Variable

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an environment says of one row of the table of variables.

    Attributes:
        name: of the variable.
        option: that it sets.
        kind: how its text is read.
        twin: the variable that names a binding.
        path: the variable that names a file.
        forms: those of the three names that are set.
        supplier: the first of them, or the row's name.
        raw: its text.
        text: the value: what was written, or what a binding or a file holds; None where there is none.
        items: of a list, of which a binding may be missing.
    """

    name: str
    option: str
    kind: Literal["text", "number", "list"]
    twin: str | None
    path: str | None
    forms: Sequence[str]
    supplier: str
    raw: str | None
    text: str | None
    items: Sequence[str | None]


def names_of(row: Variable | Entry) -> Sequence[str]:
    """Every name that a kit reads."""
    twin = row.twin if isinstance(row, Entry) else row.named
    return [name for name in (row.name, twin, row.path) if name is not None]


def items_of(text: str) -> Sequence[str]:
    """Items between commas, as the kit reads them: trimmed of U+0020 and of nothing else."""
    return [item.strip(" ") for item in text.split(",")]


class Reading:
    """An environment as a kit reads it."""

    def __init__(self, env: Mapping[str, str], world: World) -> None:
        """Read every row of the table of variables."""
        self.env = env
        self.world = world
        self._entries = {row.option: _entry(row, env, world) for row in VARIABLES}

    def of(self, option: str) -> Entry:
        """What is said of an option."""
        return self._entries[option]

    def has(self, option: str) -> bool:
        """Whether an option is set, be it wrongly."""
        return len(self.of(option).forms) > 0

    def row_of(self, variable: str) -> Entry | None:
        """The row that a variable belongs to."""
        return next((entry for entry in self._entries.values() if variable in names_of(entry)), None)

    def number(self, option: str) -> int | None:
        """The number that an option has, None where it is not set or not one."""
        text = self.of(option).text or ""
        return int(text) if _NUMBER.fullmatch(text) else None


def _entry(row: Variable, env: Mapping[str, str], world: World) -> Entry:
    forms = [name for name in names_of(row) if name in env]
    supplier = forms[0] if forms else row.name
    raw = env.get(supplier)
    parts = items_of(raw) if row.kind == "list" and raw is not None else []
    is_bound = supplier == row.named
    text = raw
    if raw is not None and supplier == row.path:
        text = _text_of_file(raw, world)
    elif raw is not None and is_bound:
        text = env.get(raw)
    items = [env.get(name) for name in parts] if is_bound else parts
    return Entry(row.name, row.option, row.kind, row.named, row.path, forms, supplier, raw, text, items)


def _text_of_file(path: str, world: World) -> str | None:
    try:
        return key_file_reader(world)(path)
    except (FileFaultError, UnicodeDecodeError):
        # Why is told by `file_symptoms`.
        return None
