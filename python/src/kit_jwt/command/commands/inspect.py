"""`kit-jwt inspect`: what is in a token, whoever made it."""

from __future__ import annotations

from typing import Final

from kit_jwt.command.actors import draw_actors
from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK
from kit_jwt.command.inputs import read_token
from kit_jwt.command.output import Output
from kit_jwt.command.pretty import pretty_json
from kit_jwt.command.style import Style
from kit_jwt.command.times import draw_times, is_time
from kit_jwt.command.world import World
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import TokenError
from kit_jwt.token.compact import split
from kit_jwt.token.decode import Unverified, decode_unverified

_WARNING: Final = "NOT VERIFIED: anybody could have written this."


def inspect(given: Arguments, world: World, output: Output) -> int:
    """Show what is in a token."""
    token = read_token(output, given.operands[0] if given.operands else None)
    unverified = _decode(token, output)
    header, claims, now = unverified.header, unverified.claims, world.now()
    exp, nbf, iat = claims.get("exp"), claims.get("nbf"), claims.get("iat")
    style = output.style
    parts = [
        _section(style, "Header", f"{pretty_json(header)}\n"),
        _section(style, "Claims", f"{pretty_json(claims)}\n"),
        _section(style, "Times", draw_times(claims, now, style)),
        _section(style, "Actors", draw_actors(claims, style)),
    ]
    output.result(
        {
            "header": header,
            "claims": claims,
            "verified": False,
            "expires_in": exp - now if is_time(exp) else None,
            "starts_in": nbf - now if is_time(nbf) else None,
            "age": now - iat if is_time(iat) else None,
            "lifetime": exp - iat if is_time(exp) and is_time(iat) else None,
        },
        _warning(style) + "".join(parts),
    )
    return OK


def _warning(style: Style) -> str:
    return f"{style('bold', style('yellow', _WARNING))}\n"


def _section(style: Style, name: str, text: str) -> str:
    return f"\n{style('bold', name)}\n{text}" if text else ""


def _decode(token: str, output: Output) -> Unverified:
    """Where the payload alone cannot be read, people see the header all the same.

    Raises:
        TokenError: see `decode_unverified`.
    """
    try:
        return decode_unverified(token)
    except TokenError as error:
        if error.code == "claims_malformed" and not output.is_json:
            header, style = parse_object(split(token).header), output.style
            output.result(None, _warning(style) + _section(style, "Header", f"{pretty_json(header)}\n"))
        raise
