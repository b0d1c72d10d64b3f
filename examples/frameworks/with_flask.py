"""Flask. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes."""

import os

from flask import Flask, Response
from kit_jwt import Kit, config_from_environment, policy
from kit_jwt.http import MemoryLimiter, limits_from_environment
from kit_jwt.http.flask import current_auth, flask_guard

require_auth = flask_guard(kit=Kit(**config_from_environment(os.environ)), limiter=MemoryLimiter())
limits = limits_from_environment(os.environ)
finance = policy().roles_any("finance")
themselves_or_finance = policy().any_of(policy().subject({"ref": "id"}), finance)

app = Flask(__name__)


def greet() -> Response:
    """Say who asks."""
    return Response(f"Hello {current_auth().subject}", mimetype="text/plain")


@app.get("/me")
@require_auth()
def me() -> Response:
    """Anybody with a token."""
    return greet()


@app.get("/users/<user_id>")
@require_auth(themselves_or_finance, context=lambda request: {"id": request.view_args["user_id"]})
def user(user_id: str) -> Response:  # noqa: ARG001 # the guard has looked at it
    """The user, or finance."""
    return greet()


@app.get("/reports")
@require_auth(finance, limits=[limits.read])
def reports() -> Response:
    """Finance, as often as each of them may."""
    return greet()


@app.get("/tickets")
@require_auth(by="address", before=True, limits=[limits.write])
def tickets() -> Response:
    """Anybody with a token, as often as their address may."""
    return greet()


if __name__ == "__main__":
    # For development: any server of WSGI runs `app`.
    app.run(port=int(os.environ.get("PORT", "3000")))
