"""The options of a guard and of its routes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, Required, TypedDict, TypeGuard, TypeVar

from kit_jwt.auth.principal import Principal
from kit_jwt.errors import ConfigError, MisuseError
from kit_jwt.http.limits.gcra import rate_of
from kit_jwt.http.limits.limiter import Limit, Limiter
from kit_jwt.token.binding import Confirmation

from .address import parse_network
from .answer import Answer
from .forwarded import ForwardedHeader
from .limit_key import LimitBy
from .refused import RefusalCode

RequestT = TypeVar("RequestT")
RequestT_contra = TypeVar("RequestT_contra", contravariant=True)


class GuardKit(Protocol):
    """What a guard needs of a kit: `Kit` where it decides at once, `aio.Kit` where it is awaited.

    >>> from kit_jwt import Kit
    >>> kit: GuardKit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    """

    @property
    def check_auth(self) -> Callable[..., Principal | Awaitable[Principal]]:
        """Verifies a token."""
        ...

    @property
    def consume_once(self) -> Callable[..., Awaitable[None] | None]:
        """Uses a token up."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Answer):
    """A request that was refused: what to answer, and why. Nothing of the token is in here.

    Attributes:
        status: of HTTP: 401, 403, 429 or 503.
        headers: by names in lower case.
        body: text in UTF-8.
        code: why, for the log: a code of the guard, or of `TokenError`.
        claim: the claim concerned, where a code concerns one.
        failed: with `policy_denied`, the JSON pointers of the rules that failed.

    >>> Refusal(status=401, headers={}, body="", code="credentials_missing").code
    'credentials_missing'
    """

    code: RefusalCode
    claim: str | None = None
    failed: tuple[str, ...] | None = None


class GuardOptions(TypedDict, Generic[RequestT], total=False):
    """Options of all routes of a guard.

    Attributes:
        kit: verifies tokens, and uses them up; required.
        limiter: keeps the budgets; needed where a route has limits.
        trusted_proxies: proxies that are believed about whom a request came from: addresses, and networks such as
            `10.0.0.0/8`. None unless given.
        forwarded_header: the header that they append to: `x-forwarded-for` unless given.
        cookie: name of a cookie that may carry the token, too. None unless given: what a browser sends by itself is no
            proof of intent.
        query: name of a parameter of the query that may carry the token, too. None unless given: a URL stands in logs.
        confirmation: what the request proved about its sender: the token must be bound to it (RFC 7800).
        on_refusal: is told of each refusal. What it raises is not heard.
    """

    kit: Required[GuardKit]
    limiter: Limiter
    trusted_proxies: Sequence[str]
    forwarded_header: ForwardedHeader
    cookie: str
    query: str
    confirmation: Callable[[RequestT], Confirmation | None]
    on_refusal: Callable[[Refusal, RequestT], object]


class RouteOptions(TypedDict, Generic[RequestT], total=False):
    """Options of one route.

    Attributes:
        context: values of the names that the policy refers to, from the request; asked once the token is verified.
        allow: decides what no policy can say: True passes, False is `policy_denied`.
        limits: limits, each drawn on in this order until one is exceeded.
        cost: units that a request draws, 1 unless given; no more than the burst of any limit.
        by: whose budget it is: `subject` unless given.
        before: with `by="address"`: whether the limits come before the token, so that they count who has none, too.
        on_limiter_failure: what happens while the limiter does not answer: `refuse` (503) unless given, or `pass`.
        replay: whether the token is used up: it passes once.
    """

    context: Callable[[RequestT], Mapping[str, str] | Awaitable[Mapping[str, str]]]
    allow: Callable[[Principal, RequestT], bool | Awaitable[bool]]
    limits: Sequence[Limit]
    cost: int | Callable[[Principal, RequestT], int]
    by: LimitBy
    before: bool
    on_limiter_failure: str
    replay: bool


# What needs no encoding in a query, and is a token in a cookie: RFC 3986 section 2.3.
_NAME: Final = re.compile(r"[\w.~-]+", re.ASCII)
_PRINTABLE: Final = re.compile("[ -~]+")
_MOST: Final = 1_000_000_000
"""Units and seconds: few enough to be exact in microseconds."""


