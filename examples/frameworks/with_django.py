"""Django, in one file. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes."""

import os
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from kit_jwt import Kit, Principal, config_from_environment, policy
from kit_jwt.http import MemoryLimiter, limits_from_environment
from kit_jwt.http.django import django_guard

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "localhost"], SECRET_KEY=os.urandom(32).hex())
django.setup()


class Asked(HttpRequest):
    """A request behind a guard."""

    auth: Principal


require_auth = django_guard(kit=Kit(**config_from_environment(os.environ)), limiter=MemoryLimiter())
limits = limits_from_environment(os.environ)
finance = policy().roles_any("finance")
themselves_or_finance = policy().any_of(policy().subject({"ref": "id"}), finance)


def greet(request: Asked) -> HttpResponse:
    """Say who asks."""
    return HttpResponse(f"Hello {request.auth.subject}", content_type="text/plain; charset=utf-8")


@require_auth()
def me(request: Asked) -> HttpResponse:
    """Anybody with a token."""
    return greet(request)


@require_auth(themselves_or_finance, context=lambda request: {"id": request.resolver_match.kwargs["user_id"]})
def user(request: Asked, user_id: str) -> HttpResponse:  # noqa: ARG001 # the guard has looked at it
    """The user, or finance."""
    return greet(request)


@require_auth(finance, limits=[limits.read])
def reports(request: Asked) -> HttpResponse:
    """Finance, as often as each of them may."""
    return greet(request)


@require_auth(by="address", before=True, limits=[limits.write])
def tickets(request: Asked) -> HttpResponse:
    """Anybody with a token, as often as their address may."""
    return greet(request)


urlpatterns = [path("me", me), path("users/<user_id>", user), path("reports", reports), path("tickets", tickets)]
application = WSGIHandler()

if __name__ == "__main__":
    with make_server("127.0.0.1", int(os.environ.get("PORT", "3000")), application) as server:
        server.serve_forever()
