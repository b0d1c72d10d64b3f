from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.issuer_command_world import outcomes_of

_FILE = Path(__file__).parents[2] / "conformance" / "issuer" / "commands" / "transcripts.json"
_SCENARIOS = json.loads(_FILE.read_text("utf-8"))["scenarios"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are part of what they say")
@pytest.mark.parametrize("scenario", _SCENARIOS, ids=lambda scenario: scenario["name"])
def test_the_commands_say_what_was_approved(scenario: Mapping[str, Any]) -> None:
    assert outcomes_of(scenario) == scenario["outcomes"]
