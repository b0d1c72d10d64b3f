"""Runs the scenarios on standard input and writes an outcome a line: `python -m tests.command_driver`."""

from __future__ import annotations

import json
import sys

from tests.command_world import outcome_of


def main() -> None:
    for scenario in json.load(sys.stdin.buffer):
        sys.stdout.write(f"{json.dumps(outcome_of(scenario))}\n")


if __name__ == "__main__":
    main()
