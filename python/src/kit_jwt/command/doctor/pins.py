"""Pins that are none, and pins that keep the wrong keys out."""

from __future__ import annotations

import re
from typing import Final

from kit_jwt.config.describe import Description
from kit_jwt.encoding.base64url import decode_base64url

from .findings import Symptom
from .reading import Entry, Reading

_THUMBPRINT_BYTES: Final = 32
_HEX: Final = re.compile("(?:[0-9a-fA-F]{2}:?){32}")


def _entry_text(place: int) -> str:
    return f" (entry {place})"


def pin_symptoms(entry: Entry) -> list[Symptom]:
    """Why pins are refused, one by one."""
    wrong = [
        (place, item)
        for place, item in enumerate(entry.items, 1)
        if item and len(decode_base64url(item) or b"") != _THUMBPRINT_BYTES
    ]
    return [
        Symptom("pin_hex" if _HEX.fullmatch(item) else "pin_malformed", entry.supplier, {"entry": _entry_text(place)})
        for place, item in wrong
    ]


def pinned_out(reading: Reading, kit: Description) -> list[Symptom]:
    """What the pins of a kit that could be made keep out."""
    entry = reading.of("allowed_thumbprints")
    # What a server answers is not known here.
    if not entry.items or kit["jwksUrl"] is not None:
        return []
    known = [key["thumbprint"] for key in kit["publicKeys"]]
    if not known:
        return [Symptom("pins_without_source", entry.supplier)]
    unmatched = [
        Symptom("pin_unmatched", entry.supplier, {"entry": _entry_text(place)})
        for place, item in enumerate(entry.items, 1)
        if item not in known
    ]
    # The public half of the private key stands first.
    signs_public = reading.has("private_key") and "EdDSA" in kit["accept"]
    if signs_public and known[0] not in entry.items:
        return [Symptom("signer_not_pinned", entry.supplier), *unmatched]
    return [Symptom("pins_match_none", entry.supplier)] if len(unmatched) == len(entry.items) else unmatched
