import { wrong } from '../wrong.mjs'

const EXPIRED = 'if (original.exp <= now)'
const DEPTH = 'actorsOf(original.act).length >= maxDepth'
const DENIED = "  if (!mayAct(claims['may_act'], actor, issuer)) throw new TokenError('delegation_actor_denied')\n"
const TOO_DEEP = `  if (${DEPTH}) throw new TokenError('delegation_too_deep')\n`
const NARROWER = 'if (!asked.every((one) => held.has(one)))'
const FIRST = "const COPIED = [\n  'sub',"
const GIVEN = 'if (name in given) narrowed[name]'
const COPY = '    if (Object.hasOwn(claims, name)) setMember'

export default [
  ...wrong('auth/delegation.ts', {
    'the original may have expired': [EXPIRED, 'if (original.exp <= 0)'],
    'the original gets leeway': [EXPIRED, 'if (original.exp + 90 <= now)'],
    'an original that ends now can be delegated': [EXPIRED, 'if (original.exp < now)'],
    'may_act is ignored': [DENIED, ''],
    'a may_act of null counts as absent': [
      'if (allowed === undefined) return true',
      'if (allowed == null) return true',
    ],
    'the sub of may_act is ignored': [" && allowed['sub'] === actor", ''],
    'the iss of may_act is ignored': [" && (!('iss' in allowed) || allowed['iss'] === issuer)", ''],
    'an iss of null in may_act counts as absent': ["!('iss' in allowed) ||", "allowed['iss'] == null ||"],
    'a may_act that is no object is ignored': [
      'if (allowed === undefined) return true',
      'if (!isJsonObject(allowed)) return true',
    ],
    'may_act is not copied': ["  'client_id',\n  'may_act',", "  'client_id',"],
    'groups are not copied': ["  'groups',\n", ''],
    'jti is copied': [FIRST, `${FIRST} 'jti',`],
    'cnf is copied': [FIRST, `${FIRST} 'cnf',`],
    'nbf is copied': [FIRST, `${FIRST} 'nbf',`],
    'every claim is copied': [
      '[...COPIED, ...copied]',
      'Object.keys(claims).filter((name) => !NEVER_COPIED.includes(name))',
    ],
    'cnf can be asked for': ["NEVER_COPIED = ['cnf', 'jti'", "NEVER_COPIED = ['jti'"],
    'claims that the kit writes can be asked for': ["'nbf', 'iss', 'aud', 'iat', 'exp', 'act']", "'nbf']"],
    'members of the prototype are copied': [COPY, '    if (name in claims) setMember'],
    'the last actor that is allowed is refused': [DEPTH, 'actorsOf(original.act).length + 1 >= maxDepth'],
    'one actor more than allowed is told after what is not held': [DEPTH, 'actorsOf(original.act).length > maxDepth'],
    'may_act is looked at after the depth': [DENIED + TOO_DEEP, TOO_DEEP + DENIED],
    'the actors of the original are forgotten': [
      'original.act === undefined ? { sub: actor } : { sub: actor, act: original.act as JsonObject }',
      '{ sub: actor }',
    ],
    'permissions can be widened': [NARROWER, 'if (asked === undefined)'],
    'one permission that is held is enough': [NARROWER, 'if (asked.length > 0 && !asked.some((one) => held.has(one)))'],
    'a set that the original lacks is full': [
      NARROWER,
      'if (original[name] !== undefined && !asked.every((one) => held.has(one)))',
    ],
    'a narrower scope is compared as one string': ['scopesOf({ scope: value as string })', '[value as string]'],
    'what is narrowed is copied as it was': ['{ ...delegated, ...narrowed, act }', '{ ...delegated, act }'],
    'an empty narrowing counts as none': [GIVEN, 'if (given[name]?.length !== 0 && name in given) narrowed[name]'],
    'a narrowing of null counts as none': [GIVEN, 'if (given[name] != null) narrowed[name]'],
    'the original needs no sub': ["for (const name of ['sub', 'exp'])", "for (const name of ['exp'])"],
    'an actor may be empty': ['if (!isNonEmpty(actor)) throw', "if (typeof actor !== 'string') throw"],
    'a list to narrow by may hold anything': [
      "if (!items.every((item) => typeof item === 'string')) throw",
      'if (items.includes(undefined)) throw',
    ],
    'claims that were not verified can be delegated': [
      "if (!isVerified(original)) throw new MisuseError('claims: not verified')",
      '',
    ],
    'a delegation without aud is for the kit itself': [
      'aud: readAudience(given.aud)',
      "aud: 'aud' in given ? readAudience(given.aud) : (original.aud as string)",
    ],
    'unknown options of a delegation are ignored': [
      "readOptions(options, ['aud', 'ttl', 'permissions', 'roles', 'scope', 'copy'])",
      '{ ...options }',
    ],
  }),
]
