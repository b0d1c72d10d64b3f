// Wrong issuers: what is missing in the rooms that answer requests, and what makes it so in each language.
import { wrong } from '../../mutants/wrong.mjs'
import { SPANS } from './spans.mjs'

/** What is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
const WRONG = [
  [
    'the admin secret may be tried out',
    'service/failures',
    ['const MOST = 10\n', 'const MOST = 1000\n'],
    ['_MOST: Final = 10\n', '_MOST: Final = 1000\n'],
  ],
  [
    'failures are forgotten too early',
    'service/failures',
    ['const WINDOW = 60\n', 'const WINDOW = 30\n'],
    ['_WINDOW: Final = 60\n', '_WINDOW: Final = 30\n'],
  ],
  [
    'whoever holds the right admin secret need not wait',
    'service/admin',
    ['if (wait > 0) {', 'if (wait > 0 && !isAmong(digest, [wanted ?? NOBODY])) {'],
    ['        if wait:\n', '        if wait and not is_among(digest, [context.config.admin_digest or _NOBODY]):\n'],
  ],
  [
    'a lifetime is not cut',
    'service/admin',
    ['Math.min(ttl, config.admin.ttl)', 'ttl'],
    ['min(int(ttl), config.admin.ttl)', 'int(ttl)'],
  ],
  [
    'any role may be minted',
    'service/admin',
    ['rules.roles.includes(role)', 'true'],
    ['<= set(rules.roles)', '<= set(_texts(claims.get("roles", [])))'],
  ],
  [
    'any permission may be minted',
    'service/admin',
    ['rules.permissions.includes(permission)', 'true'],
    ['<= set(rules.permissions)', '<= set(_texts(claims.get("permissions", [])))'],
  ],
  [
    'any audience may be minted for',
    'service/admin',
    ['rules.audiences.includes(audience)', 'true'],
    ['set(audiences) <= set(rules.audiences)', 'set(audiences)'],
  ],
  [
    'any subject may be minted for',
    'service/admin',
    ['!rules.subjects.includes(sub)', 'false'],
    ['claims["sub"] not in rules.subjects', 'False'],
  ],
  [
    'two secrets are one',
    'service/digests',
    ['for (const other of others) {', 'for (const other of others.slice(0, 1)) {'],
    ['for other in others])', 'for other in list(others)[:1]])'],
  ],
  [
    'a client is known by its id alone',
    'service/authentication',
    ["return isRight ? client : fail('secret_wrong')", 'return client'],
    ['return client if is_right else _fail("secret_wrong")', 'return client'],
  ],
  [
    'two methods at once are one',
    'service/authentication',
    ['.length > 1) throw', '.length > 9) throw'],
    ['if sum(methods) > 1:', 'if sum(methods) > 9:'],
  ],
  [
    'another client id is not looked at',
    'service/authentication',
    ["form.get('client_id') ?? client.id", 'client.id'],
    ['form.get("client_id", client.id)', 'client.id'],
  ],
  [
    'an assertion may be for others too',
    'service/authentication',
    ['[claims.aud].flat().length !== 1', 'false'],
    ['len(audiences_of(claims)) != 1', 'False'],
  ],
  [
    'an assertion may speak of others',
    'service/authentication',
    ['claims.sub !== client.id', 'false'],
    ['claims.get("sub") != client.id', 'False'],
  ],
  [
    'an assertion is taken again',
    'service/authentication',
    ['    await kit.consumeOnce(claims)\n', ''],
    ['        kit.consume_once(claims)\n', ''],
  ],
  [
    'an assertion may live for years',
    'service/authentication',
    ['LONGEST_ASSERTION = 600', 'LONGEST_ASSERTION = 600_000_000'],
    ['_LONGEST_ASSERTION: Final = 600\n', '_LONGEST_ASSERTION: Final = 600_000_000\n'],
  ],
  [
    'a parameter may stand there twice',
    'http/parameters',
    ['parameters.has(decoded[0])', 'false'],
    ['if name in parameters:', 'if False:'],
  ],
  [
    'what is said in the URL is taken',
    'http/parameters',
    ["query !== ''", 'false'],
    ['if message.query:', 'if False:'],
  ],
  [
    'any content type is a form',
    'http/parameters',
    ['typeOf(message) !== FORM', 'false'],
    ['type_of(message) != FORM', 'False'],
  ],
  [
    'a body ends one byte early',
    'http/message',
    ['MAX_BODY = 65_536', 'MAX_BODY = 65_535'],
    ['= 65_536\n', '= 65_535\n'],
  ],
  [
    'any grant is allowed',
    'service/token',
    ['!client.grants.includes(name)', 'false'],
    ['name not in client.grants', 'False'],
  ],
  [
    'any scope is allowed',
    'service/credentials',
    ['scopes.includes(one)', 'true'],
    ['set(scopes) <= set(client.scopes)', 'True'],
  ],
  [
    'any service is a target',
    'service/targets',
    ['!audiences.includes(target)', 'false'],
    ['targets[0] not in client.audiences', 'False'],
  ],
  [
    'of several services the first is the target',
    'service/targets',
    ['|| others.length > 0', ''],
    ['if len(targets) != 1:', 'if not targets:'],
  ],
  [
    'a token that came to another is exchanged',
    'service/exchange',
    ['!isFor(verified, client)', 'false'],
    ['not is_for(verified, client)', 'False'],
  ],
  [
    'another actor is ignored',
    'service/exchange',
    ["form.has('actor_token') || form.has('actor_token_type')", 'false'],
    ['"actor_token" in form or "actor_token_type" in form', 'False'],
  ],
  [
    'a scope that is asked for is not narrowed',
    'service/exchange',
    ['...(scope !== undefined && { scope })', ''],
    ['    if scope is not None:\n        options["scope"] = scope\n', ''],
  ],
  [
    'scopes of another issuer are taken over',
    'service/exchange',
    ['verified.iss === context.config.issuer', 'true'],
    ['verified if verified["iss"] == context.config.issuer else', 'verified if True else'],
  ],
  [
    'what was issued is not told with its request',
    'service/issuing',
    ['...(request !== undefined && { request }),', ''],
    ['        request=context.request,\n', ''],
  ],
  [
    'what was refused is not told with its request',
    'service/issuer',
    ['endpoint?.name, ...request }', 'endpoint?.name }'],
    [', name, message.id)', ', name)'],
  ],
  [
    'what is refused is not counted by its code',
    'service/metrics',
    ['this.#refused.set(code,', "this.#refused.set('x',"],
    ['self._refused[code] += 1', 'self._refused["x"] += 1'],
  ],
  [
    'the numbers are told unasked',
    'service/issuer',
    ['...(metrics ? ', '...(true ? '],
    ['if config.metrics else {}', 'if True else {}'],
  ],
  [
    'anybody learns of any token',
    'service/introspection',
    [' || !isFor(claims, client)', ''],
    [' or not is_for(claims, client)', ''],
  ],
  [
    'anybody takes back any token',
    'service/introspection',
    ['!isOf(claims, client)', 'false'],
    ['not _is_of(claims, client)', 'False'],
  ],
  [
    'a token that was taken back is good',
    'service/kits',
    ['      revocation,\n', ''],
    ['            "revocation": config.revocation,\n', ''],
  ],
  [
    'the profile of access tokens is not written',
    'service/kits',
    ['types: [tokenType]', "types: ['JWT']"],
    ['types=[config.token_type]', 'types=["JWT"]'],
  ],
  [
    'metadata are at another path',
    'service/issuer',
    ['oauth-authorization-server$', 'oauth-authorization-server/$'],
    ['oauth-authorization-server{', 'oauth-authorization-server/{'],
  ],
  ['a weak tag is another one', 'service/published', [".replace(/^W\\//, '')", ''], ['.removeprefix("W/")', '']],
]

/** Of each only the vectors of http/ are asked, or those that it names. */
const versionsOf = (language, ending) =>
  [...WRONG, ...SPANS].flatMap(([name, room, typescript, python, tests = 'http']) =>
    wrong(`${room}.${ending}`, { [name]: [typescript, python][language] }).map((one) => ({ ...one, tests: [tests] })),
  )

export const typescript = versionsOf(0, 'ts')
export const python = versionsOf(1, 'py')
