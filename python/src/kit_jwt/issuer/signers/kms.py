"""Signing by AWS KMS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.issuer.errors import AuthorityError

from .remote_signer import PUBLIC_BYTES, RemoteSigner, check_kid, start_signer


class KmsClient(Protocol):
    """What is asked of AWS KMS: `boto3.client("kms")` is one, and anything else that answers alike."""

    @property
    def get_public_key(self) -> Callable[..., Any]:
        """Gives the public half of the key `KeyId`: its DER as `PublicKey`, and its ARN as `KeyId`."""
        ...

    @property
    def sign(self) -> Callable[..., Any]:
        """Signs `Message` with the key `KeyId` by `SigningAlgorithm`: gives a `Signature`."""
        ...


# Bytes that KMS signs without a digest made before, which this form of Ed25519 does not have.
_MAX_MESSAGE = 4096
# SubjectPublicKeyInfo of Ed25519, before the key itself (RFC 8410 section 4).
_SPKI = bytes.fromhex("302a300506032b6570032100")


def kms_signer(*, client: KmsClient, key: str, kid: str | None = None) -> RemoteSigner:
    """A signer whose private key is in AWS KMS.

    It reads the public key and has KMS sign once, before it is given out. An alias is followed then and not again: a
    signer stays with its key. KMS signs 4096 bytes at most, so that a token of more is refused.

    Args:
        client: has the credentials, the region, the timeouts and the retries.
        key: id, ARN or alias of a key of the spec `ECC_NIST_EDWARDS25519`.
        kid: id in tokens and in the set; the thumbprint (RFC 7638) unless given.

    Returns:
        The signer; for `aio.Kit`, its `aio`.

    Raises:
        ConfigError: `config_invalid` with the option, or with `signer`: a signature that is not of this key;
            `key_unsuitable` with `key`: no Ed25519 key; `key_invalid`.
        AuthorityError: `key_not_found`; `key_store_unavailable`: no answer, or a refusal.
        MisuseError: no client.

    >>> from kit_jwt import generate_key_pair, import_private_key
    >>> from kit_jwt.encoding.base64url import decode_base64url
    >>> pair = generate_key_pair()
    >>> class Kms:  # in its place: boto3.client("kms")
    ...     def get_public_key(self, **request):
    ...         der = bytes.fromhex("302a300506032b6570032100") + decode_base64url(pair.public_jwk["x"])
    ...         return {"PublicKey": der}
    ...     def sign(self, *, Message, **request):
    ...         return {"Signature": import_private_key(pair.private_jwk).sign(Message)}
    >>> kms_signer(client=Kms(), key="alias/tokens", kid="kms-1")
    <RemoteSigner EdDSA kms-1>
    """
    if not callable(getattr(client, "get_public_key", None)) or not callable(getattr(client, "sign", None)):
        message = "client: get_public_key and sign are needed"
        raise MisuseError(message)
    if not isinstance(key, str) or not key:
        raise ConfigError("config_invalid", variable="key")
    check_kid(kid)
    answer = _answer(lambda: client.get_public_key(KeyId=key))
    arn = answer.get("KeyId") or key
    public_key = _public_key(_bytes(answer.get("PublicKey")))

    def ask(message: bytes) -> bytes:
        if len(message) > _MAX_MESSAGE:
            raise TokenError("token_too_large")
        signed = _answer(
            lambda: client.sign(KeyId=arn, Message=message, MessageType="RAW", SigningAlgorithm="ED25519_SHA_512")
        )
        return _bytes(signed.get("Signature"))

    return start_signer(public_key, kid, ask)


def _answer(ask: Callable[[], object]) -> Mapping[str, object]:
    # What a client says of a failure may hold the request: only the name of the one that is known goes on.
    try:
        answer = ask()
    except Exception as error:  # noqa: BLE001 # a client's own errors, whichever it is
        name = _name(error)
        answer = None
    else:
        name = None
    if not isinstance(answer, Mapping):
        raise AuthorityError("key_not_found" if name == "NotFoundException" else "key_store_unavailable")
    return answer


def _name(error: Exception) -> object:
    """The name of a failure, where botocore's `ClientError` has it."""
    response = getattr(error, "response", None)
    details = response.get("Error") if isinstance(response, Mapping) else None
    return details.get("Code") if isinstance(details, Mapping) else None


def _bytes(value: object) -> bytes:
    if not isinstance(value, (bytes, bytearray)):
        raise AuthorityError("key_store_unavailable")
    return bytes(value)


def _public_key(spki: bytes) -> bytes:
    if len(spki) != len(_SPKI) + PUBLIC_BYTES or not spki.startswith(_SPKI):
        raise ConfigError("key_unsuitable", variable="key")
    return spki[len(_SPKI) :]
