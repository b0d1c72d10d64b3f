"""What takes the place of a wrong value, so that the next fault can be seen. No token is ever made with any of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Final

from kit_jwt.encoding.base64url import encode_base64url

from .reading import Reading, names_of

# The key that RFC 8037 prints in its appendix A, for everybody to see.
_PRIVATE_JWK: Final = json.dumps(
    {
        "kty": "OKP",
        "crv": "Ed25519",
        "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    }
)
_URL: Final = "https://issuer.example/jwks.json"

# Right values by variable; a variable that is not here is left out.
_STAND_INS: Final = {
    "JWT_ISS": "https://issuer.example",
    "JWT_AUD": "internal-api",
    "JWT_TTL_SECONDS": "1",
    "JWT_SECRET": encode_base64url(bytes(range(64))),
    "JWT_SECRET_ACCEPT": encode_base64url(bytes(range(64, 128))),
    "JWT_PRIVATE_JWK": _PRIVATE_JWK,
    # Any key may be in it.
    "JWT_PUBLIC_JWK": '{"keys":[]}',
    "JWT_JWKS_URL": _URL,
}
# What they are set to where they are needed and missing.
_NEEDED: Final = {"JWT_PROFILE": "EdDSA", "JWT_ACCEPT": "HS512,EdDSA"}


def neutralised(env: Mapping[str, str], target: str, reading: Reading) -> Mapping[str, str]:
    """The environment with a right value in the place of a wrong one; the first of several forms is kept as it is."""
    row = reading.row_of(target)
    if row is None:
        return env
    if len(row.forms) > 1:
        return _without(env, row.forms[1:])
    rest = _without(env, names_of(row))
    if target == "JWT_JWKS_SERVICE":
        # Another source of public keys takes the place of the service.
        has_other = reading.has("public_keys") or reading.has("jwks_url")
        return rest if has_other else {**rest, "JWT_JWKS_URL": _URL}
    value = _STAND_INS.get(target) or (None if row.forms else _NEEDED.get(target))
    return rest if value is None else {**rest, target: value}


def _without(env: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name not in names}
