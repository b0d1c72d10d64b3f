"""Tokens for a kit: good ones, and one for each rule that it is refused by."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Unpack, cast

from kit_jwt.config.options import KitConfig
from kit_jwt.config.resolve import resolve
from kit_jwt.crypto.algorithms import HS512
from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.keys.signer import Signer
from kit_jwt.operations import Operations
from kit_jwt.token.claims import read_claims
from kit_jwt.token.effects import advance
from kit_jwt.token.mint import uuid4

from .draft import Draft, leave_out, write_draft
from .keys import TEST_SUBJECT
from .kit import config_for_tests
from .refusals import RECIPES, UNKNOWN_KID, Terms, chain_of

_ENTROPY_BYTES = 16


class Tokens:
    """Tokens for a kit; made by `create_tokens`.

    The `claims` of each method are added to the token's own or replace them: any, also those that a kit would not
    mint. Every method raises `TokenError` `value_unsupported` for what JSON cannot carry, and `MisuseError` for wrong
    arguments.
    """

    __slots__ = ("_operations", "_signer")

    def __init__(self, **config: Unpack[KitConfig]) -> None:
        """See `create_tokens`."""
        resolved = resolve(config_for_tests(**config))
        if resolved.signing.signs is None:
            raise ConfigError("config_missing", variable="secret")
        self._operations = Operations(resolved)
        self._signer: Signer = resolved.signing.signs

    def mint(
        self,
        claims: Mapping[str, object] | None = None,
        /,
        *,
        header: Mapping[str, object] | None = None,
        without: Collection[str] = (),
    ) -> str:
        """A good token, the same as the kit's own `sign({"sub": "u1"})` would give, with the given claims on top.

        Args:
            claims: to add or to replace.
            header: members of the header to add or to replace.
            without: names of claims to leave out.

        >>> create_tokens().mint({"exp": 0}, without=["sub"]).count(".")
        2
        """
        members = read_claims({} if header is None else header)
        if isinstance(without, str) or not all(isinstance(name, str) for name in without):
            message = "without is a list of names"
            raise MisuseError(message)
        left_out = list(without)
        return self._write(
            claims,
            lambda draft: Draft({**draft.header, **members}, leave_out(draft.claims, left_out)),
        )

    def delegated(self, actors: str | Sequence[str], claims: Mapping[str, object] | None = None, /) -> str:
        """A good token in which somebody acts for the subject: one actor, or a chain, the outermost first.

        >>> create_tokens().delegated(["billing", "gateway"]).count(".")
        2
        """
        given = [actors] if isinstance(actors, str) else actors
        chain = [actor for actor in given if isinstance(actor, str)] if is_array(given) else []
        if not chain or len(chain) < len(given):
            message = "actors is a string or a list of such"
            raise MisuseError(message)
        act = chain_of(chain)
        return self._write(claims, lambda draft: Draft(draft.header, {**draft.claims, "act": act}))

    def too_large(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`token_too_large`: a claim as long as the longest token."""
        return self._refused("too_large", claims)

    def malformed(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`token_malformed`: two segments."""
        return self._refused("malformed", claims)

    def critical_header(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`header_invalid`: `crit`, which asks for an extension that nobody understands."""
        return self._refused("critical_header", claims)

    def unsigned(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`alg_not_allowed`: `alg` is `none`, and there is no signature."""
        return self._refused("unsigned", claims)

    def wrong_algorithm(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`alg_not_allowed`: HS256, signed with the secret for tests."""
        return self._refused("wrong_algorithm", claims)

    def wrong_type(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`typ_mismatch`: a token for something else."""
        return self._refused("wrong_type", claims)

    def unknown_key(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`key_not_found`: a `kid` that nobody knows. Misuse where a secret has no `kid`: it answers to every one."""
        if self._answers_to_all():
            message = "a secret without kid answers to every one"
            raise MisuseError(message)
        return self._refused("unknown_key", claims)

    def foreign_key(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`signature_invalid`: the right `kid`, a stranger's key."""
        return self._refused("foreign_key", claims)

    def tampered(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`signature_invalid`: the role `admin` was added after signing."""
        return self._refused("tampered", claims)

    def missing_claim(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`claim_missing`: no `exp`."""
        return self._refused("missing_claim", claims)

    def invalid_claim(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`claim_invalid`: `permissions` is a string."""
        return self._refused("invalid_claim", claims)

    def delegated_too_deep(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`delegation_too_deep`: one actor more than allowed."""
        return self._refused("delegated_too_deep", claims)

    def wrong_issuer(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`issuer_mismatch`: another `iss`, signed with the kit's own key."""
        return self._refused("wrong_issuer", claims)

    def wrong_audience(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`audience_mismatch`: for another service."""
        return self._refused("wrong_audience", claims)

    def expired(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`token_expired`: a minute ago, beyond the leeway."""
        return self._refused("expired", claims)

    def not_yet_valid(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`token_not_yet_valid`: `nbf` is a minute away, beyond the leeway."""
        return self._refused("not_yet_valid", claims)

    def issued_in_future(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`token_issued_in_future`: `iat` is a minute away, beyond the leeway."""
        return self._refused("issued_in_future", claims)

    def lifetime_too_long(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`token_lifetime_too_long`: a second longer than allowed."""
        return self._refused("lifetime_too_long", claims)

    def denied(self, claims: Mapping[str, object] | None = None, /) -> str:
        """`policy_denied` by `check_auth`: a good token without permissions, roles, groups and scope."""
        return self._refused("denied", claims)

    def _refused(self, name: str, claims: Mapping[str, object] | None) -> str:
        settings = self._operations.resolved.settings
        limits = settings.limits
        terms = Terms(
            now=math.floor(self._operations.now()),
            ttl=settings.ttl,
            leeway=limits.leeway,
            max_lifetime=limits.max_lifetime,
            max_token_bytes=limits.max_token_bytes,
            max_actor_depth=limits.max_actor_depth,
        )
        return self._write(claims, lambda draft: RECIPES[name](draft, terms))

    def _write(self, claims: Mapping[str, object] | None, change: Callable[[Draft], Draft]) -> str:
        given = read_claims({} if claims is None else claims)
        return write_draft(change(Draft(self._header(), {**self._claims(given), **given})), self._signer)

    def _header(self) -> dict[str, JSONValue]:
        """The header that the kit writes."""
        settings, signing = self._operations.resolved.settings, self._operations.resolved.signing
        alg = settings.header_alg if self._signer.alg == "EdDSA" else "HS512"
        return {"alg": alg, "typ": settings.typ, **({} if signing.kid is None else {"kid": signing.kid})}

    def _claims(self, given: Collection[str]) -> dict[str, JSONValue]:
        """What the kit mints, but for its `jti` where the caller brings one: then no entropy is drawn."""
        settings, iat = self._operations.resolved.settings, math.floor(self._operations.now())
        claims: dict[str, JSONValue] = {"iss": settings.issuer, "aud": settings.audience, "sub": TEST_SUBJECT}
        if "jti" not in given:
            claims["jti"] = uuid4(cast("bytes", settings.entropy(_ENTROPY_BYTES)))
        return {**claims, "iat": iat, "exp": iat + settings.ttl}

    def _answers_to_all(self) -> bool:
        """Whether a token of HS512 finds a key whatever its `kid` is."""
        if self._signer.alg != "HS512":
            return False
        try:
            advance(self._operations.resolved.trust.candidates(HS512, UNKNOWN_KID, 0), None)
        except TokenError:
            return False
        return True


def create_tokens(**config: Unpack[KitConfig]) -> Tokens:
    """Tokens for a kit of this configuration.

    Args:
        config: the kit's, see `config_for_tests`; give both the same `clock`, and the same `entropy` where no `jti` may
            come twice.

    Raises:
        ConfigError: as `Kit`; `config_missing`: nothing to sign with.

    >>> from kit_jwt.testing import create_test_kit, fixed_clock
    >>> clock = fixed_clock()
    >>> kit, tokens = create_test_kit(clock=clock), create_tokens(clock=clock)
    >>> kit.verify(tokens.mint({"sub": "u2"}))["sub"]
    'u2'
    >>> kit.verify(tokens.expired())
    Traceback (most recent call last):
    kit_jwt.errors.errors.TokenError: token_expired: the token has expired (exp)
    """
    return Tokens(**config)
