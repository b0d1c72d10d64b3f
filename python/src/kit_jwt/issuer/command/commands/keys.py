"""`kit-jwt issuer keys`: the states and times of all keys, and what will happen to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK
from kit_jwt.command.output import Output
from kit_jwt.command.style import Mark, Style, printable
from kit_jwt.command.times import timestamp
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.key_set import KeyState
from kit_jwt.issuer.authority.plan import Step
from kit_jwt.issuer.authority.summary import KeySummary
from kit_jwt.issuer.command.config_file import camel
from kit_jwt.issuer.command.settings import read_settings
from kit_jwt.issuer.command.world import IssuerWorld

_MARKS: Final[Mapping[KeyState, Mark]] = {"next": "cyan", "active": "green", "retired": "dim"}
_STATE_WIDTH: Final = len("retired")
_HAPPENS: Final = {
    "activated": "begins to sign",
    "retired": "stops signing",
    "published": "is made and published",
    "removed": "goes",
}


def keys(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Show the states and times of all keys, and what will happen to them."""
    authority = read_settings(given, world).authority()
    summaries, plan = authority.keys(), authority.plan()
    rows = [_row(key, output.style) for key in summaries]
    output.result(
        {"keys": [_members(key) for key in summaries], "plan": [dict(asdict(step)) for step in plan]},
        "".join(rows) + "\n" + "".join(told(step) for step in plan),
    )
    return OK


def _members(key: KeySummary) -> dict[str, JSONValue]:
    return {camel(name): value for name, value in asdict(key).items() if value is not None}


def _row(key: KeySummary, style: Style) -> str:
    since = {"next": key.published_at, "active": key.activated_at, "retired": key.retired_at}[key.state] or 0
    state = style(_MARKS[key.state], key.state.ljust(_STATE_WIDTH))
    return f"{state}  since {timestamp(since)}  {printable(key.kid)}\n"


def told(step: Step) -> str:
    """A step of a plan, as a sentence."""
    who = "a new key" if step.kid is None else printable(step.kid)
    return f"{timestamp(step.at)}  {who} {_HAPPENS[step.change]}\n"
