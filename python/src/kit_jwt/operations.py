"""The operations of a kit as flows: everything that they do, but for calling or awaiting the ports."""

from __future__ import annotations

import math
from collections.abc import Collection, Generator, Mapping, Sequence
from typing import Final

from .auth.check import check_claims_against
from .auth.delegation import delegated_claims, read_delegation
from .auth.policy_builder import AnyPolicy, as_policy
from .auth.principal import Principal
from .call_options import CheckOptions, DelegationOptions, SignOptions, VerifyOptions
from .config.resolve import Resolved
from .crypto.ed25519 import Sign
from .encoding.json_value import is_number
from .errors import ConfigError, MisuseError, TokenError
from .errors.misuse import is_text, read_audience, require_known
from .keys.key import PrivateKey, SecretKey, SignKey
from .keys.signer import Signer
from .token.binding import check_binding, read_confirmation
from .token.claims import Claims, require_verified, seal, seal_frozen
from .token.compact import join
from .token.effects import Effect, Flow, Outcome
from .token.header import write_header
from .token.mapping import map_claims
from .token.mint import Issue, check_ttl, mint, uuid4
from .token.signature_cache import SignatureCache
from .token.time import time_of
from .token.verify import Verifier

_SIGNATURE_BYTES: Final = 64
_ENTROPY_BYTES: Final = 16


