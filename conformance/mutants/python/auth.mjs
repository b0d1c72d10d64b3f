import { wrong } from '../wrong.mjs'

const ALL = 'is_array(value) and all(item in case.set_of(claim)'
const ANY = 'is_array(value) and any(item in case.set_of(claim) for item in value)'
const NOT = '() if inner(case) else (here,)'
const MEMBERS = 'left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)'

export default [
  ...wrong('kit_jwt/auth/evaluate.py', {
    'an empty All does not hold': [ALL, 'is_array(value) and len(value) > 0 and all(item in case.set_of(claim)'],
    'an empty Any holds': [ANY, 'is_array(value) and (not value or any(item in case.set_of(claim) for item in value))'],
    'one of an All is enough': [ALL, 'is_array(value) and any(item in case.set_of(claim)'],
    'an Any needs all': [ANY, 'is_array(value) and all(item in case.set_of(claim) for item in value)'],
    'an empty anyOf holds': ['return failed or (here,)', 'return failed'],
    'an anyOf needs all of its policies': [
      '            if not found:\n                return ()\n            failed += found',
      '            failed += found',
    ],
    'not is ignored': [NOT, '()'],
    'not denies what its policy denies': [NOT, '(here,) if inner(case) else ()'],
    'only the first policy of an allOf counts': ['_all(_children(value, here))', '_all(_children(value, here)[:1])'],
    'the rules that failed are not sorted': [
      'for member in sorted(rules)]',
      'for member in sorted(rules, reverse=True)]',
    ],
    'only the first rule that failed is told': ['failed=tuple(failed))', 'failed=tuple(failed)[:1])'],
    'an anyOf that failed tells itself': ['return failed or (here,)', 'return (here,)'],
    'a name that the context lacks denies': [
      '        message = "the context lacks a name that the policy refers to"\n        raise MisuseError(message)',
      '        return Evaluation(False, ())',
    ],
    'the context may hold more than strings': [
      'isinstance(context.get(name), str) for name',
      'name in context for name',
    ],
    'subjects are compared by prefix': [
      'case.claims["sub"] == expected',
      'str(case.claims["sub"]).startswith(str(expected))',
    ],
    'only the sub of an actor is compared': [
      'all(name in act and act[name] == expected for name, expected in value.items())',
      'act.get("sub") == value.get("sub")',
    ],
    'an actor further inside satisfies a policy': [
      'act = case.claims.get("act")',
      'act = case.claims.get("act")\n    while isinstance(act, Mapping) and isinstance(act.get("act"), Mapping):\n        act = act["act"]',
    ],
    'noActor always holds': ['lambda _value, case: "act" not in case.claims', 'lambda _value, case: True'],
    'a missing claim equals null': [
      'name in case.claims and equal(case.claims[name], expected)',
      'equal(case.claims.get(name), expected)',
    ],
    'true equals 1': ['return type(left) is type(right) and left == right', 'return left == right'],
    'an integer does not equal the same number with a point': [
      'if is_number(left) and is_number(right):',
      'if left is right:',
    ],
    'an object equals one with fewer members': [
      MEMBERS,
      'right.keys() <= left.keys() and all(equal(left[name], right[name]) for name in right)',
    ],
    'objects equal where their members are named alike': [MEMBERS, 'left.keys() == right.keys()'],
    'an array equals a longer one': [
      'len(left) == len(right) and all(map(equal, left, right))',
      'all(map(equal, left, right))',
    ],
    'arrays are compared without their order': [
      'len(left) == len(right) and all(map(equal, left, right))',
      'len(left) == len(right) and all(any(equal(one, other) for other in right) for one in left)',
    ],
    'one claim of several is enough': [
      'all(\n        name in case.claims and',
      'any(\n        name in case.claims and',
    ],
    'scopes are searched as text': [
      '"scopesAny": partial(_any_of, "scope")',
      '"scopesAny": lambda value, case: any(item in case.claims.get("scope", "") for item in value)',
    ],
    'roles are looked for among the permissions': [
      '"rolesAny": partial(_any_of, "roles")',
      '"rolesAny": partial(_any_of, "permissions")',
    ],
  }),
  ...wrong('kit_jwt/auth/policy.py', {
    'the empty policy is accepted': ['if not rules:', 'if rules is None:'],
    'unknown members of a policy are ignored': [
      'if check is None or not check(value):',
      'if check is not None and not check(value):',
    ],
    'noActor may be false': ['lambda value: value is True', 'lambda value: isinstance(value, bool)'],
    'a single string is taken for a list': [
      'return is_array(value) and all(isinstance(item, str) for item in value)',
      'return isinstance(value, str) or (is_array(value) and all(isinstance(item, str) for item in value))',
    ],
    'an actor in a policy needs no sub': ['and "sub" in value', ''],
    'an actor in a policy may have other members': ['and _ACTOR_MEMBERS.issuperset(value)', ''],
    'a ref may have other members beside it': ['set(value) == {"ref"}', '"ref" in value'],
    'claims of a policy may be of any type': [
      '"claims": lambda value: isinstance(value, Mapping)',
      '"claims": lambda value: True',
    ],
    'policies inside an anyOf are not checked': ['"anyOf": _are_policies', '"anyOf": is_array'],
    'the policy inside not is not checked': ['"not": _is_policy', '"not": lambda value: isinstance(value, Mapping)'],
  }),
  ...wrong('kit_jwt/auth/scopes.py', {
    'scopes are split at any white space': ['scope.split(" ")', 'scope.split()'],
    'scopes are not split': ['return tuple(filter(None, scope.split(" ")))', 'return (scope,)'],
    'a space at the end of a scope makes an empty one': [
      'return tuple(filter(None, scope.split(" ")))',
      'return tuple(scope.split(" "))',
    ],
  }),
]
