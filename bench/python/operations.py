"""What is timed: operations by name, and for each of them the candidates that can do it and have passed the gate."""

from __future__ import annotations

from asyncio import new_event_loop
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from types import ModuleType
from typing import Any

from gate import Material, fault_of_signer, fault_of_verifier

SIZES = {"0.5": "", "2": ".2kB", "8": ".8kB"}
# As core/rules.mjs: the policy of five rules.
RULES: dict[str, Any] = {
    "permission": "read:data",
    "roles": ["admin", "editor"],
    "subject": "user-4711",
    "scope": "openid profile",
}


@dataclass(frozen=True)
class Opened:
    """A candidate in an operation: what is timed, and what the gate asks, if anything."""

    run: Callable[[], Any]
    call: Callable[..., Any] | None = None
    check: str = "none"


Open = Callable[[], Opened | None]


def _in_turn(call: Callable[[str], Any], tokens: list[str]) -> Callable[[], Any]:
    turn = cycle(tokens)
    return lambda: call(next(turn))


def _repeated(call: Callable[[str], Any], token: str) -> Callable[[], Any]:
    """The same token, in a text that is new each time: so it comes out of a request's header."""
    data = token.encode()
    return lambda: call(data.decode("ascii"))


def _with_rules(verify: Callable[[str], Any]) -> Callable[[str], Any]:
    """The five rules by hand, for those who have no policies."""
    permission, roles, subject, scope = RULES["permission"], RULES["roles"], RULES["subject"], RULES["scope"]

    def call(token: str) -> Any:
        claims = verify(token)
        if (
            permission not in claims.get("permissions", ())
            or not any(role in claims.get("roles", ()) for role in roles)
            or claims.get("sub") != subject
            or claims.get("act") is not None
            or claims.get("scope") != scope
        ):
            raise ValueError
        return claims

    return call


def _operations(candidate: ModuleType, material: Material, profile: str) -> dict[str, Open]:  # noqa: C901 -- a list of all
    tokens = material["tokens"][profile]
    operations: dict[str, Open] = {}

    def signing(size: str) -> Open:
        def open_() -> Opened | None:
            sign = candidate.sign(material, profile)
            claims = material["claims"][size]
            return sign and Opened(lambda: sign(claims), sign, "sign")

        return open_

    def verifying(wrap: Callable[[Any], Any], run: Callable[[Any], Any], **options: object) -> Open:
        def open_() -> Opened | None:
            verify = candidate.verify(material, profile, **options)
            call = verify and wrap(verify)
            return call and Opened(run(call), call, "verify")

        return open_

    def policed() -> Opened | None:
        check = candidate.check_auth(material, profile, RULES)
        return Opened(_in_turn(check, tokens["0.5"]), check, "verify")

    def as_it_is(call: Callable[[str], Any]) -> Callable[[str], Any]:
        return call

    is_awaitable = getattr(candidate, "IS_AWAITABLE", False)
    for size, suffix in SIZES.items():
        if hasattr(candidate, "sign"):
            operations[f"{profile}.sign{suffix}"] = signing(size)
        if hasattr(candidate, "verify"):
            one_of = tokens[size]
            operations[f"{profile}.verify{suffix}"] = verifying(as_it_is, lambda call, of=one_of: _in_turn(call, of))
    if getattr(candidate, "IS_REPEATED", False):
        same = tokens["0.5"][0]
        operations[f"{profile}.verify.repeated"] = verifying(
            as_it_is, lambda call: _repeated(call, same), is_cached=True
        )
    if hasattr(candidate, "check_auth"):
        operations[f"{profile}.checkAuth"] = policed
    elif hasattr(candidate, "verify") and not is_awaitable:
        operations[f"{profile}.checkAuth"] = verifying(_with_rules, lambda call: _in_turn(call, tokens["0.5"]))
    if profile == "eddsa" and getattr(candidate, "HAS_KEY_SETS", False):
        for size, key_set in material["keySets"].items():
            operations[f"{profile}.verify.jwks-{size}"] = verifying(
                as_it_is, lambda call: _in_turn(call, tokens["0.5"]), key_set=key_set
            )
    if hasattr(candidate, "delegate"):
        operations[f"{profile}.createDelegatedToken"] = lambda: Opened(
            candidate.delegate(material, profile, tokens["0.5"][0], RULES["permission"])
        )
    if hasattr(candidate, "bare") and profile == "eddsa":
        for name in ("sign", "verify"):
            operation = f"{profile}.{name}"
            operations[operation] = lambda operation=operation: Opened(candidate.bare(material, operation))
    return operations


def operation_names(candidates: list[ModuleType], material: Material) -> list[str]:
    """The operations of some candidates, in the order in which they are shown."""
    return list(
        dict.fromkeys(
            name
            for profile in ("hs512", "eddsa")
            for candidate in candidates
            for name in _operations(candidate, material, profile)
        )
    )


def open_operation(
    operation: str, candidates: list[ModuleType], material: Material, referee: ModuleType
) -> tuple[list[tuple[ModuleType, Opened]], list[dict[str, str]]]:
    """The candidates of an operation, and those that are not timed, with the reason."""
    profile = operation.split(".", maxsplit=1)[0]
    ready, refused = [], []
    for candidate in candidates:
        open_ = _operations(candidate, material, profile).get(operation)
        opened = open_() if open_ else None
        if opened is None:
            continue
        fault = _fault(opened, candidate, material, profile, referee)
        if fault is None:
            ready.append((candidate, opened))
        else:
            refused.append({"operation": operation, "candidate": candidate.NAME, "reason": fault})
    return ready, refused


def _fault(opened: Opened, candidate: ModuleType, material: Material, profile: str, referee: ModuleType) -> str | None:
    call = opened.call
    if call is None:
        return None
    if getattr(candidate, "IS_AWAITABLE", False):
        loop, later = new_event_loop(), call
        call = lambda argument: loop.run_until_complete(later(argument))  # noqa: E731 -- the same, awaited
    if opened.check == "sign":
        is_bare = getattr(candidate, "IS_BARE", False)
        return fault_of_signer(call, referee.verify(material, profile), material, profile, is_bare=is_bare)
    is_strict = getattr(candidate, "IS_STRICT", False)
    return fault_of_verifier(call, material, profile, is_strict=is_strict)
