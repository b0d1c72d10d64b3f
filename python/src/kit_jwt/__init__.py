"""Sign, verify and delegate JWTs between services: HS512 and EdDSA, the same answers in Python and TypeScript.

The functions `sign`, `verify`, `check_auth`, `create_delegated_token` and `consume_once` belong to the kit of the
environment, one per process, made of `JWT_*` variables when the first of them is called. Everything else
is a value that is passed: `Kit(...)` has the same operations. `kit_jwt.aio` is the same for an event loop.

A name is loaded when it is first used, so that importing the package costs next to nothing.

>>> from kit_jwt import Kit, policy
>>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
>>> token = kit.sign({"sub": "u1", "permissions": ["read:data"]})
>>> kit.check_auth(token, policy().need_all("read:data")).subject
'u1'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .auth.evaluate import Evaluation
    from .auth.policy import Policy, parse_policy
    from .auth.policy_builder import AnyPolicy, PolicyBuilder, policy
    from .auth.principal import Principal
    from .auth.scopes import map_scopes_to_permissions
    from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
    from .config.environment import config_from_environment
    from .config.options import KitConfig, MappingOptions, TrustOptions
    from .config.provider import ProviderName, trusted_provider
    from .encoding.json_value import JSONValue
    from .environment_kit import check_auth, consume_once, create_delegated_token, is_expiring_soon, sign, verify
    from .errors import ConfigError, ConfigErrorCode, KitError, MisuseError, TokenError, TokenErrorCode
    from .keys.generate import KeyPair, generate_key_pair, generate_secret
    from .keys.key import PrivateKey, PublicKey, SecretKey
    from .keys.private_key import import_private_key
    from .keys.public_key import export_public_jwk, import_public_key
    from .keys.secret import import_secret
    from .keys.signer import Signer
    from .keys.thumbprint import thumbprint
    from .kit import Kit
    from .sources.key_set import KeySet, create_key_set
    from .sources.key_source import KeySource
    from .sources.local_jwks import LocalJwks, local_jwks
    from .sources.remote_jwks import RemoteJwks, remote_jwks
    from .sources.transport import JwksRequest, JwksResponse
    from .stores.replay import MemoryReplayStore, ReplayStore, memory_replay_store
    from .stores.revocation import MemoryRevocationList, RevocationList, memory_revocation_list
    from .token.claims import Claims, is_verified, unsafe_trust_claims
    from .token.decode import Unverified, decode_unverified

__version__ = "0.0.0"

__all__ = [
    "AnyPolicy",
    "CheckOptions",
    "Claims",
    "ConfigError",
    "ConfigErrorCode",
    "DelegationOptions",
    "Evaluation",
    "JSONValue",
    "JwksRequest",
    "JwksResponse",
    "KeyPair",
    "KeySet",
    "KeySource",
    "Kit",
    "KitConfig",
    "KitError",
    "LocalJwks",
    "MappingOptions",
    "MemoryReplayStore",
    "MemoryRevocationList",
    "MisuseError",
    "Policy",
    "PolicyBuilder",
    "Principal",
    "PrivateKey",
    "ProviderName",
    "PublicKey",
    "RemoteJwks",
    "ReplayStore",
    "RevocationList",
    "SecretKey",
    "SignOptions",
    "Signer",
    "TokenError",
    "TokenErrorCode",
    "TrustOptions",
    "Unverified",
    "VerifyOptions",
    "check_auth",
    "config_from_environment",
    "consume_once",
    "create_delegated_token",
    "create_key_set",
    "decode_unverified",
    "export_public_jwk",
    "generate_key_pair",
    "generate_secret",
    "import_private_key",
    "import_public_key",
    "import_secret",
    "is_expiring_soon",
    "is_verified",
    "local_jwks",
    "map_scopes_to_permissions",
    "memory_replay_store",
    "memory_revocation_list",
    "parse_policy",
    "policy",
    "remote_jwks",
    "sign",
    "thumbprint",
    "trusted_provider",
    "unsafe_trust_claims",
    "verify",
]

_ROOMS = {
    "auth.evaluate": ("Evaluation",),
    "auth.policy": ("Policy", "parse_policy"),
    "auth.policy_builder": ("AnyPolicy", "PolicyBuilder", "policy"),
    "auth.principal": ("Principal",),
    "auth.scopes": ("map_scopes_to_permissions",),
    "call_options": ("CheckOptions", "DelegationOptions", "SignOptions", "VerifyOptions"),
    "config.environment": ("config_from_environment",),
    "config.options": ("KitConfig", "MappingOptions", "TrustOptions"),
    "config.provider": ("ProviderName", "trusted_provider"),
    "encoding.json_value": ("JSONValue",),
    "environment_kit": ("check_auth", "consume_once", "create_delegated_token", "is_expiring_soon", "sign", "verify"),
    "errors": ("ConfigError", "ConfigErrorCode", "KitError", "MisuseError", "TokenError", "TokenErrorCode"),
    "keys.generate": ("KeyPair", "generate_key_pair", "generate_secret"),
    "keys.key": ("PrivateKey", "PublicKey", "SecretKey"),
    "keys.private_key": ("import_private_key",),
    "keys.public_key": ("export_public_jwk", "import_public_key"),
    "keys.secret": ("import_secret",),
    "keys.signer": ("Signer",),
    "keys.thumbprint": ("thumbprint",),
    "kit": ("Kit",),
    "sources.key_set": ("KeySet", "create_key_set"),
    "sources.key_source": ("KeySource",),
    "sources.local_jwks": ("LocalJwks", "local_jwks"),
    "sources.remote_jwks": ("RemoteJwks", "remote_jwks"),
    "sources.transport": ("JwksRequest", "JwksResponse"),
    "stores.replay": ("MemoryReplayStore", "ReplayStore", "memory_replay_store"),
    "stores.revocation": ("MemoryRevocationList", "RevocationList", "memory_revocation_list"),
    "token.claims": ("Claims", "is_verified", "unsafe_trust_claims"),
    "token.decode": ("Unverified", "decode_unverified"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:  # A type checker knows the names already, and shall know no others.

    def __getattr__(name: str) -> object:
        """A public name, from its room (PEP 562)."""
        room = _ROOM_OF.get(name)
        if room is None:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = getattr(import_module(f".{room}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """The public names, loaded or not."""
        return sorted({*globals(), *__all__})
