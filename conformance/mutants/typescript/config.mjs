// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

const NUMBER = 'NUMBER.test(text)'
const PATTERN = '/^(?:0|[1-9]\\d{0,8})$/'
const TRIMMED = "item.replace(/^ +| +$/g, '')"
const ITEMS = "const items = text.split(',').map(trim)"
const REPEATED = ' || new Set(items).size < items.length'
const MANY = 'given.length > 1'

export default [
  ...wrong('config/variables.ts', {
    'numbers are read as the language reads them': [NUMBER, 'Number.isInteger(Number(text))'],
    'a number may begin with zeros': [PATTERN, '/^\\d{1,9}$/'],
    'digits of other scripts are digits': [NUMBER, '/^(?:0|[1-9]|\\p{Nd}\\p{Nd}{0,8})$/u.test(text)'],
    'a line feed after a number is ignored': [PATTERN, '/^(?:0|[1-9]\\d{0,8})$/m'],
    'items of a list are trimmed of all white space': [TRIMMED, 'item.trim()'],
    'items of a list are not trimmed': [TRIMMED, 'item'],
    'an item of a list may be repeated': [REPEATED, ''],
    'empty items of a list are dropped': [ITEMS, `${ITEMS}.filter(Boolean)`],
    'an empty variable counts as absent': [
      'value === undefined || isNonEmpty(value) ? value',
      "value === undefined || value === '' || isNonEmpty(value) ? value || undefined",
    ],
    'variables are looked for on the prototype': ['Object.hasOwn(env, name) ? env[name] : undefined', 'env[name]'],
  }),
  ...wrong('config/environment.ts', {
    'a binding is followed once more': [
      'readText(env, name, variable) ??',
      '((text) => (text === undefined ? text : (readText(env, text, variable) ?? text)))(readText(env, name, variable)) ??',
    ],
    'a value and a name of one do not contradict each other': [MANY, 'given.length > 2'],
    'a name without a binding counts as absent': [
      'if (given.length === 0) continue',
      'if (given.length === 0 || (supplier === `${name}_NAME` && env[env[supplier] as string] === undefined)) continue',
    ],
    'kid=secret is split at the first =': ["entry.lastIndexOf('=')", "entry.indexOf('=')"],
    'the issuer need not be configured': ["if (config['issuer'] === undefined) fail('config_missing', 'JWT_ISS')", ''],
  }),
  ...wrong('config/settings.ts', {
    'a leeway above 90 can be configured': ["'leeway', 0, MAX_LEEWAY, MAX_LEEWAY", "'leeway', 0, 3600, MAX_LEEWAY"],
    'the leeway is 60 unless configured': ["'leeway', 0, MAX_LEEWAY, MAX_LEEWAY", "'leeway', 0, MAX_LEEWAY, 60"],
    'a token lives an hour unless configured': ["'ttl', 1, MAX_INTEGER, 900", "'ttl', 1, MAX_INTEGER, 3600"],
    'a ttl of 0 can be configured': ["'ttl', 1, MAX_INTEGER, 900", "'ttl', 0, MAX_INTEGER, 900"],
    'a ttl above the longest lifetime can be configured': [
      'if (settings.ttl > settings.maxLifetime)',
      'if (settings.ttl > MAX_INTEGER)',
    ],
    'a longest lifetime of 0 can be configured': [
      "'maxLifetime', 1, MAX_INTEGER, DAY",
      "'maxLifetime', 0, MAX_INTEGER, DAY",
    ],
  }),
  ...wrong('config/code-options.ts', {
    'the setting that requires a type is ignored': ["members.oneOf('requireType', [true, false]) ??", ''],
    'five actors are allowed whatever is configured': [
      "members.integer('maxActorDepth', 1, MAX_ACTORS, standard.maxActorDepth)",
      '5',
    ],
  }),
  ...wrong('config/members.ts', {
    'unknown members of a configuration are ignored': [
      '!names.includes(name) || source[name] == null',
      'source[name] == null',
    ],
    'null is told where its member is read': [' || source[name] == null', ''],
    'an empty setting counts as given': [
      'return this.read(name, isText)',
      "return this.read(name, (value) => typeof value === 'string')",
    ],
    'an empty list of audiences is a setting': [
      'Array.isArray(value) && value.length > 0 && value.length <= most',
      'Array.isArray(value) && value.length <= most',
    ],
    'pins are of any form': ['(text) => decodeBase64url(text)?.length === 32', "(text) => text !== ''"],
    'EdDSA may stand beside Ed25519': [
      "rows?.length === names?.length ? rows : this.fail('config_invalid', name)",
      'rows',
    ],
    'lone surrogates in settings are accepted': [
      'return this.read(name, isText)',
      "return this.read(name, (value) => typeof value === 'string' && value !== '')",
    ],
  }),
  ...wrong('config/signing.ts', {
    'the profile is guessed where both kinds of keys could sign': [
      "(isShared === isPublic ? undefined : isShared ? 'HS512' : 'EdDSA')",
      "(isShared ? 'HS512' : isPublic ? 'EdDSA' : undefined)",
    ],
    'a kid without anything that signs is ignored': ["if (kid && !signs) members.fail('config_conflict', 'kid')", ''],
  }),
  ...wrong('config/resolve.ts', {
    'what is accepted is guessed where both kinds of keys are there': [
      'accept === undefined && kinds.length > 1',
      'accept === undefined && kinds.length > 2',
    ],
    'the profile HS512 needs no secret': [
      'if (profile && !signing.signs && !kinds',
      "if (profile === 'EdDSA' && !signing.signs && !kinds",
    ],
    'the profile EdDSA needs no key': [
      'if (profile && !signing.signs && !kinds',
      "if (profile === 'HS512' && !signing.signs && !kinds",
    ],
    'the public half of the private key does not verify': [
      'privateKey ? [privateKey.publicMaterial, ...found.publicKeys] : found.publicKeys',
      'found.publicKeys',
    ],
    'a kit without an audience verifies nothing': [
      'issuer === undefined || audience === undefined) return',
      'issuer === undefined) return',
    ],
    'only the first audience of the kit is accepted': [
      'new Set([audience].flat())',
      'new Set([audience].flat().slice(0, 1))',
    ],
    'the actors of the own issuer are not restricted': ['actors: actors && new Set(actors)', 'actors: undefined'],
    'the own issuer names no actor unless configured': ['actors: actors && new Set(actors)', 'actors: new Set(actors)'],
  }),
  ...wrong('config/role.ts', {
    'a consumer needs no audience': [
      "if (role === 'consumer' && settings.audience === undefined)",
      "if (role === 'consumer' && settings.audience === '')",
    ],
    'a producer needs nothing to sign with': [
      "if (role === 'producer' && !signing.signs)",
      "if (role === 'producer' && !signing)",
    ],
  }),
  ...wrong('config/describe.ts', {
    'secrets are described where HS512 is not accepted': ['secrets.filter(({ alg }) => isAccepted(alg))', 'secrets'],
  }),
  ...wrong('config/trust.ts', {
    'another issuer names any actor unless configured': [
      'isAny || (own && !actors) ? undefined',
      '!actors ? undefined',
    ],
    'an issuer is outside only where it has a mapping': [' || (!own && algorithms.some(isOutside))', ''],
    'an issuer is accepted for the audience of the kit only': [
      "members.audience('audience') ?? kit.audience ??",
      "kit.audience ?? members.audience('audience') ??",
    ],
    'any actor and some actors do not contradict each other': [
      "if (isAny && actors) members.fail('config_conflict', 'unsafeAnyActor')",
      '',
    ],
    'the claims of the own issuer can be mapped': [
      "if (own && mapping) members.fail('config_conflict', 'mapping')",
      '',
    ],
  }),
  ...wrong('config/verification.ts', {
    'several sources of keys do not contradict each other': ['if (named.length > 1 &&', 'if (named.length > 4 &&'],
    'a kid or secret beside = may be empty': [
      'isText(kid) && isNonEmpty(secret) &&',
      '(isText(kid) || isNonEmpty(secret)) &&',
    ],
    'five secrets are accepted at once': ['MAX_ACCEPTED = 3', 'MAX_ACCEPTED = 4'],
    'HS512 is accepted without a secret': ['algorithm === HS512 ? secrets.length > 0 :', 'algorithm === HS512 ||'],
    'algorithms of public keys are accepted without keys': [
      'isOpen || publicKeys.some((key) => key.algorithm === algorithm)',
      'true',
    ],
  }),
]
