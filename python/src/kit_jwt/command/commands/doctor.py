"""`kit-jwt doctor`: all that is missing, weak or in conflict in the configuration of the environment and `.env`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final, cast

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.doctor.findings import to_findings
from kit_jwt.command.doctor.judgement import judge
from kit_jwt.command.doctor.reading import Reading
from kit_jwt.command.doctor.report import report
from kit_jwt.command.doctor.shown import safe_path
from kit_jwt.command.doctor.shown_kit import shown_kit
from kit_jwt.command.doctor.soundness import careless_kit, careless_values
from kit_jwt.command.doctor.surroundings import around_it
from kit_jwt.command.doctor.words import strange_variables
from kit_jwt.command.failure import OK, USAGE, CommandFailureError
from kit_jwt.command.output import Output
from kit_jwt.command.variables import read_variables
from kit_jwt.command.world import World
from kit_jwt.config.resolve import Role
from kit_jwt.encoding.json_value import JSONValue

_ROLES: Final = ("producer", "consumer")


def doctor(given: Arguments, world: World, output: Output) -> int:
    """Find what is wrong with a configuration."""
    role = _read_role(given.values.get("role", [None])[0])
    variables = read_variables(given, world)
    reading = Reading(variables.values, world)
    judgement = judge(variables.values, world, role)
    kit = judgement.kit
    findings = to_findings(
        [
            *judgement.symptoms,
            *careless_values(reading, role),
            *([] if kit is None else careless_kit(reading, kit)),
            *around_it(variables, reading, world),
            *strange_variables(reading),
        ],
        variables,
    )
    shown = None if kit is None else shown_kit(kit)
    ok = all(finding.level != "error" for finding in findings)
    # A description and findings are JSON by their types, which no checker can see.
    value = cast("JSONValue", {"findings": [asdict(finding) for finding in findings], "kit": shown, "ok": ok})
    output.result(value, report(findings, shown, safe_path(variables.file or ""), output.style))
    return OK if ok else USAGE


def _read_role(text: str | None) -> Role | None:
    for role in _ROLES:
        if text == role:
            return role
    if text is None:
        return None
    raise CommandFailureError("--role is producer or consumer")
