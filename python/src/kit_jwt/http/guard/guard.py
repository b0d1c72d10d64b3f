"""A guard without a framework: token, then policy, then limits, then replay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final, Generic, TypeAlias, Unpack, cast

from kit_jwt.auth.policy import Policy
from kit_jwt.auth.policy_builder import AnyPolicy, as_policy
from kit_jwt.auth.principal import Principal
from kit_jwt.errors import MisuseError, TokenError
from kit_jwt.http.limits.limiter import Limiter
from kit_jwt.token.effects import Effect, Flow, drive, drive_awaiting

from .answer import answer_for
from .credentials import TokenPlaces, token_of
from .development import open_to
from .draw import Drawing, Seen
from .limit_key import limit_key
from .options import GuardOptions, Refusal, RequestT, RouteOptions, can_be_drawn, check_options, check_route
from .proxies import AddressKeys
from .refused import RefusedError
from .request import GuardRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A request may pass.

    Attributes:
        auth: who it is.
        headers: to be added to the response, by names in lower case: what is left of the limits.
    """

    auth: Principal
    headers: Mapping[str, str]


Outcome: TypeAlias = Passed | Refusal
"""What a guard says of a request."""

ANYBODY: Final[AnyPolicy] = {"allOf": []}
"""Whoever has a valid token."""

_ANYBODY: Final = as_policy(ANYBODY)
_NOTHING: Final = Seen(cast("dict[str, str]", MappingProxyType({})))
"""Where there are no limits: what all answers share, nobody may change."""


class Guard(Generic[RequestT]):
    """Makes the check of each route (RFC 6750).

    Token, then policy, then limits, then replay; limits by address come first where a route says so.

    >>> from kit_jwt import Kit, policy
    >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> guard = Guard(lambda headers: GuardRequest(header=lambda name: headers.get(name, [])), kit=kit)
    >>> check = guard(policy().need_all("read:data"))
    >>> token = kit.sign({"sub": "u1", "permissions": ["read:data"]})
    >>> check.decide({"authorization": [f"Bearer {token}"]}).auth.subject
    'u1'
    >>> check.decide({}).code
    'credentials_missing'
    """

    __slots__ = ("_options", "_parts_of")

    def __init__(
        self, parts_of: Callable[[RequestT], GuardRequest], /, **options: Unpack[GuardOptions[RequestT]]
    ) -> None:
        """Check the options.

        Args:
            parts_of: what the guard looks at in a request.
            options: see `GuardOptions`.

        Raises:
            ConfigError: `config_missing`, `config_invalid` with the option.
        """
        check_options(options)
        self._parts_of = parts_of
        self._options = options

    def __call__(self, policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[RequestT]]) -> Check[RequestT]:
        """Make the check of a route.

        Args:
            policy: who may pass; anybody with a valid token unless given.
            route: see `RouteOptions`.

        Returns:
            The check.

        Raises:
            ConfigError: `config_missing`, `config_invalid` with the option.
            MisuseError: not a policy.
        """
        check_route(route, has_limiter="limiter" in self._options)
        checked = _ANYBODY if policy is ANYBODY else as_policy(policy)
        return Check(self._parts_of, self._options, checked, route)


