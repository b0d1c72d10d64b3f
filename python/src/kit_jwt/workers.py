"""Cloudflare Workers in Python: bindings instead of a process environment."""

from __future__ import annotations

from collections.abc import Mapping

from . import aio
from .config.environment import config_from_environment
from .config.options import KitConfig
from .config.variables import gather
from .environment_kit import BINDINGS
from .errors import ConfigError, MisuseError
from .sources.remote_jwks import CACHE_TTL
from .sources.service_jwks import ServiceJwks, service_jwks

__all__ = ["ServiceJwks", "apply_env_bindings", "make_kit", "service_jwks"]


def make_kit(env: object) -> aio.Kit:
    """An awaitable kit of a Worker's `env`; it shares nothing with other kits.

    Args:
        env: the object that a Worker is given, or a mapping; `JWT_JWKS_SERVICE` names a service binding.

    Returns:
        The kit.

    Raises:
        ConfigError: as `config_from_environment`.

    >>> make_kit({"JWT_ISS": "https://issuer.example", "JWT_AUD": "api", "JWT_SECRET": "A" * 86})
    <Kit HS512>
    """
    return aio.Kit(**config_from_environment(_values(env), service=lambda config: _service(env, config)))


def apply_env_bindings(env: object) -> None:
    """Let the kit of the environment (`kit_jwt.aio.verify` and so on) read a Worker's `env` from now on.

    Args:
        env: the object that a Worker is given, or a mapping. It stands before the process environment.

    >>> apply_env_bindings({})
    """
    BINDINGS.apply(_values(env))


def _service(env: object, config: KitConfig) -> ServiceJwks:
    """The key source of the service that a configuration names."""
    name = config.get("jwks_service", "")
    binding = env.get(name) if isinstance(env, Mapping) else getattr(env, name, None)
    variable = str(getattr(name, "variable", "JWT_JWKS_SERVICE"))
    if binding is None:
        raise ConfigError("config_missing", variable=variable)
    try:
        return service_jwks(binding, cache_ttl=config.get("jwks_cache_ttl", CACHE_TTL))
    except MisuseError:
        pass
    raise ConfigError("config_invalid", variable=variable)


def _values(env: object) -> dict[str, object]:
    """Variables and the bindings that they name: an `env` is read by attribute and cannot be listed."""
    if isinstance(env, Mapping):
        return {str(name): value for name, value in env.items()}
    return gather(lambda name: getattr(env, name, None))
