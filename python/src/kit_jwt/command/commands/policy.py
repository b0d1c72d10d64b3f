"""`kit-jwt policy`: whether a policy allows claims, and which of its rules failed."""

from __future__ import annotations

from collections.abc import Mapping

from kit_jwt.auth.policy import Policy, parse_policy
from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, REFUSED, CommandFailureError, quoted
from kit_jwt.command.inputs import read_object, require_one_input, source_name
from kit_jwt.command.output import Output
from kit_jwt.command.pretty import pretty_json
from kit_jwt.command.world import World
from kit_jwt.encoding.jcs import code_units
from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import MisuseError, TokenError
from kit_jwt.token.claims import Claims, unsafe_trust_claims


def policy(given: Arguments, _world: World, output: Output) -> int:
    """Hold claims against a policy."""
    rules_path, claims_path = (*given.operands, None)[:2]
    contexts = given.values.get("context", ())
    require_one_input([rules_path, claims_path, *contexts])
    rules = read_object(output, rules_path, "a policy")
    rule = _parse(rules, source_name(rules_path))
    context = read_object(output, contexts[0], "a JSON object") if contexts else {}
    _require_names(rules, context)
    claims = _trust(read_object(output, claims_path, "a JSON object of claims"), source_name(claims_path))
    evaluation = rule.evaluate(claims, context)
    style = output.style
    if evaluation.allowed:
        output.result({"allow": True}, f"{style('green', 'allowed')}\n")
        return OK
    failed = evaluation.failed
    lines = [f"  {style('bold', pointer)}  {pretty_json(_value_at(rules, pointer), '  ')}\n" for pointer in failed]
    output.result(
        {"allow": False, "failed": failed}, f"{style('red', 'denied')}, because of these rules:\n{''.join(lines)}"
    )
    return REFUSED


def _parse(rules: Mapping[str, JSONValue], name: str) -> Policy:
    fault = _fault_in(rules, "")
    if fault is None:
        return parse_policy(rules)
    message = f"{name} is no policy: {quoted(fault, 'a rule')} is unknown, empty or of the wrong type"
    if fault == "":
        message = f'{name} is empty; {{"allOf": []}} is the policy that anybody passes'
    raise CommandFailureError(message)


def _fault_in(rules: JSONValue, path: str) -> str | None:
    """The pointer of the innermost rule that is no policy; None where there is none. The parser itself judges each."""
    if _is_policy(rules):
        return None
    if not isinstance(rules, Mapping):
        return path
    for name in sorted(rules, key=code_units):
        value = rules[name]
        if _is_policy({name: value}):
            continue
        here = f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
        if name == "not":
            return _fault_in(value, here)
        if name not in {"allOf", "anyOf"} or not is_array(value):
            return here
        index = next(at for at, rule in enumerate(value) if not _is_policy(rule))
        return _fault_in(value[index], f"{here}/{index}")
    return path


def _is_policy(rules: JSONValue) -> bool:
    try:
        parse_policy(rules)  # type: ignore[arg-type] # whether it is a mapping is for the parser to say
    except MisuseError:
        return False
    return True


def _require_names(rules: JSONValue, context: Mapping[str, JSONValue]) -> None:
    """Every name that the policy looks up, wherever it stands, must be there."""
    if not isinstance(rules, Mapping):
        return
    subject = rules.get("subject")
    if isinstance(subject, Mapping) and not isinstance(context.get(str(subject["ref"])), str):
        message = f"--context has no text for {quoted(str(subject['ref']), 'a name')} of the policy"
        raise CommandFailureError(message)
    for member in ("allOf", "anyOf"):
        children = rules.get(member)
        for rule in children if is_array(children) else ():
            _require_names(rule, context)
    _require_names(rules.get("not"), context)


def _trust(claims: Mapping[str, JSONValue], name: str) -> Claims:
    try:
        return unsafe_trust_claims(claims)
    except TokenError as error:
        message = f"the claim {error.claim} in {name} is of the wrong type"
        raise CommandFailureError(message) from None


def _value_at(rules: JSONValue, pointer: str) -> JSONValue:
    """What a pointer to a failed rule points to: names of rules and indexes, none of which is escaped."""
    value = rules
    for name in pointer.split("/")[1:]:
        if isinstance(value, Mapping):
            value = value[name]
        elif is_array(value):
            value = value[int(name)]
    return value
