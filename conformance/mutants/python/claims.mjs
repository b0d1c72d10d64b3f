import { wrong } from '../wrong.mjs'

const TIME = '(type(value) is int or is_number(value)) and 0 <= value <= LATEST'
const EACH = '    for name, usual, is_valid in _TYPES:\n'
const AUDIENCE = 'expectation.audience.isdisjoint(aud if is_array(aud) else (aud,))'
const ISSUER = 'if payload["iss"] != expectation.issuer:'
const ACTOR = 'act["sub"] not in expectation.actors'
const TOO_DEEP = '        if depth == max_depth:\n            raise TokenError("delegation_too_deep")\n'
const EXPIRED = '    if exp is not None and not now < exp + leeway:\n        raise TokenError("token_expired")\n'
const EARLY = '    if nbf is not None and not nbf <= now + leeway:\n        raise TokenError("token_not_yet_valid")\n'
const MINUTE = 'max_lifetime is not None and exp - iat > max_lifetime:'

export default [
  ...wrong('kit_jwt/token/claims.py', {
    'a boolean is a time': [TIME, 'isinstance(value, (int, float)) and 0 <= value <= LATEST'],
    'a time may be written as a string': [
      TIME,
      '(isinstance(value, str) and value.isdigit()) or (is_number(value) and 0 <= value <= LATEST)',
    ],
    'a negative time is accepted': [TIME, 'is_number(value) and value <= LATEST'],
    'a time beyond the year 9999 is accepted': [TIME, 'is_number(value) and 0 <= value'],
    'the last second of the year 9999 is refused': ['LATEST: Final = 253402300799', 'LATEST: Final = 253402300798'],
    'times with fractions are refused': [TIME, 'is_number(value) and value == int(value) and 0 <= value <= LATEST'],
    'a claim that is null counts as absent': ['if value is None and name not in claims:', 'if value is None:'],
    'an empty iss is of the right type': [
      '("iss", str, _is_text)',
      '("iss", str, lambda value: isinstance(value, str))',
    ],
    'an empty sub is accepted': ['("sub", str, _is_text)', '("sub", str, lambda value: isinstance(value, str))'],
    'an empty jti is accepted': ['("jti", str, _is_text)', '("jti", str, lambda value: isinstance(value, str))'],
    'a number is accepted as jti': [
      '("jti", str, _is_text)',
      '("jti", str, lambda value: _is_text(value) or is_number(value))',
    ],
    'an array of issuers is accepted': ['("iss", str, _is_text)', '("iss", str, _is_audience)'],
    'an empty list of audiences is of the right type': [
      'is_array(value) and len(value) > 0 and all(',
      'is_array(value) and all(',
    ],
    'one string among the audiences is enough': [
      'len(value) > 0 and all(map(_is_text, value))',
      'any(map(_is_text, value))',
    ],
    'permissions may hold more than strings': ['("permissions", None, _is_list)', '("permissions", None, is_array)'],
    'roles may be a string': [
      '("roles", None, _is_list)',
      '("roles", None, lambda value: isinstance(value, str) or _is_list(value))',
    ],
    'groups are not checked': ['("groups", None, _is_list)', '("groups", None, lambda _value: True)'],
    'scope may be an array': [
      '("scope", str, lambda value: isinstance(value, str))',
      '("scope", str, lambda value: isinstance(value, str) or _is_list(value))',
    ],
    'what is missing is told before what is wrong': [
      EACH,
      `    for name in required:\n        if name not in claims:\n            raise TokenError("claim_missing", claim=name)\n${EACH}`,
    ],
    'aud is looked at before iss': [
      '    ("iss", str, _is_text),\n    ("aud", str, _is_audience),\n',
      '    ("aud", str, _is_audience),\n    ("iss", str, _is_text),\n',
    ],
    'act is looked at before the other claims': [
      EACH,
      `    if "act" in claims:\n        check_act(claims["act"], max_actor_depth)\n${EACH}`,
    ],
    'act is not looked at': ['    if "act" in claims:\n', '    if "act" in required:\n'],
  }),
  ...wrong('kit_jwt/token/act.py', {
    'an actor needs no sub': ['not _is_name(act.get("sub")) or', ''],
    'the iss of an actor is not checked': [' or ("iss" in act and not _is_name(act["iss"]))', ''],
    'an iss of null in an actor counts as absent': ['"iss" in act and not', 'act.get("iss") is not None and not'],
    'an act of null in an actor counts as absent': ['if "act" not in act:', 'if act.get("act") is None:'],
    'one actor more than allowed is accepted': ['if depth == max_depth:', 'if depth - 1 == max_depth:'],
    'as many actors as allowed are refused': [
      'if depth == max_depth:',
      'if max_depth is not None and depth + 1 >= max_depth:',
    ],
    'the chain of actors is not limited': ['if depth == max_depth:', 'if depth == 900:'],
    'only the outermost actor is looked at': ['if "act" not in act:', 'if act:'],
    'actors deeper than allowed are read': [
      TOO_DEEP,
      `        if depth == max_depth:\n            check_act(act["act"], None)\n            raise TokenError("delegation_too_deep")\n`,
    ],
  }),
  ...wrong('kit_jwt/token/verify.py', {
    'a token without exp is accepted': [
      '_REQUIRED: Final = ("iss", "aud", "exp")',
      '_REQUIRED: Final = ("iss", "aud")',
    ],
    'the own issuer need not say iat': ['_OWN_REQUIRED if own else _REQUIRED', '_REQUIRED'],
    'every issuer must say iat': ['_OWN_REQUIRED if own else _REQUIRED', '_OWN_REQUIRED'],
  }),
  ...wrong('kit_jwt/token/expectation.py', {
    'the issuer is not checked': [ISSUER, 'if not payload["iss"]:'],
    'issuers are compared by prefix': [ISSUER, 'if not str(payload["iss"]).startswith(expectation.issuer):'],
    'a part of the issuer is enough': [ISSUER, 'if str(payload["iss"]) not in expectation.issuer:'],
    'issuers are compared without regard to case': [
      ISSUER,
      'if str(payload["iss"]).lower() != expectation.issuer.lower():',
    ],
    'a slash at the end of an issuer is ignored': [
      ISSUER,
      'if str(payload["iss"]).rstrip("/") != expectation.issuer.rstrip("/"):',
    ],
    'the audience is not checked': [`if ${AUDIENCE}:`, 'if not aud:'],
    'all audiences of a token must be accepted': [
      AUDIENCE,
      'not expectation.audience.issuperset(aud if is_array(aud) else (aud,))',
    ],
    'only the first audience of a token counts': [
      AUDIENCE,
      'expectation.audience.isdisjoint(aud[:1] if is_array(aud) else (aud,))',
    ],
    'audiences are compared by prefix': [
      AUDIENCE,
      'not any(str(item).startswith(tuple(expectation.audience)) for item in (aud if is_array(aud) else (aud,)))',
    ],
    'a list of audiences is never accepted': [
      AUDIENCE,
      'expectation.audience.isdisjoint(() if is_array(aud) else (aud,))',
    ],
    'the actor is not checked': [` and ${ACTOR}:`, ' and not act:'],
    'the innermost actor counts': [
      '    act = payload["act"]\n',
      '    act = payload["act"]\n    while isinstance(act, Mapping) and "act" in act:\n        act = act["act"]\n',
    ],
  }),
  ...wrong('kit_jwt/token/verify.py', {
    'the audience is checked before the issuer': [
      '        check_expectation(payload, expectation)\n',
      '        aud = payload["aud"]\n        if expectation.audience.isdisjoint(aud if is_array(aud) else (aud,)):\n            raise TokenError("audience_mismatch")\n        check_expectation(payload, expectation)\n',
    ],
    'times are checked before the issuer': [
      '        check_expectation(payload, expectation)\n',
      '        check_time(payload, now, limits.leeway, None)\n        check_expectation(payload, expectation)\n',
    ],
    'the longest lifetime holds for every issuer': ['limits.max_lifetime if own else None', 'limits.max_lifetime'],
  }),
  ...wrong('kit_jwt/token/time.py', {
    'the expiry is not checked': ['exp is not None and not now < exp + leeway', 'False'],
    'a token lives in the second in which it ends': ['not now < exp + leeway', 'not now <= exp + leeway'],
    'exp gets no leeway': ['now < exp + leeway', 'now < exp'],
    'leeway is taken from the clock': ['not now < exp + leeway', 'not now - leeway < exp'],
    'leeway is taken from nbf': ['nbf <= now + leeway', 'nbf - leeway <= now'],
    'leeway is taken from iat': ['iat <= now + leeway', 'iat - leeway <= now'],
    'leeway shortens the life of a token': ['now < exp + leeway', 'now < exp - leeway'],
    'nbf is not checked': ['nbf is not None and not nbf <= now + leeway', 'False'],
    'a token is not valid yet in the second of its nbf': ['not nbf <= now + leeway', 'not nbf < now + leeway'],
    'nbf gets no leeway': ['nbf <= now + leeway', 'nbf <= now'],
    'iat is not checked': ['iat is not None and not iat <= now + leeway', 'False'],
    'a token cannot be used in the second of its iat': ['not iat <= now + leeway', 'not iat < now + leeway'],
    'iat gets no leeway': ['iat <= now + leeway', 'iat <= now'],
    'the clock is cut to whole seconds': ['exp, nbf, iat = ', 'now = int(now)\n    exp, nbf, iat = '],
    'times of a token are cut to whole seconds': [
      'exp, nbf, iat = times.get("exp"), times.get("nbf"), times.get("iat")',
      'exp, nbf, iat = (None if times.get(name) is None else int(times[name]) for name in ("exp", "nbf", "iat"))',
    ],
    'nbf is checked before exp': [EXPIRED + EARLY, EARLY + EXPIRED],
    'the longest lifetime is not checked': [MINUTE, 'not exp:'],
    'a token of exactly the longest lifetime is refused': [
      MINUTE,
      'max_lifetime is not None and exp - iat >= max_lifetime:',
    ],
    'leeway lengthens the longest lifetime': [
      MINUTE,
      'max_lifetime is not None and exp - iat > max_lifetime + leeway:',
    ],
  }),
]
