import { wrong } from '../wrong.mjs'

const MAY_ACT = '"may_act" in original and not'
const DEPTH = 'if len(actors(original)) + 1 > max_depth:'
const NARROWER = 'if is_array(asked) and not set(strings_of(original, name)).issuperset(asked):'
const FIRST = '_COPIED: Final = (\n    "sub",'
const DENIED =
  '    if "may_act" in original and not _may_act(original["may_act"], delegation.actor, issuer):\n        raise TokenError("delegation_actor_denied")\n'
const TOO_DEEP = `    ${DEPTH}\n        raise TokenError("delegation_too_deep")\n`

export default [
  ...wrong('kit_jwt/auth/delegation.py', {
    'the original may have expired': ['if not_after <= now:', 'if not_after <= 0:'],
    'the original gets leeway': ['if not_after <= now:', 'if not_after + 90 <= now:'],
    'an original that ends now can be delegated': ['if not_after <= now:', 'if not_after < now:'],
    'may_act is ignored': [MAY_ACT, '"may_act" in delegation.copied and not'],
    'a may_act of null counts as absent': [MAY_ACT, 'original.get("may_act") is not None and not'],
    'the sub of may_act is ignored': ['and may_act.get("sub") == actor', ''],
    'the iss of may_act is ignored': ['and ("iss" not in may_act or may_act["iss"] == issuer)', ''],
    'an iss of null in may_act counts as absent': ['"iss" not in may_act or', 'may_act.get("iss") is None or'],
    'a may_act that is no object is ignored': [
      'isinstance(may_act, Mapping)\n        and',
      'not isinstance(may_act, Mapping)\n        or',
    ],
    'may_act is not copied': ['    "client_id",\n    "may_act",', '    "client_id",'],
    'groups are not copied': ['    "groups",\n', ''],
    'jti is copied': [FIRST, `${FIRST} "jti",`],
    'cnf is copied': [FIRST, `${FIRST} "cnf",`],
    'nbf is copied': [FIRST, `${FIRST} "nbf",`],
    'every claim is copied': [
      'for name in (*_COPIED, *delegation.copied) if name in original',
      'for name in original if name not in ("iss", "aud", "iat", "exp", "jti", "nbf", "cnf")',
    ],
    'cnf can be asked for': ['frozenset(("cnf", "jti"', 'frozenset(("jti"'],
    'claims that the kit writes can be asked for': [', "iss", "aud", "iat", "exp", "act"))', '))'],
    'the last actor that is allowed is refused': [DEPTH, 'if len(actors(original)) + 1 >= max_depth:'],
    'one actor more than allowed is told after what is not held': [DEPTH, 'if len(actors(original)) > max_depth:'],
    'may_act is looked at after the depth': [DENIED + TOO_DEEP, TOO_DEEP + DENIED],
    'the actors of the original are forgotten': ['    if "act" in original:\n', '    if "act" in claims:\n'],
    'permissions can be widened': [NARROWER, 'if not is_array(asked):'],
    'one permission that is held is enough': [
      NARROWER,
      'if is_array(asked) and asked and set(strings_of(original, name)).isdisjoint(asked):',
    ],
    'a set that the original lacks is full': [NARROWER, `if name in original and ${NARROWER.slice(3)}`],
    'a narrower scope is compared as one string': [
      'asked = split_scope(value) if isinstance(value, str) else value',
      'asked = [value] if isinstance(value, str) else value',
    ],
    'what is narrowed is copied as it was': ['claims.update(delegation.narrowed)', 'pass'],
    'an empty narrowing counts as none': ['if name in options:', 'if options.get(name):'],
    'a narrowing of null counts as none': ['if name in options:', 'if options.get(name) is not None:'],
    'the original needs no sub': ['if "sub" not in original:', 'if not original:'],
    'an actor may be empty': ['if not isinstance(actor, str) or not actor:', 'if not isinstance(actor, str):'],
    'a list to narrow by may hold anything': ['or len(strings) != len(value):', 'and value:'],
  }),
  ...wrong('kit_jwt/operations.py', {
    'claims that were not verified can be delegated': ['original = require_verified(claims)', 'original = claims'],
    'a delegation without aud is for the kit itself': [
      '        if "aud" not in options:\n            message = "aud is required: it names the target service"\n            raise MisuseError(message)\n        audience = read_audience(options["aud"])\n        settings',
      '        audience = read_audience(options.get("aud", self.resolved.settings.audience))\n        settings',
    ],
    'unknown options of a delegation are ignored': [
      'require_known(options, DelegationOptions.__annotations__)',
      'pass',
    ],
  }),
]
