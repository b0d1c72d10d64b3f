"""What is wrong with a secret, and what is weak in one that a kit takes. Nothing of it is told but its length."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.errors import ConfigError
from kit_jwt.keys.secret import secret_key

from .findings import Symptom
from .reading import Entry, Reading
from .texts import VARIABLE_TEXTS, Values

# A secret of at least 64 random bytes has more of them: fewer are seen once in many lifetimes of the universe.
_FEWEST_BYTES: Final = 24
# A list's item this long, with `=` behind it, is a padded secret and no `kid` without one.
_SHORTEST_SECRET: Final = 40
_FIRST_PRINTABLE: Final = 0x20
_DELETE: Final = 0x7F

_BLANK: Final = r"[ \t\n\v\f\r]"
_ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]+")
_HEX: Final = re.compile(r"[0-9a-f]+|[0-9A-F]+")

# Forms of text that is no canonical base64url, the first that fits.
_FORMS: Final = (
    ("secret_pem", re.compile(r"-----BEGIN|ssh-ed25519|ssh-rsa|ecdsa-sha2-")),
    ("secret_spaced", re.compile(rf"\A{_BLANK}|{_BLANK}\Z")),
    ("secret_quoted", re.compile(r"""\A(["'])[\s\S]*\1\Z""")),
    ("secret_json", re.compile(r"\A[{\[]")),
    ("secret_padded", re.compile(r"\A[A-Za-z0-9_-]+=+\Z")),
    ("secret_standard_alphabet", re.compile(r"\A[A-Za-z0-9+/]+=*\Z")),
    ("secret_lines", re.compile(rf"\A(?:[A-Za-z0-9_=+/-]{{20,}}{_BLANK}+)+[A-Za-z0-9_=+/-]*\Z")),
)


def _fault(text: str) -> str | None:
    """Why the kit refuses a secret; None where it does not."""
    try:
        secret_key(text)
    except ConfigError as error:
        if error.code == "key_weak":
            return "secret_hex_short" if _is_hex(text) else "secret_short"
    else:
        return None
    # All characters are right: it is the text of another key, or was cut.
    if _ALPHABET.fullmatch(text):
        return "secret_cut" if decode_base64url(text) is None else "secret_is_key"
    return next((code for code, form in _FORMS if form.search(text)), "secret_not_base64url")


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and _HEX.fullmatch(text) is not None


def _weakness(text: str, data: bytes) -> tuple[str, Mapping[str, int]] | None:
    """What a careful operator would not leave in a secret that the kit takes."""
    period, count = _period(data), len(set(data))
    if period * 2 <= len(data) and count >= _FEWEST_BYTES:
        return "secret_repeats", {"bytes": period}
    if count < _FEWEST_BYTES:
        return "secret_monotonous", {"count": count}
    if all(_FIRST_PRINTABLE <= byte < _DELETE for byte in data):
        return "secret_text", {}
    return ("secret_hex", {}) if _is_hex(text) else None


def _period(data: bytes) -> int:
    """The length of the shortest beginning of which all the rest is a repetition."""
    # The table of Knuth, Morris and Pratt: how much of the beginning ends at each place.
    known = [0] * len(data)
    length = 0
    for at in range(1, len(data)):
        while length > 0 and data[at] != data[length]:
            length = known[length - 1]
        if data[at] == data[length]:
            length += 1
        known[at] = length
    return len(data) - known[-1]


@dataclass(frozen=True, slots=True)
class _Held:
    """One secret of a configuration; `place` is where it stands in a list, from 1, or 0 where it stands alone."""

    variable: str
    text: str
    place: int

    @property
    def entry(self) -> str:
        return _entry_text(self.place)


def _entry_text(place: int) -> str:
    return "" if place == 0 else f" (entry {place})"


def _secrets(reading: Reading) -> list[_Held]:
    """All secrets of an environment that can be read at all."""
    own, accepted = reading.of("secret"), reading.of("accept_secrets")
    others = [
        _Held(accepted.supplier, (item or "").rpartition("=")[2], place) for place, item in enumerate(accepted.items, 1)
    ]
    return [held for held in (_Held(own.supplier, own.text or "", 0), *others) if held.text]


def secret_symptoms(entry: Entry, reading: Reading) -> list[Symptom]:
    """What is wrong with the secret, or the secrets, of an entry."""
    symptoms = []
    for held in _secrets(reading):
        code = _fault(held.text) if held.variable == entry.supplier else None
        if code is not None:
            size = len(decode_base64url(held.text) or b"")
            values: Values = {"entry": held.entry, "bytes": size, "size": len(held.text) // 2}
            symptoms.append(Symptom(code, held.variable, values))
    return symptoms


def entry_symptoms(entry: Entry) -> list[Symptom]:
    """What the form of the list of accepted secrets lacks: too many entries, half an entry."""
    most, count = VARIABLE_TEXTS[entry.name].most, len(entry.items)
    symptoms = [Symptom("too_many_secrets", entry.supplier, {"count": count, "most": most})] if count > most else []
    for place, item in enumerate(entry.items, 1):
        text = item or ""
        if text.endswith("="):
            code = "secret_entry_form" if len(text) < _SHORTEST_SECRET else "secret_padded"
        elif text.startswith("=") and text.count("=") == 1:
            code = "secret_entry_form"
        else:
            continue
        symptoms.append(Symptom(code, entry.supplier, {"entry": _entry_text(place)}))
    return symptoms


def weak_secrets(reading: Reading) -> list[Symptom]:
    """What is weak in the secrets that a kit takes, and which of them are the same."""
    sound = [held for held in _secrets(reading) if _fault(held.text) is None]
    return [symptom for index, held in enumerate(sound) for symptom in _weak(held, sound[:index])]


def _weak(held: _Held, before: Sequence[_Held]) -> list[Symptom]:
    first = next((other for other in before if other.text == held.text), None)
    if first is not None:
        other = first.variable if first.place == 0 else f"entry {first.place}"
        return [Symptom("secret_same", held.variable, {"entry": held.entry, "other": other})]
    found = _weakness(held.text, decode_base64url(held.text) or b"")
    return [] if found is None else [Symptom(found[0], held.variable, {"entry": held.entry, **found[1]})]
