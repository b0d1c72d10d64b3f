"""What the body of a request says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias
from urllib.parse import unquote_to_bytes

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.encoding.utf8 import decode_utf8

from .message import Message
from .refused import RefusedError

Parameters: TypeAlias = Mapping[str, str]
"""Parameters of a form: each there once, and none empty."""

FORM: Final = "application/x-www-form-urlencoded"
JSON_TYPE: Final = "application/json"

_BROKEN_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")


def type_of(message: Message) -> str:
    """The media type, without parameters."""
    return message.headers.get("content-type", "").partition(";")[0].strip().lower()


def read_form(message: Message) -> Parameters:
    """What a form says (RFC 6749 section 3.2)."""
    if type_of(message) != FORM:
        raise RefusedError("invalid_request", "content_type_unsupported", status=415)
    parameters: dict[str, str] = {}
    for pair in filter(None, _text_of(message).split("&")):
        name, value = map(form_decoded, pair.partition("=")[::2])
        if name is None or value is None:
            raise RefusedError("invalid_request", "body_malformed")
        # Of two parameters of one name, two readers would take different ones.
        if name in parameters:
            raise RefusedError("invalid_request", "parameter_repeated")
        parameters[name] = value
    # A parameter without a value is as good as none.
    return {name: value for name, value in parameters.items() if value}


def read_object(message: Message) -> Mapping[str, JSONValue]:
    """The object that a JSON body holds."""
    members = parse_object(_text_of(message))
    if members is None:
        raise RefusedError("invalid_request", "body_malformed")
    return members


def form_decoded(text: str) -> str | None:
    """The text of a part of a form (RFC 6749 appendix B), or None where it is not one in UTF-8.

    >>> form_decoded("a+b%20c"), form_decoded("100%"), form_decoded("%ff")
    ('a b c', None, None)
    """
    if "%" not in text and text.isascii():
        return text.replace("+", " ")
    if _BROKEN_ESCAPE.search(text) is not None:
        return None
    return decode_utf8(unquote_to_bytes(text.replace("+", " ")))


def required(form: Parameters, name: str) -> str:
    """A parameter that must be there."""
    value = form.get(name)
    if value is None:
        raise RefusedError("invalid_request", "parameter_missing")
    return value


def _text_of(message: Message) -> str:
    # What stands in a URL stands in the logs of everything on its way (RFC 6749 section 2.3.1).
    if message.query:
        raise RefusedError("invalid_request", "query_not_allowed")
    if message.body is None:
        raise RefusedError("invalid_request", "body_too_large", status=413)
    text = decode_utf8(message.body)
    if text is None:
        raise RefusedError("invalid_request", "body_malformed")
    return text
