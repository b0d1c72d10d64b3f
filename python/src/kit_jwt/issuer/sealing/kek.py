"""Keys that encrypt keys."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.errors import ConfigError

_BYTES: Final = 32
_AROUND: Final = " \t\r\n"
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Kek:
    """A key that encrypts keys, for AES-256-GCM.

    Attributes:
        id: the name by which what it sealed refers to it.
        key: 32 random bytes.
    """

    id: str
    key: bytes

    def __repr__(self) -> str:
        """Tell the id and no material."""
        return f"<Kek {self.id}>"


Keks: TypeAlias = Sequence[Kek]
"""All that a process may open with, at least one. The first one seals."""


def read_keks(text: str | None) -> Keks:
    """Read key-encryption keys as an environment or a file holds them: `id=base64url`, several separated by commas.

    White space around each is left out.

    To change one, put the new one first and keep the old one: each write seals with the first.

    Args:
        text: each with 32 random bytes in canonical base64url; an id has letters, digits, `.`, `_` and `-`.

    Returns:
        The keys, in the order of the text.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with `kek`: the text is none; `key_weak`: not 32 bytes.

    >>> read_keks("2026-11=" + "A" * 43)
    (<Kek 2026-11>,)
    """
    if text is None:
        raise ConfigError("config_missing", variable="kek")
    keks = tuple(_read(item.strip(_AROUND)) for item in text.split(","))
    if len({kek.id for kek in keks}) < len(keks):
        raise ConfigError("config_invalid", variable="kek")
    return keks


def fresh_keks() -> Keks:
    """For keys that live no longer than this process."""
    return (Kek("process", os.urandom(_BYTES)),)


def _read(item: str) -> Kek:
    # Base64url has no '=' where it is not padded.
    name, _, key = item.rpartition("=")
    data = decode_base64url(key)
    if _ID.fullmatch(name) is None or data is None:
        raise ConfigError("config_invalid", variable="kek")
    if len(data) != _BYTES:
        raise ConfigError("key_weak", variable="kek")
    return Kek(name, data)
