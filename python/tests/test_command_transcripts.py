"""The command does what its transcripts say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.command_world import outcome_of
from tests.vectors import CONFORMANCE

FILES = sorted((CONFORMANCE / "command" / "transcripts").glob("*.json"))


def scenarios() -> Iterator[Any]:
    for path in FILES:
        for scenario in json.loads(path.read_text(encoding="utf-8"))["scenarios"]:
            yield pytest.param(scenario, id=f"{path.stem}: {scenario['name']}")


def text_of(lines: str | list[str]) -> str:
    return lines if isinstance(lines, str) else "".join(f"{line}\n" for line in lines)


def whole(expected: dict[str, Any]) -> dict[str, Any]:
    written = {
        path: file if "folder" in file else {"mode": file["mode"], "text": text_of(file["text"])}
        for path, file in expected.get("written", {}).items()
    }
    streams = {stream: text_of(expected.get(stream, [])) for stream in ("stdout", "stderr")}
    return {"exit": expected["exit"], **streams, "written": written}


@pytest.mark.parametrize("scenario", list(scenarios()))
def test_a_scenario_goes_as_its_transcript_says(scenario: dict[str, Any]) -> None:
    assert outcome_of(scenario) == whole(scenario["expected"])
