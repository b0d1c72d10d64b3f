"""One function for each kind of vector: it calls the public API and gives the answer in the shape of `expected`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from kit_jwt.auth.policy import parse_policy
from kit_jwt.auth.policy_builder import policy
from kit_jwt.config.environment import config_from_environment
from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.keys.key import SecretKey
from kit_jwt.keys.private_key import import_private_key
from kit_jwt.keys.public_key import export_public_jwk, import_public_key
from kit_jwt.keys.secret import import_secret
from kit_jwt.keys.thumbprint import thumbprint
from kit_jwt.kit import Kit
from kit_jwt.sources.key_set import create_key_set
from kit_jwt.stores.replay import memory_replay_store
from kit_jwt.stores.revocation import memory_revocation_list
from kit_jwt.token.claims import unsafe_trust_claims

from .inputs import Network, host_value, make_kit, text_of

Answer = dict[str, Any]
Kits = Mapping[str, Any]
Run = Callable[[Mapping[str, Any], Kits, Network], Answer]

_EXPIRES: Final = 253402300799


class _Unavailable:
    """A store that fails."""

    def consume(self, **_token: object) -> Any:
        """Fail."""
        raise OSError

    def is_revoked(self, _claims: object, _now: float) -> Any:
        """Fail."""
        raise OSError


def sign(test: Mapping[str, Any], kits: Kits, network: Network) -> Answer:
    """Mint, and show what was signed."""
    token = make_kit(test, kits, network, {}).sign(host_value(test["claims"]), **test.get("options", {}))
    header, payload, _ = token.split(".")
    return {"header": _decoded(header), "payload": _decoded(payload), "token": token}


def verify(test: Mapping[str, Any], kits: Kits, network: Network) -> Answer:
    """Verify, and do what the operation adds to it."""
    token = _token(test["token"])
    kit = make_kit(test, kits, network, _stores(test.get("stores", {})))
    operation, options = test.get("operation", "verify"), test.get("options", {})
    if operation == "decodeUnverified":
        unverified = kit.decode_unverified(token)
        return {"header": canonicalize(unverified.header), "claims": canonicalize(unverified.claims)}
    if operation == "checkAuth":
        claims = kit.check_auth(token, policy().authenticated(), **options).claims
    else:
        claims = kit.verify(token, **options)
        if operation == "consumeOnce":
            kit.consume_once(claims)
    return {"claims": canonicalize(claims)}


def evaluate(test: Mapping[str, Any], _kits: Kits, _network: Network) -> Answer:
    """Hold claims against a policy."""
    claims = unsafe_trust_claims(host_value(test["claims"]))
    evaluation = parse_policy(test["policy"]).evaluate(claims, test.get("context"))
    return {"allow": True} if evaluation.allowed else {"allow": False, "failed": list(evaluation.failed)}


def delegation(test: Mapping[str, Any], kits: Kits, network: Network) -> Answer:
    """Mint a delegated token, and show its payload."""
    kit = make_kit(test, kits, network, {})
    given = test["original"]
    plain = isinstance(given, dict) and "plain" in given
    original = host_value(given["plain"]) if plain else unsafe_trust_claims(host_value(given))
    token = kit.create_delegated_token(original, test["actor"], **test.get("options", {}))
    return {"payload": _decoded(token.split(".")[1]), "token": token}


def keys(test: Mapping[str, Any], _kits: Kits, _network: Network) -> Answer:
    """Import or export one key."""
    given, options = test["input"], test.get("options", {})
    source = text_of(given["text"]) if "text" in given else host_value(given["jwk"])
    if test["operation"] == "importPrivate":
        return _imported(import_private_key(source, **options))
    if test["operation"] == "importSecret":
        return _imported(import_secret(source, **options))
    if test["operation"] == "exportPublic":
        is_private = isinstance(source, dict) and "d" in source
        key = import_private_key(source) if is_private else import_public_key(source, **options)
        return {"result": {"jwk": json.dumps(export_public_jwk(key), separators=(",", ":"), ensure_ascii=False)}}
    return _imported(import_public_key(source, **options))


def _imported(key: Any) -> Answer:
    if isinstance(key, SecretKey):
        return {"result": {"alg": key.alg, "kid": key.kid, "bytes": key.size}}
    return {"result": {"alg": key.alg, "kid": key.kid, "thumbprint": key.thumbprint}}


def thumbprints(test: Mapping[str, Any], _kits: Kits, _network: Network) -> Answer:
    """Take a thumbprint."""
    return {"thumbprint": thumbprint(host_value(test["jwk"]))}


def jwks(test: Mapping[str, Any], _kits: Kits, _network: Network) -> Answer:
    """Select a key of a set."""
    keys_of_set = create_key_set(text_of(test["jwks"]), algorithms=test["algorithms"])
    return {"thumbprint": keys_of_set.select(**test["header"]).thumbprint}


def config(test: Mapping[str, Any], _kits: Kits, network: Network) -> Answer:
    """Read an environment, and describe the kit that it gives."""
    files = test.get("files", {})
    options = {"role": test["role"]} if "role" in test else {}
    kit_config = config_from_environment(test["env"], read_file=lambda path: files[path], **options)
    kit_config["transport"] = network
    return {"resolved": Kit(**kit_config).describe()}


def _decoded(segment: str) -> str:
    return (decode_base64url(segment) or b"").decode("utf-8")


def _token(token: Any) -> Any:
    return token["value"] if isinstance(token, dict) and "value" in token else text_of(token)


def _stores(given: Mapping[str, Any]) -> Answer:
    revocation: Any = memory_revocation_list()
    for token in given.get("revoked", ()):
        revocation.revoke(issuer=token["issuer"], jti=token["jti"], expires=_EXPIRES)
    replay: Any = memory_replay_store()
    for token in given.get("consumed", ()):
        replay.consume(issuer=token["issuer"], jti=token["jti"], expires=_EXPIRES, now=0)
    return {
        "revocation": _Unavailable() if given.get("revocationUnavailable") else revocation,
        "replay": _Unavailable() if given.get("replayUnavailable") else replay,
    }


KINDS: Final[Mapping[str, Run]] = {
    "sign": sign,
    "verify": verify,
    "policy": evaluate,
    "delegation": delegation,
    "keys": keys,
    "thumbprint": thumbprints,
    "jwks": jwks,
    "config": config,
}
"""Kind to how its tests are run."""
