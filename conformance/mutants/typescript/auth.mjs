// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

const IS_ALL = "const isAll = name.endsWith('All')"
const AT_END = 'return isAll\n'
const BRANCHES = 'failed.push(...branches.flat())'
const NOT = "failures(value as JsonObject, it, '').length === 0"
const MEMBER = 'Object.hasOwn(object, name) && isSame(object[name] as JsonValue, members[name] as JsonValue)'
const SAME = 'one === other || canonicalize(one) === canonicalize(other)'
const PIECES = 'text.match(/[^ ]+/g)'
const UNKNOWN = 'MEMBERS.get(name)?.(member) === true'
const ONLY = 'names.includes(name) && isString(value[name])'

export default [
  ...wrong('auth/evaluate.ts', {
    'an empty All does not hold': [AT_END, 'return isAll && (value as readonly string[]).length > 0\n'],
    'an empty Any holds': [AT_END, 'return isAll || (value as readonly string[]).length === 0\n'],
    'one of an All is enough': [IS_ALL, 'const isAll = false'],
    'an Any needs all': [IS_ALL, 'const isAll = true'],
    'an empty anyOf holds': ["if (name === 'anyOf' && branches.length === 0) failed.push(`${path}/${name}`)", ''],
    'an anyOf needs all of its policies': [
      'branches.every((branch) => branch.length > 0)',
      'branches.some((branch) => branch.length > 0)',
    ],
    'not is ignored': [NOT, 'false'],
    'not denies what its policy denies': [NOT, NOT.replace('=== 0', '> 0')],
    'only the first policy of an allOf counts': [
      BRANCHES,
      BRANCHES.replace('branches', "(name === 'allOf' ? branches.slice(0, 1) : branches)"),
    ],
    'the rules that failed are not sorted': ['of Object.keys(rules)', 'of Object.keys(rules).reverse()'],
    'only the first rule that failed is told': [
      "failures(rules, { claims, context }, '')",
      "failures(rules, { claims, context }, '').slice(0, 1)",
    ],
    'an anyOf that failed tells itself': [
      BRANCHES,
      "if (name === 'allOf') failed.push(...branches.flat())\n      else if (branches.length > 0) failed.push(here)",
    ],
    'a name that the context lacks denies': ["throw new MisuseError('context: no such name')", "return ''"],
    'the context may hold more than strings': [
      "if (typeof value !== 'string') throw",
      'if (value === undefined) throw',
    ],
    'the prototype of the context is searched for names': [
      'Object.hasOwn(context, name) ? context[name] : undefined',
      '`${context[name]}`',
    ],
    'subjects are compared by prefix': [
      "return claims.sub === (isJsonObject(value) ? lookUp(context, value['ref'] as string) : value)",
      "return claims.sub?.startsWith(isJsonObject(value) ? lookUp(context, value['ref'] as string) : (value as string)) ?? false",
    ],
    'only the sub of an actor is compared': [
      'includes(claims.act as JsonObject, value as JsonObject)',
      "claims.act.sub === (value as JsonObject)['sub']",
    ],
    'an actor further inside satisfies a policy': [
      'includes(claims.act as JsonObject, value as JsonObject)',
      'includes((function last(one) { return one.act ? last(one.act) : one })(claims.act) as JsonObject, value as JsonObject)',
    ],
    'noActor always holds': ['return claims.act === undefined', 'return true'],
    'a missing claim equals null': [MEMBER, 'isSame(object[name] ?? null, members[name] as JsonValue)'],
    'claims are looked for on the prototype': [
      MEMBER,
      '`${JSON.stringify(object[name])}` === canonicalize(members[name] as JsonValue)',
    ],
    'true equals 1': [SAME, SAME.replace('===', '==')],
    'an object equals one with fewer members': [
      SAME,
      `isJsonObject(one) && isJsonObject(other) ? includes(one, other) : ${SAME}`,
    ],
    'objects equal where their members are named alike': [
      SAME,
      `isJsonObject(one) && isJsonObject(other) ? \`\${Object.keys(one)}\` === \`\${Object.keys(other)}\` : ${SAME}`,
    ],
    'an array equals a longer one': [
      SAME,
      "canonicalize(other).replace(/]$/, '').startsWith(canonicalize(one).replace(/]$/, ''))",
    ],
    'arrays are compared without their order': [
      SAME,
      '[...canonicalize(one)].sort().join() === [...canonicalize(other)].sort().join()',
    ],
    'one claim of several is enough': ['Object.keys(members).every(', 'Object.keys(members).some('],
    'scopes are searched as text': ['? scopesOf(claims)', "? (claims.scope ?? '')"],
    'roles are looked for among the permissions': [
      "name.startsWith('roles') ? 'roles' : 'permissions'",
      "'permissions'",
    ],
    'a role named constructor is found on every object': [
      'held.includes(one) !== isAll',
      '(one in Object.fromEntries([...held].map((name) => [name, true]))) !== isAll',
    ],
  }),
  ...wrong('auth/policy.ts', {
    'the empty policy is accepted': ['  Object.keys(value).length > 0 &&\n', ''],
    'unknown members of a policy are ignored': [UNKNOWN, '(MEMBERS.get(name)?.(member) ?? true) === true'],
    'noActor may be false': [
      '(value: JsonValue) => value === true',
      "(value: JsonValue) => typeof value === 'boolean'",
    ],
    'a single string is taken for a list': [
      '[`${list}Any`, isStrings]',
      '[`${list}Any`, (value) => isString(value) || isStrings(value)]',
    ],
    'an actor in a policy needs no sub': [" && 'sub' in value", ''],
    'an actor in a policy may have other members': [ONLY, '(!names.includes(name) || isString(value[name]))'],
    'a ref may have other members beside it': ["hasOnly(value, ['ref'])", 'isJsonObject(value)'],
    'claims of a policy may be of any type': ["['claims', isJsonObject]", "['claims', () => true]"],
    'policies inside an anyOf are not checked': ["['anyOf', arePolicies]", "['anyOf', Array.isArray]"],
    'the policy inside not is not checked': ["['not', isPolicy]", "['not', isJsonObject]"],
  }),
  ...wrong('token/mapping.ts', {
    'scopes are split at any white space': [PIECES, 'text.match(/\\S+/g)'],
    'scopes are not split': [PIECES, 'text.match(/[^]+/g)'],
    'a space at the end of a scope makes an empty one': [PIECES, "text.split(' ')"],
  }),
]
