"""The options of single calls, as keywords."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from .token.binding import Confirmation
from .token.claims import Claims


class SignOptions(TypedDict, total=False):
    """Options of `sign`.

    Attributes:
        aud: who the token is for; the kit's audience when left out.
        iss: the kit's issuer when left out.
        ttl: seconds; the kit's when left out.
    """

    aud: str | Sequence[str]
    iss: str
    ttl: int


class VerifyOptions(TypedDict, total=False):
    """Options of `verify`.

    Attributes:
        confirmation: what the request proved: the token must be bound to it (`cnf`, RFC 7800).
    """

    confirmation: Confirmation


class CheckOptions(TypedDict, total=False):
    """Options of `check_auth`.

    Attributes:
        context: values that the policy refers to by name.
        also: a predicate beside the policy, which answers True or False at once.
        confirmation: what the request proved: the token must be bound to it (`cnf`, RFC 7800).
    """

    context: Mapping[str, str]
    also: Callable[[Claims], bool]
    confirmation: Confirmation


class DelegationOptions(TypedDict, total=False):
    """Options of `create_delegated_token`.

    Attributes:
        aud: the target service; required.
        ttl: seconds; the token never outlives the original.
        permissions: narrow what the original holds; left out, they are copied as they are.
        roles: narrow what the original holds; left out, they are copied as they are.
        scope: narrows what the original holds, as a set split at U+0020; left out, it is copied as it is.
        copy: names of further claims to copy where present.
    """

    aud: str | Sequence[str]
    ttl: int
    permissions: Sequence[str]
    roles: Sequence[str]
    scope: str
    copy: Sequence[str]
