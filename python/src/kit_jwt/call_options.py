"""The options of single calls, as keywords."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

from .token.binding import Confirmation
from .token.claims import Claims


class SignOptions(TypedDict, total=False):
    """Options of `sign`: `aud` and `iss` in place of the kit's, `ttl` in seconds."""

    aud: str | Sequence[str]
    iss: str
    ttl: int


class VerifyOptions(TypedDict, total=False):
    """Options of `verify`: `confirmation` is what the request proved, and asks for a token bound to it."""

    confirmation: Confirmation


class CheckOptions(TypedDict, total=False):
    """Options of `check_auth`.

    Members:
        context: values that the policy refers to by name.
        also: a predicate beside the policy, which answers True or False at once.
        confirmation: what the request proved, and asks for a token bound to it.
    """

    context: Mapping[str, str]
    also: Callable[[Claims], bool]
    confirmation: Confirmation


class DelegationOptions(TypedDict, total=False):
    """Options of `create_delegated_token`.

    Members:
        aud: the target service; required.
        ttl: seconds.
        permissions, roles, scope: narrow what the original holds.
        copy: names of further claims to copy.
    """

    aud: str | Sequence[str]
    ttl: int
    permissions: Sequence[str]
    roles: Sequence[str]
    scope: str
    copy: Sequence[str]