class Check(Generic[RequestT]):
    """Decides about requests to one route. Made by a `Guard`."""

    __slots__ = ("_addresses", "_options", "_parts_of", "_places", "_policy", "_route")

    def __init__(
        self,
        parts_of: Callable[[RequestT], GuardRequest],
        options: GuardOptions[RequestT],
        policy: Policy,
        route: RouteOptions[RequestT],
    ) -> None:
        """See `Guard`."""
        self._parts_of = parts_of
        self._options = options
        self._places = TokenPlaces(options.get("cookie"), options.get("query"))
        trusted, header = options.get("trusted_proxies", ()), options.get("forwarded_header", "x-forwarded-for")
        self._addresses = AddressKeys(trusted, header)
        self._policy = policy
        self._route = route

    def decide(self, request: RequestT) -> Outcome:
        """Decide at once, with a `Kit`.

        Args:
            request: of the framework.

        Returns:
            `Passed`, or the `Refusal` to answer with.

        Raises:
            ConfigError: as `Kit.check_auth`.
            MisuseError: `context`, `allow` or `cost` gives what it must not; a port has to be awaited.
        """
        return drive(self._flow(request))

    async def decide_awaiting(self, request: RequestT) -> Outcome:
        """Decide in an event loop, with an `aio.Kit`.

        Args:
            request: of the framework.

        Returns:
            As `decide`.

        Raises:
            ConfigError: as `Kit.check_auth`.
            MisuseError: as `decide`.
        """
        return await drive_awaiting(self._flow(request))

    def _flow(self, request: RequestT) -> Flow[Outcome]:
        seen = Seen() if "limits" in self._route else _NOTHING
        try:
            parts = self._parts_of(request)
            everybody = open_to(self._options["kit"], parts)
            if everybody is not None:
                return Passed(auth=everybody, headers={})
            is_before = self._route.get("before", False)
            if is_before:
                yield from self._draw(None, request, parts, seen)
            auth = yield from self._authorised(request, parts)
            if not is_before:
                yield from self._draw(auth, request, parts, seen)
            if self._route.get("replay", False):
                yield from _asked(lambda: self._options["kit"].consume_once(auth.claims))
        except (RefusedError, TokenError) as error:
            refusal = _refusal(error, seen)
        else:
            return Passed(auth=auth, headers=seen.headers)
        self._tell(refusal, request)
        return refusal

    def _authorised(self, request: RequestT, parts: GuardRequest) -> Flow[Principal]:
        token = token_of(parts, self._places)
        proof = self._options["confirmation"](request) if "confirmation" in self._options else None
        proofs = {} if proof is None else {"confirmation": proof}
        route = self._route
        check_auth = self._options["kit"].check_auth
        principal = cast("Principal", (yield from _asked(lambda: check_auth(token, _ANYBODY, **proofs))))
        # What the policy refers to is asked of a verified caller alone.
        context = (yield from _asked(lambda: route["context"](request))) if "context" in route else {}
        if self._policy is not _ANYBODY:
            found = self._policy.evaluate(principal.claims, cast("Mapping[str, str]", context))
            if not found.allowed:
                raise RefusedError("policy_denied", failed=found.failed)
        if "allow" in route:
            answer = yield from _asked(lambda: route["allow"](principal, request))
            if not isinstance(answer, bool):
                raise MisuseError("allow: not a boolean")
            if not answer:
                raise RefusedError("policy_denied", failed=())
        return principal

    def _draw(self, principal: Principal | None, request: RequestT, parts: GuardRequest, seen: Seen) -> Flow[None]:
        limits = self._route.get("limits", ())
        if not limits:
            return
        cost = self._route.get("cost", 1)
        units = cost(principal, request) if callable(cost) and principal is not None else cost
        if not can_be_drawn(units, limits):
            raise MisuseError("cost: not a positive integer, or more than a burst")
        by = self._route.get("by", "subject")
        key = self._addresses.key_of(parts) if by == "address" or principal is None else limit_key(principal, by)
        # Where a route has limits, there is a limiter: see `check_route`.
        limiter = cast("Limiter", self._options.get("limiter"))
        is_lenient = self._route.get("on_limiter_failure", "refuse") == "pass"
        yield from Drawing(limiter, limits, is_lenient).draw_on(key, units, seen)

    def _tell(self, refusal: Refusal, request: RequestT) -> None:
        if "on_refusal" in self._options:
            # Whoever listens does not decide what is answered.
            with suppress(Exception):
                self._options["on_refusal"](refusal, request)


def _asked(call: Callable[[], object]) -> Flow[object]:
    """What a port gives; what it raises is raised here."""
    outcome = yield Effect(call)
    if outcome.error is not None:
        raise outcome.error
    return outcome.value


def _refusal(error: RefusedError | TokenError, seen: Seen) -> Refusal:
    claim = error.claim if isinstance(error, TokenError) else None
    answer = answer_for(error.code, seen.headers, seen.violated)
    return Refusal(**asdict(answer), code=error.code, claim=claim, failed=error.failed)
