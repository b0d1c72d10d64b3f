"""What the commands say, in both languages: generated from conformance/issuer/commands and the lists of codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal

from kit_jwt.command.texts import read_texts

Level = Literal["error", "warning"]
"""How bad a finding of the doctor is."""


@dataclass(frozen=True, slots=True)
class FindingText:
    """What a finding of the doctor says."""

    level: Level
    meaning: str
    cure: str


_PACKAGE: Final = "kit_jwt.issuer.command"
_JSON: Final[Mapping[str, Any]] = json.loads((files(_PACKAGE) / "texts.json").read_text(encoding="utf-8"))

TEXTS: Final = read_texts(_PACKAGE)
FINDINGS: Final = {code: FindingText(**text) for code, text in _JSON["findings"].items()}
