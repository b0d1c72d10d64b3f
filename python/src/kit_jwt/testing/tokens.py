"""Tokens for a kit: good ones, and one for each rule that it is refused by."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Protocol, Unpack, cast

from kit_jwt.config.options import KitConfig
from kit_jwt.config.resolve import resolve
from kit_jwt.crypto.algorithms import HS512
from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.keys.key import VerifyKey
from kit_jwt.keys.signer import Signer
from kit_jwt.operations import Operations
from kit_jwt.token.claims import read_claims
from kit_jwt.token.effects import Flow, advance
from kit_jwt.token.mint import uuid4
from kit_jwt.token.verify import KeyQuery

from .draft import Draft, leave_out, write_draft
from .keys import TEST_SUBJECT
from .kit import config_for_tests
from .refusals import RECIPES, UNKNOWN_KID, Terms, chain_of

_ENTROPY_BYTES = 16


class MintTestToken(Protocol):
    """Mints one token."""

    def __call__(self, claims: Mapping[str, object] | None = None, /) -> str:
        """The compact form.

        Args:
            claims: to add to the token's own or to replace them.

        Raises:
            TokenError: `value_unsupported`: what JSON cannot carry, with the claim.
            MisuseError: not a mapping.
        """
        ...


class Tokens:
    """Tokens for a kit: good ones, and one for each rule that it is refused by. Made by `create_tokens`."""

    too_large: MintTestToken
    """`token_too_large`: a claim as long as the longest token."""
    malformed: MintTestToken
    """`token_malformed`: two segments."""
    critical_header: MintTestToken
    """`header_invalid`: `crit`, which asks for an extension that nobody understands."""
    unsigned: MintTestToken
    """`alg_not_allowed`: `alg` is `none`, and there is no signature."""
    wrong_algorithm: MintTestToken
    """`alg_not_allowed`: HS256, signed with the secret for tests."""
    wrong_type: MintTestToken
    """`typ_mismatch`: a token for something else."""
    unknown_key: MintTestToken
    """`key_not_found`: a `kid` that nobody knows. Misuse where a secret has no `kid`: it answers to every one."""
    foreign_key: MintTestToken
    """`signature_invalid`: the right `kid`, a stranger's key."""
    tampered: MintTestToken
    """`signature_invalid`: the role `admin` was added after signing."""
    missing_claim: MintTestToken
    """`claim_missing`: no `exp`."""
    invalid_claim: MintTestToken
    """`claim_invalid`: `permissions` is a string."""
    delegated_too_deep: MintTestToken
    """`delegation_too_deep`: one actor more than allowed."""
    wrong_issuer: MintTestToken
    """`issuer_mismatch`: another `iss`, signed with the kit's own key."""
    wrong_audience: MintTestToken
    """`audience_mismatch`: for another service."""
    expired: MintTestToken
    """`token_expired`: a minute ago, beyond the leeway."""
    not_yet_valid: MintTestToken
    """`token_not_yet_valid`: `nbf` is a minute away, beyond the leeway."""
    issued_in_future: MintTestToken
    """`token_issued_in_future`: `iat` is a minute away, beyond the leeway."""
    lifetime_too_long: MintTestToken
    """`token_lifetime_too_long`: a second longer than allowed."""
    denied: MintTestToken
    """`policy_denied` by `check_auth`: a good token without permissions, roles, groups and scope."""

    __slots__ = ("_operations", "_signer", *RECIPES)

    def __init__(self, **config: Unpack[KitConfig]) -> None:
        """See `create_tokens`."""
        resolved = resolve(config_for_tests(**config))
        if resolved.signing.signs is None:
            raise ConfigError("config_missing", variable="secret")
        self._operations = Operations(resolved)
        self._signer: Signer = resolved.signing.signs
        for name in RECIPES:
            setattr(self, name, partial(self._refused, name))

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
            claims: to add or to replace: any, also those that a kit would not mint.
            header: members of the header to add or to replace.
            without: names of claims to leave out.

        Returns:
            The compact form.

        Raises:
            TokenError: `value_unsupported`: what JSON cannot carry, with the claim.
            MisuseError: wrong arguments.

        >>> create_tokens().mint({"sub": "u2", "exp": 0}, without=["jti"]).count(".")
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
        """A good token in which somebody acts for the subject (RFC 8693 section 4.1).

        Args:
            actors: one actor, or a chain of them, the outermost first.
            claims: to add or to replace.

        Returns:
            The compact form.

        Raises:
            TokenError: `value_unsupported`: what JSON cannot carry, with the claim.
            MisuseError: wrong arguments.

        >>> create_tokens().delegated(["billing", "gateway"]).count(".")  # billing acts, for gateway, for u1
        2
        """
        given = [actors] if isinstance(actors, str) else actors
        chain = [actor for actor in given if isinstance(actor, str)] if is_array(given) else []
        if not chain or len(chain) < len(given):
            message = "actors is a string or a list of such"
            raise MisuseError(message)
        act = chain_of(chain)
        return self._write(claims, lambda draft: Draft(draft.header, {**draft.claims, "act": act}))

    def _refused(self, name: str, claims: Mapping[str, object] | None = None, /) -> str:
        if name == "unknown_key" and self._answers_to_all():
            message = "a secret without kid answers to every one"
            raise MisuseError(message)
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

        def any_key(_key: VerifyKey) -> Flow[bool]:
            yield from ()
            return True

        query = KeyQuery(HS512, UNKNOWN_KID, 0)
        try:
            advance(self._operations.resolved.trust.find(query, any_key, lambda _issuer: True), None)
        except TokenError:
            return False
        return True


def create_tokens(**config: Unpack[KitConfig]) -> Tokens:
    """Tokens for a kit of this configuration.

    Args:
        config: the kit's, see `config_for_tests`; give both the same `clock`, and the same `entropy` where no `jti` may
            come twice.

    Returns:
        Tokens by name, see `REFUSALS`.

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
