"""One function for each kind of vector: it calls the public API and gives the answer in the shape of `expected`."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from kit_jwt import aio
from kit_jwt.auth.policy import parse_policy
from kit_jwt.auth.policy_builder import policy
from kit_jwt.config.environment import config_from_environment
from kit_jwt.config.provider import trusted_provider
from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.keys.key import SecretKey
from kit_jwt.keys.public_key import export_public_jwk, import_public_key
from kit_jwt.keys.secret import import_secret
from kit_jwt.keys.thumbprint import thumbprint
from kit_jwt.sources.key_set import create_key_set
from kit_jwt.stores.replay import memory_replay_store
from kit_jwt.stores.revocation import memory_revocation_list
from kit_jwt.token.claims import unsafe_trust_claims

from .faces import given
from .inputs import World, host_value, make_kit, text_of
from .local_jwks import run as local_jwks
from .timeline import run as timeline

Answer = dict[str, Any]
Kits = Mapping[str, Any]
Run = Callable[[Mapping[str, Any], Kits, World], Coroutine[Any, Any, Answer]]

_EXPIRES: Final = 253402300799


class _Unavailable:
    """A store that fails."""

    def consume(self, **_token: object) -> Any:
        """Fail."""
        raise OSError

    def is_revoked(self, _claims: object, _now: float) -> Any:
        """Fail."""
        raise OSError


async def sign(test: Mapping[str, Any], kits: Kits, world: World) -> Answer:
    """Mint, and show what was signed."""
    token = await given(make_kit(test, kits, world, {}).sign(host_value(test["claims"]), **test.get("options", {})))
    header, payload, _ = token.split(".")
    return {"header": _decoded(header), "payload": _decoded(payload), "token": token}


async def verify(test: Mapping[str, Any], kits: Kits, world: World) -> Answer:
    """Verify, and do what the operation adds to it."""
    token = _token(test["token"])
    kit = make_kit(test, kits, world, _stores(test.get("stores", {})))
    operation, options = test.get("operation", "verify"), test.get("options", {})
    if operation == "decodeUnverified":
        unverified = kit.decode_unverified(token)
        return {"header": canonicalize(unverified.header), "claims": canonicalize(unverified.claims)}
    if operation == "checkAuth":
        claims = (await given(kit.check_auth(token, policy().authenticated(), **options))).claims
    else:
        claims = await given(kit.verify(token, **options))
        if operation == "consumeOnce":
            await given(kit.consume_once(claims))
    return {"claims": canonicalize(claims)}


async def evaluate(test: Mapping[str, Any], _kits: Kits, _world: World) -> Answer:
    """Hold claims against a policy."""
    claims = unsafe_trust_claims(host_value(test["claims"]))
    evaluation = parse_policy(test["policy"]).evaluate(claims, test.get("context"))
    return {"allow": True} if evaluation.allowed else {"allow": False, "failed": list(evaluation.failed)}


async def delegation(test: Mapping[str, Any], kits: Kits, world: World) -> Answer:
    """Mint a delegated token, and show its payload."""
    kit = make_kit(test, kits, world, {})
    written = test["original"]
    plain = isinstance(written, dict) and "plain" in written
    original = host_value(written["plain"]) if plain else unsafe_trust_claims(host_value(written))
    token = await given(kit.create_delegated_token(original, test["actor"], **test.get("options", {})))
    return {"payload": _decoded(token.split(".")[1]), "token": token}


async def keys(test: Mapping[str, Any], _kits: Kits, world: World) -> Answer:
    """Import or export one key."""
    written, options = test["input"], test.get("options", {})
    source = text_of(written["text"]) if "text" in written else host_value(written["jwk"])
    import_private_key = world.face.import_private_key
    if test["operation"] == "importPrivate":
        return _imported(await given(import_private_key(source, **options)))
    if test["operation"] == "importSecret":
        return _imported(import_secret(source, **options))
    if test["operation"] == "exportPublic":
        is_private = isinstance(source, dict) and "d" in source
        key = await given(import_private_key(source)) if is_private else import_public_key(source, **options)
        return {"result": {"jwk": json.dumps(export_public_jwk(key), separators=(",", ":"), ensure_ascii=False)}}
    return _imported(import_public_key(source, **options))


def _imported(key: Any) -> Answer:
    if isinstance(key, SecretKey):
        return {"result": {"alg": key.alg, "kid": key.kid, "bytes": key.size}}
    return {"result": {"alg": key.alg, "kid": key.kid, "thumbprint": key.thumbprint}}


async def thumbprints(test: Mapping[str, Any], _kits: Kits, _world: World) -> Answer:
    """Take a thumbprint."""
    return {"thumbprint": thumbprint(host_value(test["jwk"]))}


async def jwks(test: Mapping[str, Any], _kits: Kits, _world: World) -> Answer:
    """Select a key of a set."""
    keys_of_set = create_key_set(text_of(test["jwks"]), algorithms=test["algorithms"])
    return {"thumbprint": keys_of_set.select(**test["header"]).thumbprint}


async def config(test: Mapping[str, Any], _kits: Kits, world: World) -> Answer:
    """Read an environment, and describe the kit that it gives."""
    files = test.get("files", {})
    options = {"role": test["role"]} if "role" in test else {}
    kit_config = config_from_environment(test["env"], read_file=lambda path: files[path], **options)
    kit_config["transport"] = world.network
    kit = world.face.kit(**kit_config)
    if isinstance(kit, aio.Kit):
        await kit.ready()
    return {"resolved": kit.describe()}


async def provider(test: Mapping[str, Any], _kits: Kits, _world: World) -> Answer:
    """The entry that stands for an outside provider."""
    entry: Answer = dict(trusted_provider(test["provider"], **test["options"]))
    return {"entry": {"jwksUrl" if name == "jwks_url" else name: value for name, value in entry.items()}}


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
    "provider": provider,
    "local-jwks": local_jwks,
    "jwks-timeline": timeline,
}
"""Kind to how its tests are run."""
