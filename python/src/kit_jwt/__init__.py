"""Sign, verify and delegate JWTs between services: HS512 and EdDSA, the same answers in Python and TypeScript.

The functions `sign`, `verify`, `check_auth`, `create_delegated_token` and `consume_once` belong to the kit of the
environment, one per process, made of `JWT_*` variables when the first of them is called. Everything else
is a value that is passed: `Kit(...)` has the same operations. `kit_jwt.aio` is the same for an event loop.

>>> from kit_jwt import Kit, policy
>>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
>>> token = kit.sign({"sub": "u1", "permissions": ["read:data"]})
>>> kit.check_auth(token, policy().need_all("read:data")).subject
'u1'
"""

import time
from collections.abc import Mapping
from typing import Final, Unpack

from .auth.evaluate import Evaluation
from .auth.policy import Policy, parse_policy
from .auth.policy_builder import AnyPolicy, PolicyBuilder, policy
from .auth.principal import Principal
from .auth.scopes import map_scopes_to_permissions
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .config.environment import config_from_environment
from .config.options import KitConfig, MappingOptions, TrustOptions
from .encoding.json_value import JSONValue
from .environment_kit import EnvironmentKit
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
from .sources.remote_jwks import RemoteJwks, remote_jwks
from .stores.replay import MemoryReplayStore, ReplayStore, memory_replay_store
from .stores.revocation import MemoryRevocationList, RevocationList, memory_revocation_list
from .token.claims import Claims, is_verified, unsafe_trust_claims
from .token.decode import Unverified, decode_unverified
from .token.time import expires_within

__version__: Final = "0.0.0"

__all__ = [
    "AnyPolicy",
    "CheckOptions",
    "Claims",
    "ConfigError",
    "ConfigErrorCode",
    "DelegationOptions",
    "Evaluation",
    "JSONValue",
    "KeyPair",
    "KeySet",
    "KeySource",
    "Kit",
    "KitConfig",
    "KitError",
    "MappingOptions",
    "MemoryReplayStore",
    "MemoryRevocationList",
    "MisuseError",
    "Policy",
    "PolicyBuilder",
    "Principal",
    "PrivateKey",
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
    "map_scopes_to_permissions",
    "memory_replay_store",
    "memory_revocation_list",
    "parse_policy",
    "policy",
    "remote_jwks",
    "sign",
    "thumbprint",
    "unsafe_trust_claims",
    "verify",
]

_environment: Final = EnvironmentKit(Kit)


def sign(claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
    """Mint a token with the kit of the environment, see `Kit.sign`."""
    return _environment.kit().sign(claims, **options)


def verify(token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
    """Verify a token with the kit of the environment, see `Kit.verify`."""
    return _environment.kit().verify(token, **options)


def check_auth(token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
    """Verify a token and hold it against a policy with the kit of the environment, see `Kit.check_auth`."""
    return _environment.kit().check_auth(token, policy, **options)


def create_delegated_token(claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
    """Mint a token for an actor with the kit of the environment, see `Kit.create_delegated_token`."""
    return _environment.kit().create_delegated_token(claims, actor, **options)


def consume_once(claims: Claims) -> None:
    """Use a token up with the kit of the environment, see `Kit.consume_once`."""
    return _environment.kit().consume_once(claims)


def is_expiring_soon(claims_or_token: Mapping[str, object] | str, *, within: float = 60) -> bool:
    """Whether a token ends within some seconds by the system's clock, see `Kit.is_expiring_soon`; needs no kit.

    >>> is_expiring_soon({"exp": 0})
    True
    """
    return expires_within(claims_or_token, within, time.time())
