"""`kit-jwt issuer rewrap`: everything is sealed under the first key-encryption key."""

from __future__ import annotations

from dataclasses import asdict

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK
from kit_jwt.command.output import Output
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.command.settings import read_settings
from kit_jwt.issuer.command.world import IssuerWorld

from .revoke import said


def rewrap(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Seal everything under the first key-encryption key."""
    changes: list[Change] = []
    authority = read_settings(given, world).authority(changes.append)
    # Whoever reads the keys for the first time is told of all of them.
    changes.clear()
    authority.rewrap()
    output.result(
        {"changes": [dict(asdict(change)) for change in changes]},
        "".join(said(change) for change in changes) or "All keys are sealed under the first key-encryption key.\n",
    )
    if changes:
        output.note("Older documents in the folder, and backups, open with the key before alone.\n")
    return OK
