"""The exceptions.

    KitError
      ├── TokenError    a token, or what was asked of one, is refused: carries a stable code
      ├── ConfigError   a kit or a key cannot be built or used as configured
      └── MisuseError   the program calls it wrongly (also a TypeError and a ValueError)

No message, repr, cause or context holds a token, a secret or key material, so each may be logged as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .codes import CODES, ConfigErrorCode, TokenErrorCode

_OPEN: Final = frozenset(("claim_missing", "claim_invalid", "value_unsupported", "delegation_escalation"))


class KitError(Exception):
    """Base of everything that the kit raises on purpose.

    >>> issubclass(TokenError, KitError) and issubclass(ConfigError, KitError) and issubclass(MisuseError, KitError)
    True
    """


class TokenError(KitError):
    """A token is refused, or a token cannot be minted from what was given.

    Attributes:
        code: one of `TokenErrorCode`; stable, for the log and for tests.
        claim: name of the claim concerned, or None (which codes carry one: conformance/errors.json).
        status: HTTP status: 401, 403 for `policy_denied`, 503 for `*_unavailable`.
        www_authenticate: value of the `WWW-Authenticate` header (RFC 6750 section 3), None with 503.
        failed: for `policy_denied` the JSON pointers (RFC 6901) of the rules that failed, else None.

    >>> error = TokenError("claim_missing", claim="aud")
    >>> error.code, error.claim, error.status, error.www_authenticate
    ('claim_missing', 'aud', 401, 'Bearer error="invalid_token"')
    """

    code: TokenErrorCode
    claim: str | None
    status: int
    www_authenticate: str | None
    failed: tuple[str, ...] | None

    def __init__(self, code: TokenErrorCode, *, claim: str | None = None, failed: Sequence[str] | None = None) -> None:
        """Make the error of a code; the claim of a code with a fixed one is filled in.

        Args:
            code: one of the closed list.
            claim: for the codes that concern a changing one.
            failed: for `policy_denied`.
        """
        entry = CODES[code]
        self.code = code
        self.claim = claim if code in _OPEN else (None if entry.claim == "none" else entry.claim)
        self.status = entry.status
        self.www_authenticate = None if entry.oauth_error is None else f'Bearer error="{entry.oauth_error}"'
        self.failed = None if failed is None else tuple(failed)
        super().__init__(_message(code, entry.sentence, self.claim))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by code, so that the error crosses process borders."""
        return (_token_error, (self.code, self.claim, self.failed))


class ConfigError(KitError):
    """A kit, a key or a key set cannot be built, or not be used for this, as it is configured.

    Attributes:
        code: one of `ConfigErrorCode`.
        variable: the environment variable or the option path (`trust[0].audience`) concerned, or None.

    >>> error = ConfigError("config_missing", variable="JWT_ISS")
    >>> str(error)
    'config_missing: a setting is missing (JWT_ISS)'
    """

    code: ConfigErrorCode
    variable: str | None

    def __init__(self, code: ConfigErrorCode, *, variable: str | None = None, why: str | None = None) -> None:
        """Make the error of a code.

        Args:
            code: one of the closed list.
            variable: the environment variable or option path concerned.
            why: a constant of the program, which stands in the message.
        """
        self.code = code
        self.variable = variable
        self._why = why
        sentence = CODES[code].sentence
        super().__init__(_message(code, sentence if why is None else f"{sentence}: {why}", variable))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by code, so that the error crosses process borders."""
        return (_config_error, (self.code, self.variable, self._why))


class MisuseError(KitError, TypeError, ValueError):
    """The program calls the kit wrongly: a wrong type, an unknown option, a plain object in place of verified claims.

    >>> isinstance(MisuseError("claims are needed"), TypeError)
    True
    """


def _message(code: str, sentence: str, name: str | None) -> str:
    # A claim's name may be any text of the caller's: one that would break a log line stays out of it.
    return f"{code}: {sentence}" if name is None or not name.isprintable() else f"{code}: {sentence} ({name})"


def _token_error(code: TokenErrorCode, claim: str | None, failed: tuple[str, ...] | None) -> TokenError:
    return TokenError(code, claim=claim, failed=failed)


def _config_error(code: ConfigErrorCode, variable: str | None, why: str | None) -> ConfigError:
    return ConfigError(code, variable=variable, why=why)
