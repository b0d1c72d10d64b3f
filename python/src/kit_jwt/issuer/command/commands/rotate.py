"""`kit-jwt issuer rotate`: what is due now, and what comes next."""

from __future__ import annotations

from dataclasses import asdict
from math import floor

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK
from kit_jwt.command.output import Output
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.command.settings import read_settings
from kit_jwt.issuer.command.world import IssuerWorld

from .keys import told as planned
from .revoke import said


def rotate(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Do what is due now, and say what comes next."""
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
    output.result(
        {"changes": [dict(asdict(change)) for change in done]},
        "".join(said(change) for change in done) or "Nothing is due.\n",
    )
    for step in authority.plan()[:1]:
        output.note(f"Next: {planned(step)}")
    return OK
