"""Texts that are sealed by AES-256-GCM (SP 800-38D)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kit_jwt.encoding.base64url import decode_base64url, encode_base64url
from kit_jwt.encoding.utf8 import decode_utf8
from kit_jwt.issuer.errors import AuthorityError

from .kek import Keks

_IV_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text.

    Attributes:
        kek: which key-encryption key opens it.
        iv: 12 random bytes, base64url.
        ciphertext: with the tag of 16 bytes at its end, base64url.
    """

    kek: str
    iv: str
    ciphertext: str

    def members(self) -> dict[str, str]:
        """The form in which it is stored."""
        return {"kek": self.kek, "iv": self.iv, "ciphertext": self.ciphertext}


def seal(text: str, context: str, keks: Keks) -> Sealed:
    """Seal a text under the first key; it opens nowhere but in the same context."""
    kek = keks[0]
    # 2³² random nonces under one key are few enough (SP 800-38D section 8.3); an authority writes some a month.
    iv = os.urandom(_IV_BYTES)
    ciphertext = AESGCM(kek.key).encrypt(iv, text.encode(), context.encode())
    return Sealed(kek.id, encode_base64url(iv), encode_base64url(ciphertext))


def unseal(sealed: Sealed, context: str, keks: Keks) -> str:
    """Open what `seal` made of a text in the same context.

    Raises:
        AuthorityError: `kek_unknown`; `key_document_tampered`: it was not sealed so.
    """
    kek = next((kek for kek in keks if kek.id == sealed.kek), None)
    if kek is None:
        raise AuthorityError("kek_unknown")
    iv, ciphertext = decode_base64url(sealed.iv), decode_base64url(sealed.ciphertext)
    if iv is None or len(iv) != _IV_BYTES or ciphertext is None:
        raise AuthorityError("key_document_invalid")
    try:
        text = decode_utf8(AESGCM(kek.key).decrypt(iv, ciphertext, context.encode()))
    except InvalidTag:
        raise AuthorityError("key_document_tampered") from None
    if text is None:
        raise AuthorityError("key_document_invalid")
    return text
