"""Why a URL is none that keys are fetched from: judged as it is written, like the kit does."""

from __future__ import annotations

import re
from typing import Final

from kit_jwt.sources.transport import is_jwks_url

from .findings import Symptom
from .reading import Entry

_FORMS: Final = (
    ("url_spaced", re.compile(r"[ \t\n\v\f\r]")),
    ("url_scheme", re.compile(r"\A(?!https?://)")),
    ("url_credentials", re.compile(r"\Ahttps?://[^/?#]*@")),
    ("url_fragment", re.compile("#")),
)
_LOOPBACK: Final = re.compile(r"https?://(?:localhost|127\.[0-9.]+|\[::1\])(?:[:/?]|\Z)")


def url_symptoms(entry: Entry) -> list[Symptom]:
    """What is wrong with the URL of a key set."""
    text = entry.text or ""
    code = next((code for code, form in _FORMS if form.search(text)), None)
    if code is None:
        is_plain = text.startswith("http:") and is_jwks_url(f"https:{text.removeprefix('http:')}")
        code = "url_http" if is_plain else "url_malformed"
    return [Symptom(code, entry.supplier)]


def is_loopback(url: str) -> bool:
    """Whether keys are fetched from this machine itself."""
    return is_jwks_url(url) and _LOOPBACK.match(url) is not None
