"""What a candidate must refuse before it is timed, as `core/gate.mjs`."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any

Material = dict[str, Any]
LIFETIME = 900


def _answer(call: Callable[[str], Any], token: str) -> Any:
    try:
        claims = call(token)
    except Exception:  # noqa: BLE001 -- whatever it raised, it refused
        return None
    return getattr(claims, "claims", claims)


def fault_of_verifier(verify: Callable[[str], Any], material: Material, profile: str, *, is_strict: bool) -> str | None:
    """Why a verifier is not timed; one that `is_strict` must also refuse odd tokens, and take unusual ones."""
    for token in material["tokens"][profile]["0.5"][:3]:
        claims = _answer(verify, token)
        if claims is None:
            return "refuses a good token"
        if claims["sub"] != material["claims"]["0.5"]["sub"]:
            return "does not give the claims"
    for list_ in ("wrong", "odd") if is_strict else ("wrong",):
        for what, token in material[list_][profile].items():
            # Twice: what is answered from a cache must be refused as well.
            if any(_answer(verify, token) is not None for _ in range(2)):
                return f"accepts {what}"
    if is_strict:
        for what, token in material["unusual"][profile].items():
            if _answer(verify, token) is None:
                return f"refuses {what}"
    return None


def fault_of_signer(
    sign: Callable[[dict[str, Any]], str],
    verify: Callable[[str], Any],
    material: Material,
    profile: str,
    *,
    is_bare: bool,
) -> str | None:
    """Why a signer is not timed; `verify` is another's."""
    claims = material["claims"]["0.5"]
    expected = {"alg": "HS512"} if profile == "hs512" else {"alg": "EdDSA", "kid": material["kid"]}
    minted = []
    for _ in range(2):
        token = sign(dict(claims))
        header = json.loads(urlsafe_b64decode(token.split(".")[0] + "=="))
        if header != expected | {"typ": "JWT"}:
            return "mints another header"
        got = _answer(verify, token)
        if got is None:
            return "mints what another refuses"
        minted.append(got)
    one, other = minted
    for name, value in {**claims, "iss": material["issuer"], "aud": material["audience"]}.items():
        if one[name] != value:
            return f"mints another {name}"
    if one["exp"] - one["iat"] != LIFETIME:
        return "mints another lifetime"
    if not isinstance(one["jti"], str) or (not is_bare and one["jti"] == other["jti"]):
        return "mints no jti of its own"
    return None
