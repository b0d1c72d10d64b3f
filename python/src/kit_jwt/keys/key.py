"""The three kinds of key. Their material never shows: no repr, no equality by content, no pickling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, NoReturn, TypeAlias, TypeVar

from kit_jwt.crypto.algorithms import HS512, Algorithm
from kit_jwt.crypto.ed25519 import Sign, Verify
from kit_jwt.crypto.hs512 import is_tag
from kit_jwt.crypto.webcrypto import LaterSigner, VerifyLater
from kit_jwt.errors import ConfigError, MisuseError

_NO_PICKLE: Final = "keys are not pickled"


class _Guarded:
    __slots__ = ()

    def __reduce__(self) -> NoReturn:
        """Refuse: a pickled key would be a copy that nobody guards."""
        raise MisuseError(_NO_PICKLE)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SecretKey(_Guarded):
    """A shared secret for HS512 (RFC 2104): verifies, and signs where its `key_ops` let it.

    Attributes:
        kid: its `kid`, or None; never derived from the secret.
        signs: whether it may sign.
        tag: gives the tag of a message.
    """

    material: bytes
    kid: str | None
    signs: bool
    tag: Sign
    algorithm: Algorithm = HS512

    @property
    def alg(self) -> Literal["HS512"]:
        """The one algorithm it is for."""
        return "HS512"

    @property
    def size(self) -> int:
        """Bytes of the secret."""
        return len(self.material)

    @property
    def identity(self) -> bytes:
        """Equal for keys of the same material; never leaves the process."""
        return self.material

    def sign(self, message: bytes) -> bytes:
        """Authenticate a message with HMAC and SHA-512 (RFC 7518 section 3.2).

        Args:
            message: what to sign.

        Returns:
            64 bytes.

        >>> from kit_jwt import import_secret
        >>> key = import_secret("A" * 86)
        >>> key.verify(b"data", key.sign(b"data"))
        True
        """
        return self.tag(message)

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether a signature is this secret's, in constant time.

        Args:
            message: what was signed.
            signature: as it stands in a token, decoded.

        Returns:
            Whether it holds; False for a signature of a wrong length, too.

        >>> from kit_jwt import import_secret
        >>> import_secret("A" * 86).verify(b"data", bytes(64))
        False
        """
        return is_tag(signature, self.tag(message))

    def __repr__(self) -> str:
        """Tell the algorithm only."""
        return "<SecretKey HS512>"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PublicKey(_Guarded):
    """A public key: Ed25519, or RSA and EC of outside issuers.

    Attributes:
        algorithm: the row of the table that it is bound to.
        own_kid: the `kid` it was given, or None.
        thumbprint: RFC 7638 thumbprint (SHA-256, base64url).
        members: the required members of the JWK (RFC 7638 section 3.2), public all of them.
        check: verifies; refuses where the runtime only answers later.
        later: verifies where the runtime only answers later (Pyodide), else None.
    """

    algorithm: Algorithm
    own_kid: str | None
    thumbprint: str
    members: tuple[tuple[str, str], ...]
    check: Verify
    later: VerifyLater | None = None

    @property
    def alg(self) -> str:
        """The one algorithm it is for."""
        return self.algorithm.name

    @property
    def kid(self) -> str:
        """The `kid` it answers to: its own, else its thumbprint."""
        return self.thumbprint if self.own_kid is None else self.own_kid

    @property
    def identity(self) -> tuple[str, str]:
        """Equal for keys of the same algorithm and material."""
        return self.alg, self.thumbprint

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether a signature is this key's.

        Args:
            message: what was signed.
            signature: as it stands in a token, decoded.

        Returns:
            Whether it holds; False for a signature of a wrong length, too.

        Raises:
            ConfigError: `runtime_unsupported` in Pyodide, where only the operations of `kit_jwt.aio` verify with it.

        >>> from kit_jwt import generate_key_pair, import_public_key
        >>> import_public_key(generate_key_pair().public_jwk).verify(b"data", bytes(64))
        False
        """
        return self.check(message, signature)

    def __repr__(self) -> str:
        """Tell the algorithm and the thumbprint."""
        return f"<PublicKey {self.alg} {self.thumbprint}>"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PrivateKey(_Guarded):
    """An Ed25519 private key (RFC 8037): signs, and knows its public half.

    Attributes:
        public: the public half, with the same `kid`.
        signer: signs; refuses where the runtime only answers later.
        later: signs where the runtime only answers later (Pyodide), else None.
    """

    public: PublicKey
    signer: Sign
    later: LaterSigner | None = None

    @property
    def alg(self) -> Literal["EdDSA"]:
        """The one algorithm it is for."""
        return "EdDSA"

    @property
    def own_kid(self) -> str | None:
        """The `kid` it was given, or None."""
        return self.public.own_kid

    @property
    def kid(self) -> str:
        """The `kid` of its tokens: its own, else the thumbprint."""
        return self.public.kid

    @property
    def thumbprint(self) -> str:
        """RFC 7638 thumbprint of its public half."""
        return self.public.thumbprint

    def sign(self, message: bytes) -> bytes:
        """Sign a message with Ed25519 (RFC 8032).

        Args:
            message: what to sign.

        Returns:
            64 bytes.

        Raises:
            ConfigError: `runtime_unsupported` in Pyodide, where only the operations of `kit_jwt.aio` sign with it.

        >>> from kit_jwt import generate_key_pair, import_private_key
        >>> key = import_private_key(generate_key_pair().private_jwk)
        >>> key.public.verify(b"data", key.sign(b"data"))
        True
        """
        return self.signer(message)

    def __repr__(self) -> str:
        """Tell the algorithm and the thumbprint."""
        return f"<PrivateKey {self.alg} {self.thumbprint}>"


K = TypeVar("K", SecretKey, PrivateKey)


def with_kid(key: K, kid: str) -> K:
    """The same key with a `kid`.

    Raises:
        ConfigError: `config_conflict` where it has another one already.
    """
    own = key.kid if isinstance(key, SecretKey) else key.own_kid
    if own not in {None, kid}:
        raise ConfigError("config_conflict")
    if isinstance(key, SecretKey):
        return replace(key, kid=kid)
    return replace(key, public=replace(key.public, own_kid=kid))


SignKey: TypeAlias = SecretKey | PrivateKey
"""What signs."""

VerifyKey: TypeAlias = SecretKey | PublicKey
"""What verifies."""
