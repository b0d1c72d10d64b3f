"""`kit-jwt issuer mint`: a token, and the record of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, CommandFailureError
from kit_jwt.command.output import Output
from kit_jwt.command.times import duration
from kit_jwt.command.values import read_integer
from kit_jwt.encoding.json_value import thaw
from kit_jwt.issuer.command.log import issued, write_line
from kit_jwt.issuer.command.settings import Settings, read_settings
from kit_jwt.issuer.command.world import IssuerWorld
from kit_jwt.issuer.service.config import AuditRecord
from kit_jwt.keys.signer import Signer
from kit_jwt.kit import Kit

_TTL: Final = 900
_CLIENT: Final = "command"
"""The name under which its records stand: whoever holds the keys."""


def mint(given: Arguments, world: IssuerWorld, output: Output) -> int:
    """Mint a token, and write the record of it."""
    settings = read_settings(given, world)
    if "sub" not in given.values:
        raise CommandFailureError("a token is for somebody: name them with --sub")
    issuer = settings.required("AUTH_ISSUER")
    aud = _audience_of(given, settings)
    authority = settings.authority()
    longest = authority.timing.longest_ttl
    asked = read_integer("ttl", given.values.get("ttl", [None])[0], 1, longest)
    ttl = asked or settings.seconds("DEFAULT_TTL") or _TTL
    signer = authority.signer()
    kit = Kit(
        issuer=issuer,
        signer=cast("Signer", signer),
        ttl=ttl,
        max_lifetime=longest,
        types=[settings.file.members.get("tokenType", "JWT")],
        clock=world.now,
    )
    sets = {name: _list_of(given, name) for name in ("roles", "permissions") if name in given.values}
    token = kit.sign({"sub": given.values["sub"][0], "client_id": _CLIENT, **sets}, aud=aud)
    claims = cast("Mapping[str, Any]", thaw(kit.decode_unverified(token).claims))
    names = ("jti", "sub", "iss", "aud", "iat", "exp")
    record = AuditRecord(**{name: claims[name] for name in names}, act=None, kid=signer.kid, client=_CLIENT)
    write_line(world, "stderr", issued(record))
    output.result({"token": token, "expiresAt": record.exp, "kid": signer.kid}, f"{token}\n")
    output.note(f"It expires in {duration(ttl)}.\n")
    return OK


def _audience_of(given: Arguments, settings: Settings) -> str | Sequence[str]:
    audiences = list(given.values.get("aud", [])) or [settings.text("AUTH_AUDIENCE") or ""]
    if not audiences[0]:
        raise CommandFailureError("a token is for a service: name it with --aud")
    return audiences if len(audiences) > 1 else audiences[0]


def _list_of(given: Arguments, name: str) -> list[str]:
    """Names between commas."""
    names = [one.strip() for one in given.values[name][0].split(",")]
    if "" in names:
        message = f"--{name} are names with one comma between two"
        raise CommandFailureError(message)
    return names
