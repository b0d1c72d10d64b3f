"""Guards for Django: decorators of views, and middleware."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias, Unpack

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kit_jwt.auth.policy_builder import AnyPolicy

from .guard.guard import ANYBODY, Check, Guard, Passed
from .guard.options import GuardOptions, Refusal, RouteOptions
from .guard.request import GuardRequest
from .wsgi import parts_of_environ

__all__ = ["RequireAuth", "django_guard"]

View: TypeAlias = Callable[..., Any]
"""What answers a request."""


class RequireAuth:
    """Puts a guard in front of a view as a decorator, or in front of everything as a middleware.

    See `django_guard`.
    """

    # What Django asks a middleware.
    sync_capable = True
    async_capable = True

    def __init__(self, check: Check[HttpRequest]) -> None:
        """See `django_guard`."""
        self._check = check

    def __call__(self, view: View) -> View:
        """Put the guard in front of a view, or of what a middleware is given.

        Args:
            view: synchronous or asynchronous.

        Returns:
            The same behind the guard.
        """
        is_awaited = iscoroutinefunction(view)  # pyright: ignore[reportDeprecated] # that of `inspect` is 3.12's
        return self._awaiting(view) if is_awaited else self._at_once(view)

    def _at_once(self, view: Callable[..., Any]) -> View:
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            outcome = self._check.decide(request)
            if isinstance(outcome, Refusal):
                return _refused(outcome)
            response: HttpResponseBase = view(_known(request, outcome), *args, **kwargs)
            return _told(response, outcome)

        return _named(guarded, view)

    def _awaiting(self, view: Callable[..., Any]) -> View:
        async def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            outcome = await self._check.decide_awaiting(request)
            if isinstance(outcome, Refusal):
                return _refused(outcome)
            response: HttpResponseBase = await view(_known(request, outcome), *args, **kwargs)
            return _told(response, outcome)

        return _named(guarded, view)


def django_guard(**options: Unpack[GuardOptions[HttpRequest]]) -> Callable[..., RequireAuth]:
    """Guards for Django; behind one, `request.auth` says who asks.

    Args:
        options: see `GuardOptions`; the kit is a `Kit` for synchronous views, an `aio.Kit` for asynchronous ones.

    Returns:
        A function from a policy and `RouteOptions` to what is a decorator of a view, and, by its dotted name, a
        member of `MIDDLEWARE`.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option; the guard of a route, too.
        MisuseError: not a policy, when the guard of a route is made.

    >>> from kit_jwt import Kit, policy
    >>> require_auth = django_guard(kit=Kit(issuer="https://issuer.example", audience="api", secret="A" * 86))
    >>> @require_auth(policy().need_all("read:data"))
    ... def me(request):
    ...     return HttpResponse(request.auth.subject)
    """
    guard = Guard(_parts_of, **options)

    def require_auth(policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[HttpRequest]]) -> RequireAuth:
        return RequireAuth(guard(policy, **route))

    return require_auth


def _parts_of(request: HttpRequest) -> GuardRequest:
    # Under ASGI, too, Django has the headers in this form, several of a name joined by a comma.
    return parts_of_environ(request.META)


def _known(request: HttpRequest, outcome: Passed) -> HttpRequest:
    request.auth = outcome.auth  # type: ignore[attr-defined] # what a guard adds, like Django's own `user`
    return request


def _told(response: HttpResponseBase, outcome: Passed) -> HttpResponseBase:
    for name, value in outcome.headers.items():
        response.headers[name] = value
    return response


def _refused(refusal: Refusal) -> HttpResponse:
    return HttpResponse(refusal.body, status=refusal.status, headers=dict(refusal.headers))


def _named(guarded: Callable[..., Any], view: Callable[..., Any]) -> Callable[..., Any]:
    # What a middleware is given has no name to take over.
    return wraps(view)(guarded) if hasattr(view, "__name__") else guarded
