"""`kit-jwt issuer rotate`: what is due now, or, with `--now`, the next key before its time; and what comes next."""

from __future__ import annotations

from dataclasses import asdict
from math import floor

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, REFUSED
from kit_jwt.command.output import Output
from kit_jwt.command.style import printable
from kit_jwt.command.times import timestamp
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.command.settings import read_settings
from kit_jwt.issuer.command.texts import TEXTS
from kit_jwt.issuer.command.world import IssuerWorld

from .keys import told as planned
from .revoke import said

_NOTHING = "Nothing is due.\n"


def rotate(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Do what is due now, or what is asked for before its time, and say what comes next."""
    settings = read_settings(given, world)
    changes: list[Change] = []
    store = world.key_store(settings.required("JWKS_DIR"))
    before = store.read()
    authority = settings.authority(changes.append)
    after = store.read()
    is_changed = (after and after.version) != (before and before.version)
    # Whoever reads the keys for the first time is told of all of them: what is older was done by others.
    now = floor(world.now())
    done = [change for change in changes if change.at >= now] if is_changed else []
    is_asked = "now" in given.switches and all(change.change != "activated" for change in done)
    changes.clear()
    soonest = authority.rotate() if is_asked else None
    done += changes
    plan = authority.plan()
    waiting = next((step.kid for step in plan if step.change == "activated"), None) or ""
    told = "".join(said(change) for change in done)
    value: dict[str, JSONValue] = {"changes": [dict(asdict(change)) for change in done]}
    if soonest is None:
        output.result(value, told or _NOTHING)
    else:
        early = f"Too early: {printable(waiting)} may sign from {timestamp(soonest)}.\n"
        output.result({**value, "soonest": soonest}, told + early)
    for step in plan[:1]:
        output.note(f"Next: {planned(step)}")
    if not told and soonest is None:
        output.note(f"'{TEXTS.name} rotate --now' does it as soon as that is safe.\n")
    return OK if soonest is None else REFUSED
