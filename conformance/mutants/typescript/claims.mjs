// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

const TIME = "typeof value === 'number' && value >= 0 && value <= MAX_TIME"
const ABSENT = `    if (holds || (value === undefined && !required.includes(name))) return
    throw new TokenError(value === undefined ?`
const ISS = "check('iss', iss, isNonEmpty(iss))"
const AUD = "check('aud', aud, isAudience(aud))"
const SUB = "check('sub', sub, isNonEmpty(sub))"
const JTI = "check('jti', jti, isNonEmpty(jti))"
const AUDIENCE =
  "const named = typeof aud === 'string' ? audiences.has(aud) : aud.some((audience) => audiences.has(audience))"
const ISSUER = 'if (iss !== issuer)'
const TOO_DEEP = "    if (++depth > maxDepth) throw new TokenError('delegation_too_deep')\n"
const ACTOR = "    if (!isActor(actor)) throw new TokenError('claim_invalid', { claim: 'act' })\n"
const EXPIRED = "  if (!(now < exp + leeway)) throw new TokenError('token_expired')\n"
const EARLY = "  if (nbf !== undefined && !(nbf <= now + leeway)) throw new TokenError('token_not_yet_valid')\n"
const PARTIES = '  checkParties(claims, issuer)\n'
const LIFETIME = 'if (issuer.own && claims.exp - (claims.iat as number) > rules.maxLifetime)'

