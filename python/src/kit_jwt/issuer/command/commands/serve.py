"""`kit-jwt issuer serve`: answers requests until it is told to end."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Final, cast

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, CommandFailureError
from kit_jwt.command.output import Output
from kit_jwt.command.values import read_integer
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.command.dev import dev_options, try_it
from kit_jwt.issuer.command.log import issued, key, refused, under_ids, write_line
from kit_jwt.issuer.command.settings import named, read_settings
from kit_jwt.issuer.command.world import IssuerWorld, ListenFaultError, ListenReason
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.service.config import IssuerOptions
from kit_jwt.issuer.service.issuer import Issuer

_HOST: Final = "127.0.0.1"
_LOOPBACK: Final = frozenset({_HOST, "localhost", "::1"})
_PORT: Final = 8787
_MOST_PORT: Final = 65_535
_LOOK: Final = 60
"""Seconds: requests look at the keys too, so that this is for when there are none."""

_NAMES: Final = {
    "admin_secret": "ISSUER_ADMIN_SECRET",
    "audience": "AUTH_AUDIENCE",
    "issuer": "AUTH_ISSUER",
    "ttl": "DEFAULT_TTL",
}
_REASONS: Final[Mapping[ListenReason, str]] = {
    "taken": "another program listens there; name another port with --port",
    "denied": "permission denied; ports below 1024 are for the system",
    "impossible": "the system refuses it",
}


def serve(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Answer requests until it is told to end."""
    host = given.values.get("host", [_HOST])[0]
    is_dev = "dev" in given.switches
    asked = read_integer("port", given.values.get("port", [None])[0], 1 if is_dev else 0, _MOST_PORT)
    port = _PORT if asked is None else asked
    if is_dev and host not in _LOOPBACK:
        raise CommandFailureError("--dev listens on loopback alone")
    options = dev_options(world, port) if is_dev else _configured(given, world)
    options["clock"] = world.now
    if "metrics" in given.switches:
        options["metrics"] = True
    options["on_issue"] = lambda record: write_line(world, "stdout", issued(record))
    options["on_refusal"] = lambda refusal: write_line(world, "stdout", refused(refusal))
    tracer = world.tracer()
    if tracer is not None:
        options["tracer"] = tracer
    with named(_NAMES):
        issuer = Issuer(**options)
    try:
        listening = world.listen(under_ids(issuer.handle), host, port)
    except ListenFaultError as fault:
        message = f"cannot listen at port {port}: {_REASONS[fault.reason]}"
        raise CommandFailureError(message) from None
    line: dict[str, JSONValue] = {
        "event": "listening",
        "host": host,
        "port": listening.port,
        "issuer": options["issuer"],
    }
    write_line(world, "stdout", line)
    if is_dev:
        output.note(try_it(options))
    if host not in _LOOPBACK:
        output.note("Others can reach it without TLS: put it behind a proxy that does that.\n")
    output.note("Ctrl-C ends it.\n")

    def look() -> None:
        try:
            options["authority"].check_and_rotate()
        except AuthorityError as error:
            write_line(world, "stdout", {"event": "keys_unavailable", "code": error.code})

    end = world.every(_LOOK, look)
    listening.wait()
    end()
    write_line(world, "stdout", {"event": "stopped"})
    return OK


def _configured(given: Arguments, world: IssuerWorld) -> IssuerOptions:
    """What the environment and the file say."""
    settings = read_settings(given, world)
    options = settings.file.options()
    options["issuer"] = settings.required("AUTH_ISSUER")
    if settings.file.admin_form:
        options["admin_secret"] = settings.required("ISSUER_ADMIN_SECRET")
    named = {"audience": settings.text("AUTH_AUDIENCE"), "ttl": settings.seconds("DEFAULT_TTL")}
    options.update({name: value for name, value in named.items() if value is not None})
    started_at = floor(world.now())

    def on_change(change: Change) -> None:
        # Whoever reads the keys for the first time is told of all of them: what is older was told by others.
        if change.at >= started_at:
            write_line(world, "stdout", key(change))

    options["authority"] = settings.authority(on_change)
    return cast("IssuerOptions", options)
