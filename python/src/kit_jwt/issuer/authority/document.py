"""The stored form of a set of keys: the same text in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.sealing.kek import Keks
from kit_jwt.issuer.sealing.seal import Sealed, seal, unseal

from .key_set import KeyRecord, KeySetRecord, RevokedKey
from .shape import FORMAT, is_document

_TIMES: Final = {
    "publishedAt": "published_at",
    "activatedAt": "activated_at",
    "retiredAt": "retired_at",
    "removeAt": "remove_at",
}


def write_document(keys: KeySetRecord, keks: Keks) -> str:
    """The text of a set; every private half is sealed anew, in the context of this set alone."""
    head = {
        "version": keys.version,
        "period": keys.period,
        "revoked": [{"kid": key.kid, "revokedAt": key.revoked_at} for key in keys.revoked],
    }
    public = [_members_of(key) for key in keys.keys]
    context = _context_of({**head, "keys": public})
    stored = [
        members
        if key.private_jwk is None
        else {**members, "sealed": seal(_text(key.private_jwk), context(key.kid), keks).members()}
        for key, members in zip(keys.keys, public, strict=True)
    ]
    return _text({"format": FORMAT, **head, "keys": stored})


def read_document(text: str, version: int, keks: Keks) -> KeySetRecord:
    """The set that a text holds, where `version` is the number that the store has for it.

    Raises:
        AuthorityError: `key_document_invalid`, `key_document_unsupported`, `key_document_rolled_back`: it says another
            version than the store; `kek_unknown`, `key_document_tampered`.
    """
    document = parse_object(text)
    form = None if document is None else document.get("format")
    if isinstance(form, (int, float)) and not isinstance(form, bool) and form > FORMAT:
        raise AuthorityError("key_document_unsupported")
    if not is_document(document):
        raise AuthorityError("key_document_invalid")
    if document["version"] != version:
        raise AuthorityError("key_document_rolled_back")
    stored = cast("list[dict[str, Any]]", document["keys"])
    public = [{name: value for name, value in key.items() if name != "sealed"} for key in stored]
    context = _context_of({name: document[name] for name in ("version", "period", "revoked")} | {"keys": public})
    return KeySetRecord(
        version,
        int(cast("int", document["period"])),
        tuple(_record_of(key, context, keks) for key in stored),
        tuple(RevokedKey(key["kid"], int(key["revokedAt"])) for key in cast("list[Any]", document["revoked"])),
    )


def seals_of(text: str) -> Mapping[str, str]:
    """Under which key-encryption key each private half of a text is sealed that was read or written: by `kid`."""
    document = cast("dict[str, Any]", parse_object(text))
    return {key["kid"]: key["sealed"]["kek"] for key in document["keys"] if "sealed" in key}


def _record_of(key: Mapping[str, Any], context: Callable[[str], str], keks: Keks) -> KeyRecord:
    times = {ours: int(key[theirs]) for theirs, ours in _TIMES.items() if theirs in key}
    private_jwk = None
    if "sealed" in key:
        private_jwk = parse_object(unseal(Sealed(**key["sealed"]), context(key["kid"]), keks))
        if private_jwk is None or private_jwk.get("kid") != key["kid"]:
            raise AuthorityError("key_document_invalid")
    return KeyRecord(key["kid"], key["algorithm"], key.get("publicJwk"), private_jwk, state=key["state"], **times)


def _members_of(key: KeyRecord) -> dict[str, object]:
    times = {theirs: getattr(key, ours) for theirs, ours in _TIMES.items() if getattr(key, ours) is not None}
    public = {} if key.public_jwk is None else {"publicJwk": dict(key.public_jwk)}
    return {"kid": key.kid, "algorithm": key.algorithm, "state": key.state, **times, **public}


def _context_of(public: Mapping[str, object]) -> Callable[[str], str]:
    """What a private half is bound to: its `kid`, the version, and all that is not secret.

    Whoever changes a state, a time or a public key in the store leaves a document that does not open.
    """
    return lambda kid: _text({"kid": kid, "set": public})


def _text(value: Mapping[str, object]) -> str:
    return canonicalize(cast("JSONValue", value))
