"""What the doctor finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.command.style import Mark, Style, printable

from .texts import FINDINGS, TEXTS, Level


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or weak.

    Attributes:
        level: how bad it is.
        code: of the list in the texts, or of an error.
        name: of the variable, the member of the file, or the path.
        meaning: what it means.
        cure: what helps.
    """

    level: Level
    code: str
    name: str
    meaning: str
    cure: str


def finding(code: str, name: str) -> Finding:
    """A finding of the list in the texts."""
    text = FINDINGS[code]
    return Finding(text.level, code, name, text.meaning, text.cure)


def fault(code: str, name: str) -> Finding:
    """A fault that has a code of its own, with what that one means."""
    text = TEXTS.codes[code]
    return Finding("error", code, name, text.meaning, text.cure)


_MARKS: Final[Mapping[Level, Mark]] = {"error": "red", "warning": "yellow"}


def report(findings: Sequence[Finding], style: Style) -> str:
    """The findings for people."""
    if not findings:
        return f"{style('green', 'Nothing is wrong or weak.')}\n"
    return "".join(
        f"{style(_MARKS[one.level], one.level)}  {style('bold', printable(one.name))}\n"
        f"  {one.meaning}\n  {style('dim', one.cure)}\n"
        for one in findings
    )
