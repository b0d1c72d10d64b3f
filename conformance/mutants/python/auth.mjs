import { wrong } from '../wrong.mjs'

const ALL = 'all(map(held(claims, name).__contains__, asked))'
const ANY = 'any(map(held(claims, name).__contains__, asked))'
const NOT = '() if inner(claims, context) else told'
const MEMBERS = 'left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)'

export default [
  ...wrong('kit_jwt/auth/evaluate.py', {
    'an empty All does not hold': [ALL, `len(asked) > 0 and ${ALL}`],
    'an empty Any holds': [ANY, `not asked or ${ANY}`],
    'one of an All is enough': [ALL, ANY],
    'an Any needs all': [ANY, ALL],
    'an empty anyOf holds': ['return failed or (here,)', 'return failed'],
    'an anyOf needs all of its policies': [
      '            if not found:\n                return ()\n            failed += found',
      '            failed += found',
    ],
    'not is ignored': [NOT, '()'],
    'not denies what its policy denies': [NOT, 'told if inner(claims, context) else ()'],
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
    'subjects are compared by prefix': ['claims.get("sub") == value', 'str(claims.get("sub")).startswith(str(value))'],
    'subjects of the context are compared by prefix': [
      'claims.get("sub") == context[name]',
      'str(claims.get("sub")).startswith(str(context[name]))',
    ],
    'only the sub of an actor is compared': [
      'all(name in act and act[name] == one for name, one in expected.items())',
      'act.get("sub") == expected.get("sub")',
    ],
    'an actor further inside satisfies a policy': [
      'act = claims.get("act")',
      'act = claims.get("act")\n        while isinstance(act, Mapping) and isinstance(act.get("act"), Mapping):\n            act = act["act"]',
    ],
    'noActor always holds': ['"act" not in claims', 'True'],
    'a missing claim equals null': ['name in claims and equal(claims[name], one)', 'equal(claims.get(name), one)'],
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
    'one claim of several is enough': ['all(name in claims and', 'any(name in claims and'],
    'scopes are searched as text': [
      '"scopesAny": partial(_any_of, "scope")',
      '"scopesAny": lambda value: lambda claims, _context: any(item in claims.get("scope", "") for item in value)',
    ],
    'strings are equal to what they begin with': [
      'return left == right\n    if is_number',
      'return str(right).startswith(left)\n    if is_number',
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
    'a scope of a claim is not split': ['return split_scope(value)', 'return (value,)'],
    'scopes are split at any white space': ['scope.split(" ")', 'scope.split()'],
    'scopes are not split': ['return tuple(filter(None, scope.split(" ")))', 'return (scope,)'],
    'a space at the end of a scope makes an empty one': [
      'return tuple(filter(None, scope.split(" ")))',
      'return tuple(scope.split(" "))',
    ],
  }),
]
