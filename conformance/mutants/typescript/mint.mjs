import { wrong } from '../wrong.mjs'

const TTL = '(ttl as number) < 1 || (ttl as number) > rules.maxLifetime'
const WRITTEN = "{ aud, exp, iat, iss, jti: '' }"
const JTI = "if (payload['jti'] === '' && !Object.hasOwn(claims as object, 'jti')) payload['jti'] = rules.uuid()"
const SIZE = 'signingInput.length + 1 + SIGNATURE_CHARACTERS > maxTokenBytes'
const HEADER = 'canonicalize(kid === undefined ? { alg, typ } : { alg, typ, kid })'
const RESERVED = "if (Object.hasOwn(given, claim)) throw new TokenError('value_unsupported', { claim })"
const REVOKED = '    return after(rules.revocation?.(claims, now), () => {\n'
const BOUND = "      if (proofs.length > 0) checkBinding(read['cnf'], proofs)\n"

export default [
  ...wrong('token/mint.ts', {
    'a ttl of 0 can be asked for': ['(ttl as number) < 1', '(ttl as number) < 0'],
    'a ttl above the longest lifetime can be asked for': [TTL, '(ttl as number) < 1'],
    'a ttl of the longest lifetime is refused': [
      '(ttl as number) > rules.maxLifetime',
      '(ttl as number) >= rules.maxLifetime',
    ],
    'a ttl with a fraction is cut': ['!Number.isInteger(ttl)', "typeof ttl !== 'number'"],
    'reserved claims are overwritten in silence': [RESERVED, 'void claim'],
    'exp may be given as a claim': ["RESERVED = ['iss', 'aud', 'iat', 'exp']", "RESERVED = ['iss', 'aud', 'iat']"],
    'iat is rounded': ['Math.floor(now)', 'Math.round(now)'],
    'iat keeps its fraction': ['Math.floor(now)', 'now'],
    'a list of one audience is minted as a string': [
      WRITTEN,
      "{ aud: typeof aud !== 'string' && aud.length === 1 ? (aud[0] as string) : aud, exp, iat, iss, jti: '' }",
    ],
    'a single audience is minted as a list': [WRITTEN, "{ aud: [aud].flat(), exp, iat, iss, jti: '' }"],
    'a jti that the caller gave is replaced': [JTI, "payload['jti'] = rules.uuid()"],
    'no jti is made': [JTI, "if (payload['jti'] === '') delete payload['jti']"],
    'the jti is not made of the entropy': ["payload['jti'] = rules.uuid()", "payload['jti'] = crypto.randomUUID()"],
    'claims that could not be verified are minted': ["checkClaims(payload, '', rules.maxActorDepth)", ''],
    'the size of a minted token is not limited': [SIZE, 'signingInput.length > 10_000_000'],
    'a minted token of exactly the largest size is refused': [
      SIZE,
      'signingInput.length + 1 + SIGNATURE_CHARACTERS >= maxTokenBytes',
    ],
    'the signature is not counted in the size of a minted token': [SIZE, 'signingInput.length > maxTokenBytes'],
    'a delegated token may outlive the original': [
      'Math.min(iat + (ttl as number), expiresBy)',
      'iat + (ttl as number)',
    ],
    'no kid is written': [HEADER, 'canonicalize({ alg, typ })'],
    'the header is written as alg, typ, kid': [HEADER, 'JSON.stringify({ alg, typ, kid })'],
  }),
  ...wrong('encoding/json-value.ts', {
    'the order of the last token is taken for every other of as many claims': [
      ' || !given.every((name, index) => name === last[index])',
      '',
    ],
    'the claim at fault is the first that was written': [
      '[...new Set(given.concat(Object.keys(registered)))].sort()',
      '[...new Set(given.concat(Object.keys(registered)))]',
    ],
  }),
  ...wrong('token/claims.ts', {
    'the claims are not counted as a level of nesting': [
      'readMembers(claims, 2, refuse, registered)',
      'readMembers(claims, 1, refuse, registered)',
    ],
  }),
  ...wrong('config/prepare.ts', {
    'the setting of how alg is written is ignored': ["signer.alg === 'EdDSA' ? headerAlg : signer.alg", 'signer.alg'],
    'the type that is written is always JWT': ['types[0] as string', "'JWT'"],
    'only the first of the accepted types counts': [
      'new Set(types.map(typeForm))',
      'new Set(types.slice(0, 1).map(typeForm))',
    ],
  }),
  ...wrong('config/code-options.ts', {
    'the jti says another version of UUID': ['& 0x0f) | 0x40', '& 0x0f) | 0x70'],
    'the jti lacks the variant of a UUID': ['((bytes[8] as number) & 0x3f) | 0x80', 'bytes[8] as number'],
  }),
  ...wrong('token/mint.ts', {
    'members whose names are numbers come first': ['hasNumbers ? canonicalize(claims) : json', 'json'],
    'members of objects within whose names are numbers come first': [
      `json.includes('{"', 1) ? /{"\\d/.test(json) : `,
      '',
    ],
    'a first name is never a number': ["(json[2] as string) < 'a'", 'false'],
  }),
  ...wrong('operations.ts', {
    'the iss option is ignored': ['iss: given.iss, aud, ttl', 'aud, ttl'],
    'the audience of the kit is minted beside that of the call': [
      "'aud' in given ? readAudience(given.aud) : settings.audience",
      'settings.audience ?? readAudience(given.aud)',
    ],
    'a token without jti can be used once': ["['iss', 'exp', 'jti']", "['iss', 'exp']"],
    'a token can be used again': [
      "if (answer !== 'fresh') throw",
      "if (answer !== 'fresh' && answer !== 'replayed') throw",
    ],
    'a replay store that fails lets tokens pass': ["if (answer !== 'fresh') throw", "if (answer === 'replayed') throw"],
  }),
  ...wrong('stores/revocation.ts', {
    'a revoked token is accepted': ["if (revoked) throw new TokenError('token_revoked')", ''],
    'a revocation list that fails lets tokens pass': [
      '() => undefined,\n    )\n    return after(answer',
      '() => false,\n    )\n    return after(answer',
    ],
  }),
  ...wrong('token/verify.ts', {
    'the binding is checked before the revocation': [REVOKED + BOUND, BOUND + REVOKED],
    'the binding is not checked': [BOUND, ''],
  }),
  ...wrong('token/binding.ts', {
    'a token without a binding is as good as a bound one': ["throw new TokenError('binding_missing')", 'return'],
    'a token bound to another key is accepted': ["throw new TokenError('binding_mismatch')", 'return'],
    'one of several bindings is enough': [
      'for (const [name, value] of proofs) if (bound[name] !== value) throw',
      'if (proofs.every(([name, value]) => bound[name] !== value)) throw',
    ],
    'an empty confirmation asks for nothing': ['members.length === 0 || ', ''],
  }),
  ...wrong('token/mapping.ts', {
    'permissions and roles of an outside issuer are kept': [
      "if (name !== 'permissions' && name !== 'roles') setMember",
      'setMember',
    ],
    'the subject of an outside issuer gets no prefix': ["subjectPrefix + claims['sub']", "claims['sub']"],
    'a mapped claim of another type is empty': [
      "if (!isStrings(value)) throw new TokenError('claim_invalid', { claim })",
      'if (!isStrings(value)) return []',
    ],
    'mapped claims are split at any white space': ['Object.freeze(splitAtSpaces(value))', 'value.trim().split(/\\s+/)'],
    'roles are mapped of the claim for permissions': ["['roles', roles]", "['roles', permissions]"],
  }),
  ...wrong('stores/expiring-set.ts', {
    'a jti means one token, whoever issued it': ['JSON.stringify([issuer, jti])', 'jti'],
  }),
]
