"""What of a configuration may be shown.

Issuers, audiences and ids are no secrets, but anything may stand in their place.
"""

from __future__ import annotations

import re
from typing import Final

from kit_jwt.command.failure import looks_secret, looks_token
from kit_jwt.command.style import printable

from .texts import HIDDEN

_LONGEST: Final = 200
_LONGEST_PATH: Final = 80
_LONG_RUN: Final = 32
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_URL_FORM: Final = re.compile(r"[a-z][a-z0-9+.-]*://")
_PATH: Final = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./-]*")


def revealed(text: str) -> str:
    """A value as it may be shown: never what could be a secret in the wrong place."""
    return text if _is_harmless(text) else HIDDEN


def _is_harmless(text: str) -> bool:
    """Names of words, short ids, URLs; no long run of letters and digits but a UUID."""
    if len(text) > _LONGEST or printable(text) != text or looks_token(text) or re.search(r"[{}]|-----", text):
        return False
    others = r"[^A-Za-z0-9+=_-]+" if _URL_FORM.match(text) else r"[^A-Za-z0-9+/=_-]+"
    return all(len(run) < _LONG_RUN or not re.search("[A-Z0-9]", run) for run in re.split(others, _UUID.sub(" ", text)))


def revealed_start(text: str) -> str:
    """A value as it may be shown, up to a `?`: what stands behind it in a URL may be a key."""
    return revealed(re.sub(r"\?.*\Z", "?…", text))


def safe_path(path: str) -> str:
    """A path as it may stand in a line that is copied to a shell."""
    is_safe = len(path) <= _LONGEST_PATH and _PATH.fullmatch(path) and not looks_secret(path)
    return path if is_safe else "(that file)"
