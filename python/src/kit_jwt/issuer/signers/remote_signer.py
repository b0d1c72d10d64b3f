"""What signers have in common whose private key is elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.errors import ConfigError
from kit_jwt.keys.public_key import PublicJwk, export_public_jwk, import_public_key

PUBLIC_BYTES = 32
"""Bytes of an Ed25519 public key (RFC 8032 section 5.1.5)."""

# Without a dot it is the signing input of no token.
_PROBE = b"kit signer probe"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class AwaitableSigner:
    """A remote signer for `aio.Kit`: while it waits in a thread, the event loop goes on.

    Attributes:
        kid: id of the key.
        alg: the one algorithm.
    """

    kid: str
    _sign: Callable[[bytes], bytes]
    alg: Literal["EdDSA"] = "EdDSA"

    async def sign(self, message: bytes, /) -> bytes:
        """Have the other side sign, as `RemoteSigner.sign` does.

        Args:
            message: the signing input (RFC 7515 section 5.1).

        Returns:
            64 bytes.

        Raises:
            AuthorityError: as `RemoteSigner.sign`.
            ConfigError: as `RemoteSigner.sign`.
            TokenError: as `RemoteSigner.sign`.
        """
        return await asyncio.to_thread(self._sign, message)

    def __repr__(self) -> str:
        """Tell the `kid`."""
        return f"<AwaitableSigner EdDSA {self.kid}>"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RemoteSigner:
    """Signs with an Ed25519 key whose private half is elsewhere, and stays there.

    Made by `kms_signer` and `vault_signer`; `Kit(signer=…)` takes it.

    Attributes:
        kid: id of the key: the one that was given, or its thumbprint (RFC 7638).
        public_jwk: the public half, to be published and given to verifiers.
        alg: the one algorithm.
    """

    kid: str
    public_jwk: PublicJwk
    _sign: Callable[[bytes], bytes]
    alg: Literal["EdDSA"] = "EdDSA"

    def sign(self, message: bytes, /) -> bytes:
        """Have the other side sign, and verify what it answers.

        Args:
            message: the signing input (RFC 7515 section 5.1).

        Returns:
            64 bytes.

        Raises:
            AuthorityError: `key_store_unavailable`: no answer, or a refusal; `key_not_found`: the key is gone.
            ConfigError: `config_invalid` with `signer`: a signature that is not of this key.
            TokenError: `token_too_large`: more than KMS signs.
        """
        return self._sign(message)

    @property
    def aio(self) -> AwaitableSigner:
        """The same for `aio.Kit`."""
        return AwaitableSigner(self.kid, self._sign)

    def __repr__(self) -> str:
        """Tell the `kid`."""
        return f"<RemoteSigner EdDSA {self.kid}>"


def check_kid(kid: object) -> None:
    """Look whether a `kid` was left out, or is one.

    Raises:
        ConfigError: `config_invalid` with `kid`.
    """
    if kid is not None and (not isinstance(kid, str) or not kid):
        raise ConfigError("config_invalid", variable="kid")


def start_signer(public_key: bytes, kid: str | None, ask: Callable[[bytes], bytes]) -> RemoteSigner:
    """A signer that has signed once already: what may not sign, or is another key, is found before the first token.

    Each signature is verified. That takes a small part of the time of a request, and a token that nobody accepts is
    worth less than an error.

    Raises:
        ConfigError: `key_invalid`: it is no public key; `config_invalid` with `signer`.
    """
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encode_base64url(public_key)}
    key = import_public_key(jwk if kid is None else {**jwk, "kid": kid})

    def sign(message: bytes) -> bytes:
        signature = ask(message)
        if not key.verify(message, signature):
            raise ConfigError("config_invalid", variable="signer")
        return signature

    sign(_PROBE)
    return RemoteSigner(key.kid, export_public_jwk(key), sign)
