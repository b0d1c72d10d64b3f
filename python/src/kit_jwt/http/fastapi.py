"""Guards for FastAPI: dependencies, which stand in its OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.requests import HTTPConnection

from kit_jwt.auth.policy_builder import AnyPolicy
from kit_jwt.auth.principal import Principal

from .guard.guard import ANYBODY, Check, Guard
from .guard.options import GuardOptions, Refusal, RouteOptions
from .starlette import parts_of_connection

__all__ = ["RefusedException", "RequireAuth", "fastapi_guard", "install_refusals"]


class RefusedException(HTTPException):
    """A request is refused. `install_refusals` answers it; without, status and headers are the same, the body is not.

    Attributes:
        refusal: what to answer, and why.

    >>> RefusedException(Refusal(status=401, headers={}, body="", code="credentials_missing")).status_code
    401
    """

    def __init__(self, refusal: Refusal) -> None:
        """Refuse with this answer.

        Args:
            refusal: what to answer, and why.
        """
        own = {name: value for name, value in refusal.headers.items() if name != "content-type"}
        super().__init__(refusal.status, headers=own)
        self.refusal = refusal


class RequireAuth(SecurityBase):
    """The dependency of a route: gives who asks, or refuses. See `fastapi_guard`."""

    def __init__(self, check: Check[HTTPConnection]) -> None:
        """See `fastapi_guard`."""
        self.model = HTTPBearer(bearerFormat="JWT")
        self.scheme_name = "bearer"
        self._check = check

    async def __call__(self, connection: HTTPConnection, response: Response) -> Principal:
        """Decide about a request, or about a WebSocket.

        Args:
            connection: of the framework.
            response: its headers are added to what the route gives, unless that is a response of its own.

        Returns:
            Who asks.

        Raises:
            RefusedException: the request is refused.
        """
        outcome = await self._check.decide_awaiting(connection)
        if isinstance(outcome, Refusal):
            raise RefusedException(outcome)
        if outcome.headers:
            response.headers.update(outcome.headers)
        connection.state.auth = outcome.auth
        return outcome.auth


def fastapi_guard(**options: Unpack[GuardOptions[HTTPConnection]]) -> Callable[..., RequireAuth]:
    """Guards for FastAPI: `Annotated[Principal, Depends(require_auth(...))]` gives who asks.

    Args:
        options: see `GuardOptions`; the kit is an `aio.Kit`.

    Returns:
        A function from a policy and `RouteOptions` to the dependency.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option; the dependency of a route, too.
        MisuseError: not a policy, when the dependency of a route is made.

    >>> from fastapi import Depends
    >>> from kit_jwt import aio, policy
    >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> require_auth = fastapi_guard(kit=kit)
    >>> app = FastAPI()
    >>> install_refusals(app)
    >>> reader = Depends(require_auth(policy().need_all("read:data")))
    >>> @app.get("/me")
    ... async def me(auth: Principal = reader) -> str:
    ...     return auth.subject
    >>> app.openapi()["components"]["securitySchemes"]
    {'bearer': {'type': 'http', 'scheme': 'bearer', 'bearerFormat': 'JWT'}}
    """
    guard = Guard(parts_of_connection, **options)

    def require_auth(policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[HTTPConnection]]) -> RequireAuth:
        return RequireAuth(guard(policy, **route))

    return require_auth


def install_refusals(app: FastAPI) -> None:
    """Let an application answer refused requests with the guard's own document, the same in every framework.

    Args:
        app: whose routes have guards.

    >>> install_refusals(FastAPI())
    """
    app.add_exception_handler(RefusedException, _answer)


async def _answer(_request: Request, error: Exception) -> Response:
    refusal = error.refusal if isinstance(error, RefusedException) else None
    if refusal is None:
        raise error
    return Response(refusal.body, refusal.status, dict(refusal.headers))