class Operations:
    """The flows of one configuration."""

    __slots__ = ("_clock", "_entropy", "_header", "_is_ready", "_sign_now", "_verifier", "resolved")

    def __init__(self, resolved: Resolved) -> None:
        """Work with a resolved configuration."""
        self.resolved = resolved
        settings, signing = resolved.settings, resolved.signing
        alg = settings.header_alg if signing.profile == "EdDSA" else "HS512"
        self._clock, self._entropy = settings.clock, settings.entropy
        self._header = write_header(alg, settings.typ, signing.kid)
        self._sign_now = _sign_now(signing.signs)
        size = settings.signature_cache_bytes
        cache = None if size is None else SignatureCache(size)
        self._verifier = Verifier(resolved.trust, settings.limits, cache)
        self._is_ready = resolved.signing.belongs is not None

    def ready(self) -> Flow[None]:
        """Ask what the runtime tells later; done once, at the first use."""
        if not self._is_ready:
            yield from self.resolved.require_ready()
            self._is_ready = True

    def now(self) -> float:
        """The clock.

        Raises:
            ConfigError: `config_invalid` with `clock`: it gave no finite number.
        """
        now = self._clock()
        if (type(now) is not float and not is_number(now)) or not math.isfinite(now):
            raise ConfigError("config_invalid", variable="clock")
        return now

    def sign(self, claims: Mapping[str, object], options: SignOptions) -> Flow[str]:
        """See `Kit.sign`."""
        if options:
            require_known(options, SignOptions.__annotations__)
        # Most are a dict, which takes a fifth of the time to tell.
        if not isinstance(claims, (dict, Mapping)):
            message = "claims are a mapping"
            raise MisuseError(message)
        settings = self.resolved.settings
        if not options:
            return (yield from self._issue(claims, settings.issuer, settings.audience, settings.ttl, None))
        if "iss" in options and not is_text(options["iss"]):
            message = "iss is a non-empty string"
            raise MisuseError(message)
        issuer = options.get("iss", settings.issuer)
        audience = read_audience(options["aud"]) if "aud" in options else settings.audience
        return (yield from self._issue(claims, issuer, audience, options.get("ttl", settings.ttl), None))

    def verify(self, token: object, options: VerifyOptions, required: Collection[str] = ()) -> Flow[Claims]:
        """See `Kit.verify`; `required` are further claims that must be there."""
        confirmation = None
        if options:
            require_known(options, VerifyOptions.__annotations__)
            confirmation = read_confirmation(options["confirmation"]) if "confirmation" in options else None
        if not self._is_ready:
            yield from self.ready()
        if self.resolved.missing is not None:
            self.resolved.require_verification()
        now = self.now()
        payload, expectation = yield from self._verifier.verify(token, now, required)
        claims = seal_frozen(payload)
        if self.resolved.settings.revocation is not None:
            yield from self._check_revocation(claims, now)
        if confirmation is not None:
            check_binding(claims, confirmation)
        mapping = expectation.mapping
        return claims if mapping is None else seal(map_claims(payload, mapping))

    def check_auth(self, token: object, policy: AnyPolicy, options: CheckOptions) -> Flow[Principal]:
        """See `Kit.check_auth`."""
        if options:
            require_known(options, CheckOptions.__annotations__)
        checked = as_policy(policy)
        also = options.get("also")
        if "also" in options and not callable(also):
            message = "also is a function"
            raise MisuseError(message)
        context: Mapping[str, object] = options.get("context", {})
        asked: VerifyOptions = {"confirmation": options["confirmation"]} if "confirmation" in options else {}
        claims = yield from self.verify(token, asked, ("sub",))
        return check_claims_against(claims, checked, context, also)

    def create_delegated_token(self, claims: Claims, actor: str, options: DelegationOptions) -> Flow[str]:
        """See `Kit.create_delegated_token`."""
        original = require_verified(claims)
        require_known(options, DelegationOptions.__annotations__)
        delegation = read_delegation(actor, options)
        if "aud" not in options:
            message = "aud is required: it names the target service"
            raise MisuseError(message)
        audience = read_audience(options["aud"])
        settings = self.resolved.settings
        if settings.issuer is None:
            raise ConfigError("config_missing", variable="issuer")
        depth = settings.limits.max_actor_depth
        given, not_after = delegated_claims(original, delegation, settings.issuer, self.now(), depth)
        return (yield from self._issue(given, settings.issuer, audience, options.get("ttl", settings.ttl), not_after))

    def consume_once(self, claims: Claims) -> Flow[None]:
        """See `Kit.consume_once`."""
        verified = require_verified(claims)
        for name in ("iss", "exp", "jti"):
            if name not in verified:
                raise TokenError("claim_missing", claim=name)
        now, settings = self.now(), self.resolved.settings
        expires = (time_of(verified, "exp") or 0) + settings.limits.leeway
        if now >= expires:
            raise TokenError("token_expired")
        issuer, jti = str(verified["iss"]), str(verified["jti"])
        issued = time_of(verified, "iat")
        outcome = yield Effect(
            lambda: settings.replay.consume(issuer=issuer, jti=jti, expires=expires, now=now, issued=issued)
        )
        if outcome.value == "replayed":
            raise TokenError("token_replayed")
        if outcome.error is not None or outcome.value != "fresh":
            raise TokenError("replay_unavailable")

    def _check_revocation(self, claims: Claims, now: float) -> Generator[Effect, Outcome, None]:
        revocation = self.resolved.settings.revocation
        if revocation is None:
            return
        outcome = yield Effect(lambda: revocation.is_revoked(claims, now))
        if not isinstance(outcome.value, bool):
            raise TokenError("revocation_unavailable")
        if outcome.value:
            raise TokenError("token_revoked")

    def _issue(
        self,
        claims: Mapping[str, object],
        issuer: str | None,
        audience: str | Sequence[str] | None,
        ttl: object,
        not_after: float | None,
    ) -> Flow[str]:
        settings, signing = self.resolved.settings, self.resolved.signing
        if issuer is None:
            raise ConfigError("config_missing", variable="issuer")
        if signing.signs is None:
            raise ConfigError("config_missing", variable="private_key" if signing.profile == "EdDSA" else "secret")
        if audience is None:
            raise ConfigError("config_missing", variable="audience")
        # That of the kit was checked when it was made.
        seconds = settings.ttl if ttl is settings.ttl else check_ttl(ttl, settings.limits.max_lifetime)
        message = mint(
            claims,
            Issue(issuer, audience, self.now(), seconds, not_after),
            self._new_jti,
            self._header,
            settings.mint_limits,
        )
        if not self._is_ready:
            yield from self.ready()
        sign = self._sign_now
        return join(message, sign(message) if sign is not None else (yield from self._sign(message)))

    def _sign(self, message: bytes) -> Flow[bytes]:
        signs = self.resolved.signing.signs
        later = signs.later if isinstance(signs, PrivateKey) else None
        sign = later.sign if later is not None else None if signs is None else signs.sign
        outcome = yield Effect(lambda: None if sign is None else sign(message), later=later is not None)
        if outcome.error is not None:
            raise outcome.error
        signature = outcome.value
        if not isinstance(signature, (bytes, bytearray)) or len(signature) != _SIGNATURE_BYTES:
            raise ConfigError("config_invalid", variable="signer")
        return bytes(signature)

    def _new_jti(self) -> str:
        entropy = self._entropy(_ENTROPY_BYTES)
        if not isinstance(entropy, (bytes, bytearray)) or len(entropy) != _ENTROPY_BYTES:
            raise ConfigError("config_invalid", variable="entropy")
        return uuid4(bytes(entropy))


def _sign_now(signs: SignKey | Signer | None) -> Sign | None:
    """What signs at once: a local key, unless its runtime answers later."""
    if isinstance(signs, SecretKey):
        return signs.tag
    return signs.signer if isinstance(signs, PrivateKey) and signs.later is None else None
