"""`kit-jwt issuer doctor`: all that is missing, wrong or weak in the configuration of an issuer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, USAGE, CommandFailureError
from kit_jwt.command.output import Output
from kit_jwt.command.variables import read_variables
from kit_jwt.errors import ConfigError
from kit_jwt.issuer.command.checks import of_files, of_issuer, of_keys, of_times, of_variables
from kit_jwt.issuer.command.findings import Finding, fault, finding, report
from kit_jwt.issuer.command.settings import Settings
from kit_jwt.issuer.command.world import IssuerWorld

_OURS: Final = re.compile("(?:AUTH|ISSUER)_.*|JWKS_DIR|DEFAULT_TTL")


def doctor(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Say what is missing, wrong or weak."""
    variables = read_variables(given, world)
    empty = [name for name, value in variables.values.items() if value == "" and _OURS.fullmatch(name)]
    findings = [fault("config_invalid", name) for name in empty]
    settings = Settings(variables, world)
    file = settings.file
    timing, of_timing = of_times(file)
    findings += [*of_variables(variables, file), *_of_settings(settings), *of_files(variables, world), *of_timing]
    if timing is not None:
        findings += [*of_keys(settings, timing), *of_issuer(file, settings, timing)]
    ok = all(one.level != "error" for one in findings)
    output.result({"findings": [dict(asdict(one)) for one in findings], "ok": ok}, report(findings, output.style))
    return OK if ok else USAGE


def _of_settings(settings: Settings) -> list[Finding]:
    """Settings that are read by others than the doctor."""
    findings: list[Finding] = []
    reads: list[Callable[[], object]] = [settings.keks, lambda: settings.seconds("DEFAULT_TTL")]
    for read in reads:
        try:
            read()
        except ConfigError as error:
            findings.append(fault(error.code, error.variable or ""))
        except CommandFailureError as error:
            if error.code != "config_missing":
                findings.append(finding("setting_invalid", "ISSUER_KEK_PATH"))
    return findings
