"""Guards for Flask: decorators of views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import Any, ParamSpec, TypeAlias, Unpack, cast

from flask import Request, Response, after_this_request, current_app, g, request

from kit_jwt.auth.policy_builder import AnyPolicy
from kit_jwt.auth.principal import Principal
from kit_jwt.errors import MisuseError

from .guard.guard import ANYBODY, Guard
from .guard.options import GuardOptions, Refusal, RouteOptions
from .guard.request import GuardRequest
from .wsgi import parts_of_environ

__all__ = ["current_auth", "flask_guard"]

P = ParamSpec("P")

Decorator: TypeAlias = Callable[[Callable[P, Any]], Callable[P, Any]]
"""Of a view."""


def flask_guard(**options: Unpack[GuardOptions[Request]]) -> Callable[..., Decorator[...]]:
    """Guards for Flask; behind one, `g.auth` and `current_auth()` say who asks.

    Args:
        options: see `GuardOptions`.

    Returns:
        A function from a policy and `RouteOptions` to the decorator of a view, which stands below `@app.route`.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option; the decorator, too.
        MisuseError: not a policy, when the decorator is made.

    >>> from flask import Flask
    >>> from kit_jwt import Kit, policy
    >>> require_auth = flask_guard(kit=Kit(issuer="https://issuer.example", audience="api", secret="A" * 86))
    >>> app = Flask("orders")
    >>> @app.get("/me")
    ... @require_auth(policy().need_all("read:data"))
    ... def me():
    ...     return {"subject": current_auth().subject}
    >>> app.test_client().get("/me").status_code
    401
    """
    guard = Guard(_parts_of, **options)

    def require_auth(policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[Request]]) -> Decorator[...]:
        check = guard(policy, **route)

        def around(view: Callable[..., Any]) -> Callable[..., Any]:
            is_awaitable = iscoroutinefunction(view)

            @wraps(view)
            def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 # what a view takes and gives is the view's own
                # Not the proxy: what a program keeps of it outlives the request.
                given = cast("Any", request)._get_current_object()  # noqa: SLF001 # the documented way
                outcome = check.decide(given)
                if isinstance(outcome, Refusal):
                    return Response(outcome.body, outcome.status, dict(outcome.headers))
                g.auth = outcome.auth
                if outcome.headers:
                    after_this_request(partial(_add, outcome.headers))
                return (current_app.ensure_sync(view) if is_awaitable else view)(*args, **kwargs)

            return guarded

        return around

    return require_auth


def current_auth() -> Principal:
    """Who asks, behind a guard.

    Returns:
        The principal of the request that is being answered.

    Raises:
        MisuseError: no guard stands in front of this view.

    >>> from flask import Flask
    >>> with Flask("orders").app_context():
    ...     current_auth()
    Traceback (most recent call last):
    kit_jwt.errors.errors.MisuseError: no guard stands in front of this view
    """
    auth = g.get("auth")
    if not isinstance(auth, Principal):
        raise MisuseError("no guard stands in front of this view")
    return auth


def _add(headers: Mapping[str, str], response: Response) -> Response:
    response.headers.update(headers)
    return response


def _parts_of(given: Request) -> GuardRequest:
    return parts_of_environ(given.environ)
