"""The kit: one immutable configuration with its operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from .auth.policy_builder import AnyPolicy
from .auth.principal import Principal
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .config.describe import Description, describe
from .config.options import KitConfig
from .config.resolve import resolve
from .operations import Operations
from .token.claims import Claims
from .token.decode import Unverified, decode_unverified
from .token.effects import drive
from .token.time import expires_within


class KitBase:
    """What `Kit` and `aio.Kit` share: everything that waits for nobody."""

    __slots__ = ("_operations",)
    _operations: Operations

    def __init__(self, /, **config: Unpack[KitConfig]) -> None:
        """Check the configuration and import its keys.

        Args:
            config: see `KitConfig`.

        Raises:
            ConfigError: `config_missing`, `config_invalid`, `config_conflict`, `key_invalid`, `key_weak`,
                `key_unsuitable`, `jwks_invalid`, `runtime_unsupported`, with the path of the option.
        """
        resolved = resolve(config)
        self._operations = Operations(resolved)

    def describe(self) -> Description:
        """What this kit is, as JSON without secrets: for a log at the start, or a health page.

        Returns:
            What it signs and verifies with, and its limits; the same members in every language.

        >>> Kit(issuer="https://issuer.example", secret="A" * 86).describe()["signs"]
        {'alg': 'HS512', 'kid': None}
        """
        return describe(self._operations.resolved)

    def decode_unverified(self, token: str) -> Unverified:
        """Read a token without verifying anything, with the kit's own size limit. Never for access control.

        Args:
            token: the compact form.

        Returns:
            Header and claims, not marked as verified.

        Raises:
            TokenError: `token_too_large`, `token_malformed`, `header_invalid`, `claims_malformed`.

        >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> kit.decode_unverified(kit.sign({"sub": "u1"})).header["alg"]
        'HS512'
        """
        return decode_unverified(token, max_bytes=self._operations.resolved.settings.limits.max_token_bytes)

    def is_expiring_soon(self, claims_or_token: Mapping[str, object] | str, *, within: float = 60) -> bool:
        """Whether a token ends within some seconds, so that one's own can be renewed in time. It is not verified.

        Args:
            claims_or_token: claims, or a token.
            within: seconds.

        Returns:
            Whether `exp - now <= within`.

        Raises:
            TokenError: as `decode_unverified`; `claim_missing` and `claim_invalid` with `exp`.
            ConfigError: `config_invalid` (`clock`).
            MisuseError: a wrong type.

        >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> kit.is_expiring_soon(kit.sign({"sub": "u1"}, ttl=30))
        True
        """
        limit = self._operations.resolved.settings.limits.max_token_bytes
        return expires_within(claims_or_token, within, self._operations.now(), limit)

    def __repr__(self) -> str:
        """Tell the profile."""
        return f"<{type(self).__name__} {self._operations.resolved.signing.profile}>"


class Kit(KitBase):
    """One immutable configuration with its operations, synchronous; `kit_jwt.aio.Kit` is the awaitable one.

    Safe to share between threads. Keys are imported once, here.

    >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> kit.verify(kit.sign({"sub": "u1"}))["sub"]
    'u1'
    """

    __slots__ = ()

    def sign(self, claims: Mapping[str, object], /, **options: Unpack[SignOptions]) -> str:
        """Mint a token (RFC 7519): `iss`, `aud`, `iat`, `exp` and, unless given, `jti` are filled in.

        Args:
            claims: a JSON object; `iss`, `aud`, `iat` and `exp` come through options.
            options: `aud` and `iss` in place of the kit's, `ttl` in seconds.

        Returns:
            The compact form; the same bytes in every language for the same claims, key, clock and entropy.

        Raises:
            TokenError: `value_unsupported` (a reserved claim; what JSON cannot carry exactly, with the claim; too
                large), `claim_invalid` with the claim, `delegation_too_deep`.
            ConfigError: `config_missing` (`issuer`, `secret`, `private_key`, `audience`), `config_invalid` (`ttl`,
                `clock`, `entropy`, `signer`).
            MisuseError: a wrong type, an unknown option.

        >>> kit = Kit(issuer="https://issuer.example", secret="A" * 86)
        >>> kit.sign({"sub": "u1"}, aud="api").count(".")
        2
        """
        return drive(self._operations.sign(claims, options))

    def verify(self, token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
        """Verify a token (RFC 7515 section 5.2, RFC 7519 section 7.2, RFC 8725).

        Args:
            token: the compact form; anything else is `token_malformed`.
            options: `confirmation` is what the request proved: the token must be bound to it (RFC 7800).

        Returns:
            The claims, immutable, marked as verified.

        Raises:
            TokenError: the first rule that fails: `token_too_large`, `token_malformed`, `header_invalid`,
                `alg_not_allowed`, `typ_mismatch`, `key_not_found`, `key_ambiguous`, `key_not_pinned`,
                `jwks_unavailable`, `signature_invalid`, `claims_malformed`, `claim_missing`, `claim_invalid`,
                `delegation_too_deep`, `issuer_mismatch`, `audience_mismatch`, `actor_not_allowed`, `token_expired`,
                `token_not_yet_valid`, `token_issued_in_future`, `token_lifetime_too_long`, `token_revoked`,
                `revocation_unavailable`, `binding_missing`, `binding_mismatch`.
            ConfigError: `config_missing` (nothing to verify with, no `audience`), `config_invalid` (`clock`),
                `runtime_unsupported` (`jwks_service`).
            MisuseError: a wrong option.

        >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> kit.verify("not.a.token")
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: token_malformed: the token is not three canonical base64url segments
        """
        return drive(self._operations.verify(token, options))

    def check_auth(self, token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
        """Verify a token, require its `sub`, and hold it against a policy.

        Args:
            token: the compact form.
            policy: built by `policy()`, or a plain JSON object.
            options: `context` for names in the policy, `also` a predicate, `confirmation` as in `verify`.

        Returns:
            Who passed.

        Raises:
            TokenError: as `verify`; `policy_denied` with the JSON pointers of the rules that failed.
            ConfigError: as `verify`.
            MisuseError: a wrong policy or option; a name that the context lacks; `also` answers no boolean.

        >>> from kit_jwt import policy
        >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> token = kit.sign({"sub": "u1", "roles": ["admin"]})
        >>> kit.check_auth(token, policy().roles_any("admin", "finance")).subject
        'u1'
        """
        return drive(self._operations.check_auth(token, policy, options))

    def create_delegated_token(self, claims: Claims, actor: str, /, **options: Unpack[DelegationOptions]) -> str:
        """Mint a token in which a service acts for the subject of verified claims (RFC 8693 section 4.1).

        Args:
            claims: the original's, as `verify` gave them.
            actor: the service that acts.
            options: `aud` the target service (required), `ttl` in seconds, `permissions`, `roles` and `scope` to
                narrow, `copy` further claims.

        Returns:
            The compact form; it ends no later than the original.

        Raises:
            TokenError: `claim_missing` (`sub`), `delegation_expired`, `delegation_actor_denied`,
                `delegation_too_deep`, `delegation_escalation` with the claim; then as `sign`.
            ConfigError: as `sign`.
            MisuseError: claims that are not verified; a wrong type; no `aud`; a claim that is never copied in `copy`.

        >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> claims = kit.verify(kit.sign({"sub": "u1"}))
        >>> inner = kit.create_delegated_token(claims, "gateway", aud="api")
        >>> kit.verify(inner)["act"] == {"sub": "gateway"}
        True
        """
        return drive(self._operations.create_delegated_token(claims, actor, options))

    def consume_once(self, claims: Claims) -> None:
        """Use a token up (RFC 7519 section 4.1.7): call it once, last, after policy and limits.

        Args:
            claims: as `verify` gave them, with a `jti`.

        Raises:
            TokenError: `claim_missing` (`jti`), `token_expired`, `token_replayed`, `replay_unavailable`.
            ConfigError: `config_invalid` (`clock`).
            MisuseError: claims that are not verified.

        >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
        >>> kit.consume_once(kit.verify(kit.sign({"sub": "u1"})))
        """
        return drive(self._operations.consume_once(claims))
