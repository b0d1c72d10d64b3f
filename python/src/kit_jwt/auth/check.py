"""Holding verified claims against a policy and a predicate, and saying who passed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kit_jwt.errors import MisuseError, TokenError
from kit_jwt.token.claims import Claims

from .policy import Policy
from .principal import Principal


def check_claims_against(
    claims: Claims,
    policy: Policy,
    context: Mapping[str, object] | None,
    also: Callable[[Claims], object] | None,
) -> Principal:
    """The principal of claims that a policy, and the predicate beside it, let pass.

    Raises:
        TokenError: `policy_denied`, with the rules that failed; with none where the predicate said no.
        MisuseError: a name that the context lacks; a predicate that answers anything but True or False.
    """
    evaluation = policy.evaluate(claims, context)
    if not evaluation.allowed:
        raise TokenError("policy_denied", failed=evaluation.failed)
    if also is not None:
        answer = also(claims)
        if not isinstance(answer, bool):
            _close(answer)
            message = "also() must answer True or False at once"
            raise MisuseError(message)
        if not answer:
            raise TokenError("policy_denied", failed=())
    return Principal(claims)


def _close(answer: object) -> None:
    # A coroutine that nobody awaits warns when it is collected: it is closed, and the misuse is reported instead.
    close = getattr(answer, "close", None)
    if callable(close):
        close()
