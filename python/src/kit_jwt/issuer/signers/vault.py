"""Signing by the transit engine of HashiCorp Vault or OpenBao."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TypeAlias

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.encoding.json_value import JSONValue, is_number
from kit_jwt.errors import ConfigError
from kit_jwt.issuer.errors import AuthorityError

from .exchange import VaultRequest, VaultTransport, exchange, send
from .remote_signer import PUBLIC_BYTES, RemoteSigner, check_kid, start_signer

_ADDRESS = re.compile(
    r"(?:https://(?:\[[\da-fA-F:.]+\]|[\dA-Za-z.-]+)|http://(?:localhost|\[::1\]|127\.0\.0\.1))(?::(\d{1,5}))?/?",
    re.ASCII,
)
_NAME = re.compile(r"\w(?:[\w.-]*\w)?", re.ASCII)
_PATH = re.compile(r"\w(?:[\w.-]*\w)?(?:/\w(?:[\w.-]*\w)?)*", re.ASCII)
_NAMESPACE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?", re.ASCII)
_TOKEN = re.compile(r"[!-~]{1,8192}")
_BASE64 = re.compile(r"[\dA-Za-z+/]+={0,2}", re.ASCII)
_MAX_PORT = 65_535
_MAX_TIMEOUT = 3600
_TO_BASE64URL = str.maketrans("+/", "-_")

_Token: TypeAlias = str | Callable[[], str]
_Answer: TypeAlias = Mapping[str, JSONValue]


def vault_signer(
    *,
    address: str,
    token: str | Callable[[], str],
    key: str,
    version: int | None = None,
    mount: str = "transit",
    namespace: str | None = None,
    kid: str | None = None,
    timeout: float = 5,
    transport: VaultTransport = send,
) -> RemoteSigner:
    """A signer whose private key is in the transit engine of HashiCorp Vault or OpenBao.

    It reads the public key and has the server sign once, before it is given out. It stays with the version that it
    started with: a rotation in the server signs nothing until a new signer is made, and its key published.

    Args:
        address: `https://host:port`, or `http:` on loopback, where an agent listens.
        token: what the server knows this program by, or a function that is asked for it before each request.
        key: name of a key of the type `ed25519`, not derived.
        version: of the key; the latest one at the start unless given.
        mount: where the transit engine is mounted.
        namespace: of Vault Enterprise or OpenBao.
        kid: id in tokens and in the set; the thumbprint (RFC 7638) unless given.
        timeout: seconds that a request may take.
        transport: sends requests; by the standard library unless given.

    Returns:
        The signer; for `aio.Kit`, its `aio`.

    Raises:
        ConfigError: `config_invalid` with the option, or with `signer`: a signature that is not of this key;
            `key_unsuitable` with `key`: no Ed25519 key, or a derived one; `key_invalid`.
        AuthorityError: `key_not_found`: no key of this name or version; `key_store_unavailable`: no answer, none in
            time, or a refusal.

    >>> from pathlib import Path
    >>> try:
    ...     vault_signer(address="http://vault.example", token=Path("/run/token").read_text, key="tokens")
    ... except ConfigError as error:  # a token is sent to nobody in the clear
    ...     print(error.code, error.variable)
    config_invalid address
    """
    _check_address(address)
    _check("token", callable(token) or _fits(_TOKEN, token))
    _check("key", _fits(_NAME, key))
    _check("version", version is None or (type(version) is int and version >= 1))
    _check("mount", _fits(_PATH, mount))
    _check("namespace", namespace is None or _fits(_NAMESPACE, namespace))
    _check("timeout", is_number(timeout) and 0 < timeout <= _MAX_TIMEOUT)
    check_kid(kid)
    root = f"{address.removesuffix('/')}/v1/{mount}"

    def ask(path: str, body: Mapping[str, object] | None = None) -> _Answer:
        headers = {"accept": "application/json", "x-vault-request": "true", "x-vault-token": _in_use(token)}
        if namespace is not None:
            headers["x-vault-namespace"] = namespace
        if body is not None:
            headers["content-type"] = "application/json"
        text = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        return _object(exchange(VaultRequest(f"{root}/{path}", timeout, headers, text), transport).get("data"))

    data = ask(f"keys/{key}")
    wanted = data.get("latest_version") if version is None else version
    public_key = _public_key(data, wanted)

    def sign(message: bytes) -> bytes:
        signature = ask(f"sign/{key}", {"input": b64encode(message).decode(), "key_version": wanted}).get("signature")
        if not isinstance(signature, str):
            raise AuthorityError("key_store_unavailable")
        prefix = f"vault:v{wanted}:"
        # No bytes are no signature.
        return (_read_base64(signature.removeprefix(prefix)) if signature.startswith(prefix) else None) or b""

    return start_signer(public_key, kid, sign)


def _fits(form: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _check(variable: str, is_right: bool) -> None:
    if not is_right:
        raise ConfigError("config_invalid", variable=variable)


def _check_address(address: object) -> None:
    found = _ADDRESS.fullmatch(address) if isinstance(address, str) else None
    _check("address", found is not None and 1 <= int(found[1] or 1) <= _MAX_PORT)


def _in_use(token: _Token) -> str:
    """A token in use: from a file it may end with a line."""
    try:
        text: object = token() if callable(token) else token
    except Exception:  # noqa: BLE001 # what it raises may quote what it read
        text = None
        is_away = True
    else:
        is_away = False
    if is_away:
        raise AuthorityError("key_store_unavailable")
    trimmed = text.strip() if isinstance(text, str) else ""
    _check("token", _fits(_TOKEN, trimmed))
    return trimmed


def _object(value: object) -> _Answer:
    if not isinstance(value, Mapping):
        raise AuthorityError("key_store_unavailable")
    return value


def _public_key(data: _Answer, version: object) -> bytes:
    if data.get("type") != "ed25519" or data.get("derived") is True:
        raise ConfigError("key_unsuitable", variable="key")
    keys = _object(data.get("keys"))
    if type(version) is not int:
        raise AuthorityError("key_store_unavailable")
    if str(version) not in keys:
        raise AuthorityError("key_not_found")
    entry = keys[str(version)]
    text = entry.get("public_key") if isinstance(entry, Mapping) else None
    read = _read_base64(text) if isinstance(text, str) else None
    if read is None or len(read) != PUBLIC_BYTES:
        raise AuthorityError("key_store_unavailable")
    return read


def _read_base64(text: str) -> bytes | None:
    """The bytes of base64 with padding (RFC 4648 section 4), which is what such a server writes."""
    if len(text) % 4 or _BASE64.fullmatch(text) is None:
        return None
    return decode_base64url(text.rstrip("=").translate(_TO_BASE64URL))
