"""From what was seen to what is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kit_jwt.command.texts import TEXTS
from kit_jwt.command.variables import Variables

from .shown import safe_path
from .texts import DELETE, FINDINGS, UNSET, VARIABLE_TEXTS, FindingText, Level, Values, filled


@dataclass(frozen=True, slots=True)
class Symptom:
    """What was seen.

    Attributes:
        code: the kind of finding.
        variable: the one concerned; None: the file.
        values: what its text tells.
    """

    code: str
    variable: str | None
    values: Values | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is told of a symptom."""

    code: str
    fix: str
    level: Level
    message: str
    variable: str | None


_PLACES: Final = {name: place for place, name in enumerate(VARIABLE_TEXTS)}


def to_findings(symptoms: Iterable[Symptom], variables: Variables) -> list[Finding]:
    """Findings of symptoms.

    Errors first, then in the order of the table of variables, then as they were found; what is told twice is told once.
    """
    distinct = dict.fromkeys(_finding(symptom, variables) for symptom in symptoms)
    return sorted(distinct, key=lambda finding: (finding.level, _place(finding.variable)))


def _finding(symptom: Symptom, variables: Variables) -> Finding:
    code, variable = symptom.code, symptom.variable
    text = _text(code)
    own: dict[str, str | int] = {"entry": ""}
    if variable is not None:
        own |= {"variable": variable, "place": _place_of_value(variable, variables), **_names(variable)}
    if variables.file is not None:
        file = safe_path(variables.file)
        own |= {"file": file, "path": file, "name": safe_path(variables.file.rpartition("/")[2])}
    own |= symptom.values or {}
    # The line that removes a variable, or one that several findings share, has names of its own.
    mending = filled(text.fix, {"remove": _removal(variable, variables), **own})
    return Finding(code, filled(mending, own), text.level, filled(text.message, own), variable)


def _text(code: str) -> FindingText:
    """The text of a code; what the kit refuses for a reason that has no words here is told in those of its code."""
    if code in FINDINGS:
        return FINDINGS[code]
    return FindingText("error", TEXTS.codes[code].meaning, TEXTS.codes[code].cure)


def _place_of_value(variable: str, variables: Variables) -> str:
    """Where the value stands: in the variable that a twin points to.

    A name that exists is no value in the wrong place.
    """
    target = variables.values.get(variable) if variable.endswith("_NAME") else None
    is_there = target is not None and target in variables.values and safe_path(target) == target
    return target if target is not None and is_there else variable


def _base(variable: str) -> str:
    return re.sub(r"_(?:NAMES?|PATH)\Z", "", variable)


def _names(variable: str) -> Mapping[str, str]:
    row = VARIABLE_TEXTS.get(variable) or VARIABLE_TEXTS.get(_base(variable))
    return {"example": "" if row is None else row.example}


def _removal(variable: str | None, variables: Variables) -> str:
    is_of_file = variable is not None and variables.file is not None and variable not in variables.of_process
    return DELETE if is_of_file else UNSET


def _place(variable: str | None) -> int:
    """Files come before variables, and variables that no kit reads last."""
    if variable is None:
        return -1
    return _PLACES.get(variable, _PLACES.get(_base(variable), len(_PLACES)))