export default [
  ...wrong('token/claims.ts', {
    'a boolean is a time': [
      TIME,
      "(typeof value === 'number' || typeof value === 'boolean') && Number(value) >= 0 && Number(value) <= MAX_TIME",
    ],
    'a time may be written as a string': [
      TIME,
      "(typeof value === 'number' || typeof value === 'string') && Number(value) >= 0 && Number(value) <= MAX_TIME",
    ],
    'a negative time is accepted': [TIME, "typeof value === 'number' && value <= MAX_TIME"],
    'a time beyond the year 9999 is accepted': [TIME, "typeof value === 'number' && value >= 0"],
    'the last second of the year 9999 is refused': ['MAX_TIME = 253402300799', 'MAX_TIME = 253402300798'],
    'times with fractions are refused': [
      TIME,
      'Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_TIME',
    ],
    'a claim that is null counts as absent': [ABSENT, ABSENT.replaceAll('value === undefined', 'value == null')],
    'an empty iss is of the right type': [ISS, "check('iss', iss, typeof iss === 'string')"],
    'an empty sub is accepted': [SUB, "check('sub', sub, typeof sub === 'string')"],
    'an empty jti is accepted': [JTI, "check('jti', jti, typeof jti === 'string')"],
    'a number is accepted as jti': [JTI, "check('jti', jti, isNonEmpty(jti) || typeof jti === 'number')"],
    'an array of issuers is accepted': [ISS, "check('iss', iss, isAudience(iss))"],
    'an empty list of audiences is of the right type': [
      'value.length > 0 && value.every(isNonEmpty)',
      'value.every(isNonEmpty)',
    ],
    'one string among the audiences is enough': [
      'value.length > 0 && value.every(isNonEmpty)',
      'value.some(isNonEmpty)',
    ],
    'permissions may hold more than strings': ['isStrings(permissions)', 'Array.isArray(permissions)'],
    'roles may be a string': ['isStrings(roles)', "typeof roles === 'string' || isStrings(roles)"],
    'groups are not checked': ["check('groups', groups, isStrings(groups))", ''],
    'scope may be an array': ["typeof scope === 'string'", "typeof scope === 'string' || isStrings(scope)"],
    'what is missing is told before what is wrong': [
      ISS,
      `for (const name of required.split(' ').filter(Boolean))\n    if (claims[name] === undefined) throw new TokenError('claim_missing', { claim: name })\n  ${ISS}`,
    ],
    'aud is looked at before iss': [`${ISS}\n  ${AUD}`, `${AUD}\n  ${ISS}`],
    'act is looked at before the other claims': [
      ISS,
      `if (act !== undefined) checkActors(act, maxActorDepth)\n  ${ISS}`,
    ],
    'act is not looked at': ['checkActors(act, maxActorDepth)', ''],
  }),
  ...wrong('token/act.ts', {
    'an actor needs no sub': ["isNonEmpty(value['sub']) && ", ''],
    'the iss of an actor is not checked': [" && (value['iss'] === undefined || isNonEmpty(value['iss']))", ''],
    'an iss of null in an actor counts as absent': ["value['iss'] === undefined ||", "value['iss'] == null ||"],
    'an act of null in an actor counts as absent': [
      "actor !== undefined; actor = actor['act']",
      "actor != null; actor = actor['act']",
    ],
    'one actor more than allowed is accepted': ['if (++depth > maxDepth)', 'if (depth++ > maxDepth)'],
    'as many actors as allowed are refused': ['if (++depth > maxDepth)', 'if (++depth >= maxDepth)'],
    'the chain of actors is not limited': ['if (++depth > maxDepth)', 'if (++depth > 900)'],
    'only the outermost actor is looked at': ["actor = actor['act'])", 'actor = undefined)'],
    'actors deeper than allowed are read': [TOO_DEEP + ACTOR, ACTOR + TOO_DEEP],
  }),
  ...wrong('token/verify.ts', {
    'a token without exp is accepted': ['`iss aud exp${', '`iss aud${'],
    'the own issuer need not say iat': ["${issuer.own ? ' iat' : ''}", ''],
    'every issuer must say iat': ["${issuer.own ? ' iat' : ''}", ' iat'],
    'checkAuth needs no sub': ["${subject ? ' sub' : ''}", ''],
    'the issuer is not checked': [`${ISSUER} throw new TokenError('issuer_mismatch')`, ''],
    'issuers are compared by prefix': [ISSUER, 'if (!iss.startsWith(issuer))'],
    'a part of the issuer is enough': [ISSUER, 'if (!issuer.includes(iss))'],
    'issuers are compared without regard to case': [ISSUER, 'if (iss.toLowerCase() !== issuer.toLowerCase())'],
    'a slash at the end of an issuer is ignored': [
      ISSUER,
      "if (iss.replace(/\\/$/, '') !== issuer.replace(/\\/$/, ''))",
    ],
    'the audience is not checked': ["if (!named) throw new TokenError('audience_mismatch')", ''],
    'all audiences of a token must be accepted': [
      'aud.some((audience) => audiences.has(audience))',
      'aud.every((audience) => audiences.has(audience))',
    ],
    'only the first audience of a token counts': [
      'aud.some((audience) => audiences.has(audience))',
      'audiences.has(aud[0] as string)',
    ],
    'audiences are compared by prefix': [
      AUDIENCE,
      'const named = [aud].flat().some((one) => [...audiences].some((other) => one.startsWith(other)))',
    ],
    'a list of audiences is never accepted': ['aud.some((audience) => audiences.has(audience))', 'false'],
    'the actor is not checked': [
      "if (act !== undefined && actors !== undefined && !actors.has(act.sub)) throw new TokenError('actor_not_allowed')",
      '',
    ],
    'the innermost actor counts': [
      '!actors.has(act.sub)',
      '!actors.has((function last(one): string { return one.act ? last(one.act) : one.sub })(act))',
    ],
    'the audience is checked before the issuer': [
      PARTIES,
      `  if (![claims.aud].flat().some((one) => issuer.audiences.has(one))) throw new TokenError('audience_mismatch')\n${PARTIES}`,
    ],
    'times are checked before the issuer': [PARTIES, `  checkTimes(claims, now, rules.leeway);\n${PARTIES}`],
    'the longest lifetime holds for every issuer': [LIFETIME, LIFETIME.replace('issuer.own && ', '')],
    'the longest lifetime is not checked': [LIFETIME, 'if (issuer.own && claims.exp < 0)'],
    'a token of exactly the longest lifetime is refused': [LIFETIME, LIFETIME.replace('> rules', '>= rules')],
    'leeway lengthens the longest lifetime': [
      LIFETIME,
      LIFETIME.replace('rules.maxLifetime', 'rules.maxLifetime + rules.leeway'),
    ],
  }),
  ...wrong('token/time.ts', {
    'the expiry is not checked': [EXPIRED, ''],
    'a token lives in the second in which it ends': ['now < exp + leeway', 'now <= exp + leeway'],
    'exp gets no leeway': ['now < exp + leeway', 'now < exp'],
    'leeway shortens the life of a token': ['now < exp + leeway', 'now < exp - leeway'],
    'nbf is not checked': [EARLY, ''],
    'a token is not valid yet in the second of its nbf': ['nbf <= now + leeway', 'nbf < now + leeway'],
    'nbf gets no leeway': ['nbf <= now + leeway', 'nbf <= now'],
    'iat is not checked': [
      "if (iat !== undefined && !(iat <= now + leeway)) throw new TokenError('token_issued_in_future')",
      '',
    ],
    'a token cannot be used in the second of its iat': ['iat <= now + leeway', 'iat < now + leeway'],
    'iat gets no leeway': ['iat <= now + leeway', 'iat <= now'],
    'the clock is cut to whole seconds': [EXPIRED, `  now = Math.floor(now)\n${EXPIRED}`],
    'times of a token are cut to whole seconds': [EXPIRED, EXPIRED.replace('exp +', 'Math.floor(exp) +')],
    'nbf is checked before exp': [EXPIRED + EARLY, EARLY + EXPIRED],
    'leeway is taken from the clock': ['now < exp + leeway', 'now - leeway < exp'],
    'leeway is taken from nbf': ['nbf <= now + leeway', 'nbf - leeway <= now'],
    'leeway is taken from iat': ['iat <= now + leeway', 'iat - leeway <= now'],
  }),
]
