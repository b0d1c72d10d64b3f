// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

const ALL = 'wanted.every((one) => held.includes(one))'
const ANY = 'wanted.some((one) => held.includes(one))'
const BRANCHES = "return name === 'anyOf' && branches.some((branch) => branch.length === 0) ? [] : branches.flat()"
const NOT = 'return failures(value as JsonObject, it, here).length === 0 ? [here] : []'
const SAME = 'canonicalize(object[name] as JsonValue) === canonicalize(value)'
const OWN = 'Object.hasOwn(object, name) && '
const UNKNOWN = 'MEMBERS.get(name)?.(member) === true'
const ONLY = 'names.includes(name) && isString(value[name])'

export default [
  ...wrong('auth/evaluate.ts', {
    'an empty All does not hold': [ALL, `wanted.length > 0 && ${ALL}`],
    'an empty Any holds': [ANY, `(wanted.length === 0 || ${ANY})`],
    'one of an All is enough': [ALL, ANY],
    'an Any needs all': [ANY, ALL],
    'an empty anyOf holds': ["if (name === 'anyOf' && branches.length === 0) return [here]", ''],
    'an anyOf needs all of its policies': [
      'branches.some((branch) => branch.length === 0)',
      'branches.every((branch) => branch.length === 0)',
    ],
    'not is ignored': [NOT, 'return []'],
    'not denies what its policy denies': [NOT, NOT.replace('=== 0', '> 0')],
    'only the first policy of an allOf counts': [
      BRANCHES,
      BRANCHES.replace('branches.flat()', "(name === 'allOf' ? branches.slice(0, 1) : branches).flat()"),
    ],
    'the rules that failed are not sorted': [
      'return Object.entries(rules).flatMap',
      'return Object.entries(rules).reverse().flatMap',
    ],
    'only the first rule that failed is told': [
      "failures(rules, { claims, context }, '')",
      "failures(rules, { claims, context }, '').slice(0, 1)",
    ],
    'an anyOf that failed tells itself': [
      BRANCHES,
      BRANCHES.replace('branches.flat()', "name === 'anyOf' ? [here] : branches.flat()"),
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
    'a missing claim equals null': [OWN + SAME, 'canonicalize(object[name] ?? null) === canonicalize(value)'],
    'claims are looked for on the prototype': [OWN + SAME, '`${JSON.stringify(object[name])}` === canonicalize(value)'],
    'true equals 1': [OWN + SAME, `${OWN}(object[name] == value || ${SAME})`],
    'an object equals one with fewer members': [
      OWN + SAME,
      `${OWN}(isJsonObject(value) && isJsonObject(object[name]) ? includes(object[name], value) : ${SAME})`,
    ],
    'objects equal where their members are named alike': [
      OWN + SAME,
      `${OWN}(isJsonObject(value) && isJsonObject(object[name]) ? \`\${Object.keys(object[name])}\` === \`\${Object.keys(value)}\` : ${SAME})`,
    ],
    'an array equals a longer one': [
      OWN + SAME,
      `${OWN}canonicalize(value).replace(/]$/, '').startsWith(canonicalize(object[name] as JsonValue).replace(/]$/, ''))`,
    ],
    'arrays are compared without their order': [
      OWN + SAME,
      `${OWN}[...canonicalize(object[name] as JsonValue)].sort().join() === [...canonicalize(value)].sort().join()`,
    ],
    'one claim of several is enough': ['Object.entries(members).every(', 'Object.entries(members).some('],
    'scopes are searched as text': ['? scopesOf(claims)', "? (claims.scope ?? '')"],
    'roles are looked for among the permissions': [
      "name.startsWith('roles') ? 'roles' : 'permissions'",
      "'permissions'",
    ],
    'a role named constructor is found on every object': [
      ANY,
      'wanted.some((one) => one in Object.fromEntries([...held].map((name) => [name, true])))',
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
    'scopes are split at any white space': ["text.split(' ')", 'text.split(/\\s/)'],
    'scopes are not split': ["text.split(' ')", '[text]'],
    'a space at the end of a scope makes an empty one': [".filter((piece) => piece !== '')", ''],
  }),
]
