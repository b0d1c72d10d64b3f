"""`kit-jwt issuer revoke`: a key that may have leaked is gone at once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK
from kit_jwt.command.output import Output
from kit_jwt.command.style import printable
from kit_jwt.command.times import duration
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.command.settings import read_settings
from kit_jwt.issuer.command.world import IssuerWorld

_WIDTH: Final = len("activated")


def revoke(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Take a key back at once."""
    changes: list[Change] = []
    authority = read_settings(given, world).authority(changes.append)
    # Whoever reads the keys for the first time is told of all of them.
    changes.clear()
    authority.revoke(given.operands[0])
    output.result(
        {"changes": [dict(asdict(change)) for change in changes]},
        "".join(said(change) for change in changes) or "It was taken back before.\n",
    )
    kept = duration(authority.timing.max_age)
    output.note(f"Whoever fetched the keys before believes in it until they fetch them again: {kept} at most.\n")
    return OK


def said(change: Change) -> str:
    """A change, as a line."""
    return f"{change.change.ljust(_WIDTH)}  {printable(change.kid)}\n"
