"""Words that are nearly right: names of algorithms, and names of variables."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kit_jwt.config.variables import VARIABLES
from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm

from .findings import Symptom
from .reading import Reading, items_of, names_of
from .texts import ALIASES

# Two letters may be wrong, missing, too many or swapped.
_NEAR: Final = 2
_LONGEST_NAME: Final = 64

# What the registry of RFC 7518 and its successors name besides, and no kit accepts.
_NEVER: Final = frozenset({"NONE", "HS256", "HS384", "RS384", "RS512", "PS384", "PS512", "ES256K", "ED448"})
_PROFILES: Final = {"HS512": "HS512", "EDDSA": "EdDSA", "ED25519": "EdDSA"}
_OUTSIDE: Final = ("RS256", "PS256", "ES256", "ES384", "ES512")
_ALGORITHMS: Final = _PROFILES | {name: name for name in _OUTSIDE}
_NAME: Final = re.compile("[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class _Guess:
    """The name that was meant, or why there is none: `unsupported` or `unknown`."""

    meant: str | None
    why: str = "misspelt"


def _guess(text: str, known: Mapping[str, str], never: Collection[str]) -> _Guess:
    if len(text) > _LONGEST_NAME or not text.isascii():
        return _Guess(None, "unknown")
    bare = re.sub("[^A-Z0-9]", "", text.upper())
    if bare in known:
        return _Guess(known[bare])
    if bare in never:
        return _Guess(None, "unsupported")
    nearest = _nearest(bare, list(known))
    return _Guess(None, "unknown") if nearest is None else _Guess(known[nearest])


def profile_symptoms(reading: Reading) -> list[Symptom]:
    """Why a profile is refused."""
    entry = reading.of("profile")
    text = entry.text or ""
    found = _guess(text, _PROFILES, _NEVER | set(_OUTSIDE))
    if found.meant is not None:
        return [Symptom("profile_misspelt", entry.name, {"meant": found.meant})]
    is_public = reading.has("private_key") and text[:1] not in {"H", "h"}
    return [Symptom(f"profile_{found.why}", entry.name, {"meant": "EdDSA" if is_public else "HS512"})]


def listed_algorithms(reading: Reading) -> list[Algorithm]:
    """The algorithms that `JWT_ACCEPT` lists, without what is none."""
    return [ALGORITHMS[item] for item in reading.of("accept").items if item is not None and item in ALGORITHMS]


def accept_symptoms(reading: Reading) -> list[Symptom]:
    """Why a list of accepted algorithms is refused, item by item; the line lists what is right or was meant."""
    entry = reading.of("accept")
    items = [item or "" for item in entry.items]
    guesses = [_Guess(ALGORITHMS[item].name) if item in ALGORITHMS else _accepted(item) for item in items]
    right = dict.fromkeys(found.meant for found in guesses if found.meant is not None)
    line = ",".join(right) or ("HS512" if reading.has("secret") else "EdDSA")
    symptoms = []
    for place, (item, found) in enumerate(zip(items, guesses, strict=True), 1):
        # That an item is empty is a fault of the list.
        if item in ALGORITHMS or not item:
            continue
        meant = {} if found.meant is None else {"meant": found.meant}
        symptoms.append(
            Symptom(f"accept_{found.why}", entry.name, {"entry": f" (entry {place})", "all": line, **meant})
        )
    if {"EdDSA", "Ed25519"} <= set(items):
        symptoms.append(Symptom("accept_twice", entry.name, {"all": line}))
    return symptoms


def _accepted(item: str) -> _Guess:
    return _guess(item, _ALGORITHMS, _NEVER)


_KNOWN: Final = [name for row in VARIABLES for name in names_of(row)]


def strange_variables(reading: Reading) -> list[Symptom]:
    """Variables that no kit reads, and that are called almost like one, or so elsewhere."""
    bound = [name for row in VARIABLES for name in items_of(reading.env.get(row.named or "", ""))]
    taken = {*_KNOWN, *bound}
    names = [name for name in reading.env if name not in taken and len(name) <= _LONGEST_NAME and _NAME.fullmatch(name)]
    symptoms = []
    for name in sorted(names):
        upper = name.upper()
        nearest = _nearest(upper, _KNOWN) if upper.startswith("J") else None
        if upper in ALIASES:
            symptoms.append(Symptom("variable_foreign", name, {"other": ALIASES[upper]}))
        elif nearest is not None:
            symptoms.append(Symptom("variable_misspelt", name, {"other": nearest}))
    return symptoms


def _nearest(word: str, words: Sequence[str]) -> str | None:
    """The nearest of some words, the first of several, if it is near at all."""
    distances = [_distance(word, other) for other in words]
    least = min(distances)
    return words[distances.index(least)] if least <= _NEAR else None


def _distance(a: str, b: str) -> int:
    """Letters that are wrong, missing or too many, or pairs that are swapped (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            choices = [last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])]
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                choices.append(before[j - 2] + 1)
            row.append(min(choices))
        before, last = last, row
    return last[-1]
