"""What a token is for."""

from __future__ import annotations

import re
from typing import Final

from kit_jwt.issuer.http.parameters import Parameters
from kit_jwt.issuer.http.refused import RefusedError

from .clients import Client

_SCOPE: Final = re.compile(r"[!#-[\]-~]+(?: [!#-[\]-~]+)*")
"""RFC 6749 section 3.3, as it is written there: one space between two."""


def target_of(form: Parameters, client: Client) -> str:
    """The one service that a token is for.

    What `audience` (RFC 8693) or `resource` (RFC 8707) names, or the only one that the client has.
    """
    asked = [form[name] for name in ("audience", "resource") if name in form]
    targets = asked or client.audiences
    if len(targets) != 1:
        raise RefusedError("invalid_target", "audience_not_one")
    if targets[0] not in client.audiences:
        raise RefusedError("invalid_target", "audience_not_allowed")
    return targets[0]


def scope_of(form: Parameters) -> str | None:
    """The scope that a request asks for."""
    scope = form.get("scope")
    if scope is not None and _SCOPE.fullmatch(scope) is None:
        raise RefusedError("invalid_scope", "scope_malformed")
    return scope
