"""What people read: findings by weight, then what the kit would be, then the sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.command.style import Mark, Style
from kit_jwt.config.describe import Description

from .findings import Finding
from .texts import LABELS, PHRASES, Level, Values, filled


@dataclass(frozen=True, slots=True)
class _Look:
    """How a level is marked, headed and counted."""

    sign: str
    colour: Mark
    heading: str
    none: str
    one: str


_LEVELS: Final[Mapping[Level, _Look]] = {
    "error": _Look("✗", "red", "errors", "no errors", "1 error"),
    "warning": _Look("!", "yellow", "warnings", "no warnings", "1 warning"),
}


def report(findings: Sequence[Finding], kit: Description | None, file: str, style: Style) -> str:
    """The report for people.

    Args:
        findings: errors first.
        kit: what the kit would be; None where none can be made.
        file: what findings that concern no variable are about.
        style: how the stream marks text.
    """
    errors = [finding for finding in findings if finding.level == "error"]
    warnings = [finding for finding in findings if finding.level == "warning"]
    counts = {"errors": _counted("error", len(errors)), "warnings": _counted("warning", len(warnings))}
    sections = [_section("error", errors, file, style), _section("warning", warnings, file, style)]
    colour: Mark = "red" if errors else "yellow" if warnings else "green"
    total = style(colour, _phrase("none" if kit is None else "sound", counts))
    return f"{''.join(sections)}{'' if kit is None else _kit_text(kit, style)}{total}\n"


def _counted(level: Level, count: int) -> str:
    look = _LEVELS[level]
    name = look.none if count == 0 else look.one if count == 1 else look.heading
    return _phrase(name, {"count": count})


def _section(level: Level, findings: Sequence[Finding], file: str, style: Style) -> str:
    if not findings:
        return ""
    look = _LEVELS[level]
    lines = [
        f"  {style(look.colour, look.sign)} {style('bold', finding.variable or file)}: {finding.message}\n"
        f"    {style('cyan', finding.fix)}\n"
        for finding in findings
    ]
    return f"{style('bold', LABELS[look.heading])}\n{''.join(lines)}\n"


def _kit_text(kit: Description, style: Style) -> str:
    rows = [
        (LABELS[name] if place == 0 else "", text)
        for name, texts in _kit_rows(kit).items()
        for place, text in enumerate(texts)
    ]
    width = max(len(label) for label, _ in rows)
    lines = [f"  {style('dim', label.ljust(width))}  {text}\n" for label, text in rows]
    return f"{style('bold', LABELS['kit'])}\n{''.join(lines)}\n"


def _phrase(name: str, values: Values) -> str:
    return filled(PHRASES[name], values)


def _with_kid(name: str, kid: str | None) -> str:
    return name if kid is None else _phrase("kid", {"name": name, "kid": kid})


def _kit_rows(kit: Description) -> Mapping[str, Sequence[str]]:
    """Lines of the kit; the first of several keys has the label."""
    signs, url = kit["signs"], kit["jwksUrl"]
    keys = [
        _phrase(
            "key",
            {
                "name": key["alg"] if key["kid"] == key["thumbprint"] else _with_kid(key["alg"], key["kid"]),
                "thumbprint": key["thumbprint"],
            },
        )
        for key in kit["publicKeys"]
    ]
    return {
        "issuer": [kit["issuer"] or ""],
        "audience": [", ".join(kit["audience"])] if kit["audience"] else [],
        "signs": [PHRASES["nothing"] if signs is None else _with_kid(signs["alg"], signs["kid"])],
        "accepts": [", ".join(kit["accept"])],
        "lifetime": [_phrase("lifetime", {"count": kit["ttl"], "most": kit["maxLifetime"]})],
        "leeway": [_phrase("seconds", {"count": kit["leeway"]})],
        "secrets": [_with_kid(_phrase("bytes", {"count": key["bytes"]}), key["kid"]) for key in kit["secrets"]],
        "publicKeys": keys,
        "jwks": [] if url is None else [_phrase("jwks", {"url": url, "count": kit["jwksCacheTtl"]})],
        "pins": kit["allowedThumbprints"],
    }