def check_options(options: GuardOptions[RequestT]) -> None:
    """Hold the options of a guard against their types.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option.
    """
    _only(options, GuardOptions.__annotations__)
    if "kit" not in options:
        raise ConfigError("config_missing", variable="kit")
    _check("kit", _is_port(options["kit"], "check_auth") and _is_port(options["kit"], "consume_once"))
    _check("limiter", "limiter" not in options or _is_port(options["limiter"], "draw"))
    proxies = options.get("trusted_proxies", ())
    _check("trusted_proxies", isinstance(proxies, Sequence) and all(map(_is_network, proxies)))
    _check("forwarded_header", options.get("forwarded_header", "forwarded") in {"x-forwarded-for", "forwarded"})
    # Nobody would be believed who writes it.
    if "forwarded_header" in options and "trusted_proxies" not in options:
        raise ConfigError("config_missing", variable="trusted_proxies")
    _check("cookie", "cookie" not in options or _is_name(options["cookie"]))
    _check("query", "query" not in options or _is_name(options["query"]))
    _check("confirmation", callable(options.get("confirmation", id)))
    _check("on_refusal", callable(options.get("on_refusal", id)))


def check_route(route: RouteOptions[RequestT], *, has_limiter: bool) -> None:
    """Hold the options of a route against their types.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option.
    """
    _only(route, RouteOptions.__annotations__)
    limits = route.get("limits", [])
    cost = route.get("cost", 1)
    _check("context", callable(route.get("context", id)))
    _check("allow", callable(route.get("allow", id)))
    # `limits=[]` would look like a limit, and be none.
    is_list = isinstance(limits, Sequence) and all(_is_limit(limit) for limit in limits)
    _check("limits", is_list and not ("limits" in route and not limits))
    _check("cost", callable(cost) or can_be_drawn(cost, limits))
    by = route.get("by", "subject")
    _check("by", by in {"subject", "client", "address"})
    before = route.get("before", False)
    # Before the token is looked at, there is no principal that a budget or a cost could be told by.
    can_be_first = by == "address" and bool(limits) and not callable(cost)
    _check("before", isinstance(before, bool) and (not before or can_be_first))
    _check("on_limiter_failure", route.get("on_limiter_failure", "refuse") in {"refuse", "pass"})
    _check("replay", isinstance(route.get("replay", False), bool))
    if limits and not has_limiter:
        raise ConfigError("config_missing", variable="limiter")


def can_be_drawn(cost: object, limits: Sequence[Limit]) -> TypeGuard[int]:
    """Whether all limits can ever have so many units: what never can would be refused as if it were a matter of time.

    >>> can_be_drawn(5, [Limit(name="read", quota=120, window_seconds=60, burst=4)])
    False
    """
    return _is_count(cost) and all(cost <= (limit.quota if limit.burst is None else limit.burst) for limit in limits)


def _is_count(value: object) -> TypeGuard[int]:
    """Whether a value counts units.

    >>> _is_count(1), _is_count(0), _is_count(True), _is_count(1.0)
    (True, False, False, False)
    """
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST


def _is_limit(value: object) -> bool:
    if not isinstance(value, Limit) or not isinstance(value.name, str) or _PRINTABLE.fullmatch(value.name) is None:
        return False
    counts = (value.quota, value.window_seconds, 1 if value.burst is None else value.burst)
    return all(_is_count(count) for count in counts) and _is_countable(value)


def _is_countable(limit: Limit) -> bool:
    try:
        rate_of(limit)
    except MisuseError:
        return False
    return True


def _is_port(value: object, method: str) -> bool:
    return callable(getattr(value, method, None))


def _is_network(value: object) -> bool:
    return isinstance(value, str) and parse_network(value) is not None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _check(variable: str, is_right: bool) -> None:
    if not is_right:
        raise ConfigError("config_invalid", variable=variable)


def _only(options: Mapping[str, object], names: Mapping[str, object]) -> None:
    # A misspelt option must not switch off what it was meant to switch on; nor must one that is None.
    for name, value in options.items():
        _check(name, name in names and value is not None)
