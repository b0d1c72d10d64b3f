"""Applications of WSGI (PEP 3333): guards around any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, TypeAlias, Unpack

from kit_jwt.auth.policy_builder import AnyPolicy

from .guard.guard import ANYBODY, Guard
from .guard.options import GuardOptions, Refusal, RouteOptions
from .guard.request import GuardRequest

__all__ = ["AUTH", "wsgi_guard"]

Environ: TypeAlias = dict[str, Any]
"""Of a request."""

StartResponse: TypeAlias = Callable[..., Any]
"""Takes the status and the headers."""

App: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]
"""An application."""

AUTH = "kit_jwt.auth"
"""Where in the environment it stands who asks."""


def wsgi_guard(**options: Unpack[GuardOptions[Environ]]) -> Callable[..., Callable[[App], App]]:
    """Guards for applications of WSGI; behind one, `environ["kit_jwt.auth"]` says who asks.

    Args:
        options: see `GuardOptions`.

    Returns:
        A function from a policy and `RouteOptions` to what puts the guard around an application.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option; the guard of a route, too.
        MisuseError: not a policy, when the guard of a route is made.

    >>> from kit_jwt import Kit, policy
    >>> require_auth = wsgi_guard(kit=Kit(issuer="https://issuer.example", audience="api", secret="A" * 86))
    >>> guarded = require_auth(policy().need_all("read:data"))(lambda environ, start_response: [])
    >>> guarded({}, lambda status, headers: print(status))
    401 Unauthorized
    [b'{"code":"authentication_required","status":401,"title":"Unauthorized","type":"about:blank"}']
    """
    guard = Guard(parts_of_environ, **options)

    def require_auth(policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[Environ]]) -> Callable[[App], App]:
        check = guard(policy, **route)

        def around(app: App) -> App:
            def guarded(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
                outcome = check.decide(environ)
                if isinstance(outcome, Refusal):
                    return _refused(outcome, start_response)
                environ[AUTH] = outcome.auth
                if not outcome.headers:
                    return app(environ, start_response)
                added = list(outcome.headers.items())

                def starting(status: str, headers: list[tuple[str, str]], *more: object) -> object:
                    return start_response(status, [*headers, *added], *more)

                return app(environ, starting)

            return guarded

        return around

    return require_auth


def parts_of_environ(environ: Environ) -> GuardRequest:
    """What a guard looks at in a request of WSGI, whose servers join several headers of a name by a comma."""

    def header(name: str) -> list[str]:
        value = environ.get("HTTP_" + name.upper().replace("-", "_"))
        return [] if value is None else [str(value)]

    return GuardRequest(header=header, query=environ.get("QUERY_STRING", ""), peer=environ.get("REMOTE_ADDR"))


def _refused(refusal: Refusal, start_response: StartResponse) -> Iterable[bytes]:
    body = refusal.body.encode("utf-8")
    start_response(
        f"{refusal.status} {HTTPStatus(refusal.status).phrase}",
        [*refusal.headers.items(), ("content-length", str(len(body)))],
    )
    return [body]
