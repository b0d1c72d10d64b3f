"""What is wrong with a number: digits that a person reads, and the kit does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from .findings import Symptom
from .reading import Entry, Reading
from .texts import VARIABLE_TEXTS

# A long text in the place of a number could be a secret: nothing of it is shown.
_LONGEST_SHOWN: Final = 12

_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}

_BLANK: Final = r"[ \t\n\v\f\r]"
Meant = Callable[[re.Match[str]], int]


def _digits(match: re.Match[str]) -> int:
    return int(match[1])


# Forms of numbers that are not read, the first that fits; and the number that was meant.
_FORMS: Final[tuple[tuple[str, re.Pattern[str], Meant | None], ...]] = (
    ("number_other_digits", re.compile(r"[\s\S]*[^\0-\x7f][\s\S]*"), None),
    ("number_spaced", re.compile(rf"{_BLANK}+([0-9]{{1,9}}){_BLANK}*"), _digits),
    ("number_spaced", re.compile(rf"([0-9]{{1,9}}){_BLANK}+"), _digits),
    ("number_signed", re.compile(r"[+-]([0-9]{1,9})"), _digits),
    ("number_leading_zero", re.compile(r"0([0-9]{1,9})"), _digits),
    ("number_long", re.compile(r"[0-9]{10,}"), None),
    (
        "number_grouped",
        re.compile(r"([0-9]{1,3}(?:[_,'][0-9]{3})+)"),
        lambda match: int(re.sub("[_,']", "", match[1])[:10]),
    ),
    ("number_grouped", re.compile(r"[0-9]+(?:_[0-9]+)+"), None),
    ("number_fraction", re.compile(r"([0-9]{1,9})\.[0-9]*"), _digits),
    ("number_fraction", re.compile(r"[0-9.]+[eE][+-]?[0-9]+"), None),
    ("number_unit", re.compile(r"([0-9]{1,5}) ?([smhd])[a-z]*"), lambda match: int(match[1]) * _SECONDS[match[2]]),
)


def number_symptoms(entry: Entry, reading: Reading) -> list[Symptom]:
    """Why a number is refused, and the line with the one that was meant, or with the default."""
    row = VARIABLE_TEXTS[entry.name]
    variable = entry.name
    number = reading.number(entry.option)
    if number is None and entry.text is not None:
        code, meant = _malformed(entry.text)
        is_meant = meant is not None and len(entry.text) <= _LONGEST_SHOWN
        value = min(max(meant, row.least), row.most) if is_meant and meant is not None else row.default
        return [Symptom(code, variable, {"meant": value})]
    if number is not None and number < row.least:
        return [Symptom("number_zero", variable, {"meant": row.default})]
    if number is not None and number > row.most:
        return [Symptom("leeway_too_long", variable, {"most": row.most})]
    # Every other number is right but for this: the default too can be too long.
    lifetime = reading.number("max_lifetime")
    longest = VARIABLE_TEXTS["JWT_MAX_LIFETIME_SECONDS"].default if lifetime is None else lifetime
    seconds = row.default if number is None else number
    values = {"seconds": seconds, "most": longest, "meant": min(row.default, longest)}
    return [Symptom("ttl_above_lifetime", variable, values)]


def _malformed(text: str) -> tuple[str, int | None]:
    for code, form, meant in _FORMS:
        match = form.fullmatch(text)
        if match is not None:
            return code, None if meant is None else meant(match)
    return "number_malformed", None
