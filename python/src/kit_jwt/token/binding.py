"""Request binding: the `cnf` claim (RFC 7800; RFC 8705 for certificates, RFC 9449 for DPoP keys)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final, TypedDict

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import MisuseError, TokenError

_MEMBERS: Final = ("jkt", "x5t#S256")

Confirmation = TypedDict("Confirmation", {"jkt": str, "x5t#S256": str}, total=False)
"""What the request proved: `jkt` the thumbprint of its key, `x5t#S256` that of its certificate."""


def read_confirmation(confirmation: object) -> Mapping[str, str]:
    """What was proved, checked and in a fixed order.

    Raises:
        MisuseError: not a mapping, empty, an unknown member, an empty or non-string value.
    """
    members = dict(confirmation) if isinstance(confirmation, Mapping) else {}
    fits = all(name in _MEMBERS and _is_text(value) for name, value in members.items())
    if not members or not fits:
        message = "confirmation names jkt or x5t#S256, with a non-empty string"
        raise MisuseError(message)
    return {name: members[name] for name in _MEMBERS if name in members}


def check_binding(claims: Mapping[str, JSONValue], confirmation: Mapping[str, str]) -> None:
    """Hold the `cnf` of a token against what the request proved.

    Raises:
        TokenError: `binding_missing`, `binding_mismatch`.

    >>> check_binding({"cnf": {"jkt": "abc"}}, {"jkt": "abc"})
    """
    cnf = claims.get("cnf")
    if not isinstance(cnf, Mapping) or not all(isinstance(cnf.get(name), str) for name in confirmation):
        raise TokenError("binding_missing")
    if not all(hmac.compare_digest(str(cnf[name]).encode(), value.encode()) for name, value in confirmation.items()):
        raise TokenError("binding_mismatch")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != "" and is_well_formed(value)
