// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

export default [
  ...wrong('config/provider.ts', {
    'a name is looked for on the prototype': ['Object.hasOwn(providers, provider)', 'provider in providers'],
    'a list of one name is a name': ["typeof provider === 'string' && ", ''],
    'a value may begin with one of the form': ['^(?:${forms[form] as string})$`)', '^(?:${forms[form] as string})`)'],
    'a value may end with one of the form': ['new RegExp(`^(?:', 'new RegExp(`(?:'],
    'a value may have a line of the form': ['as string})$`)', "as string})$`, 'm')"],
    'letters count alike in both cases': ['as string})$`)', "as string})$`, 'i')"],
    'the form of an option does not matter': ['(value) => isOf(form, value)', "(value) => typeof value === 'string'"],
    'the form of an audience does not matter': ['form !== undefined && ![', 'form === null && !['],
    'one audience of the form is enough': ['.every((one) => isOf(form, one))', '.some((one) => isOf(form, one))'],
    'an option need not be given': ["members.fail('config_missing', name)", "''"],
    'an option has no default': ['?? fallback ??', '??'],
    'other options are ignored': [
      "Members.of(options, [...row.options.map(({ name }) => name), 'audience'])",
      "Members.of(options, [...Object.keys(options), ...row.options.map(({ name }) => name), 'audience'])",
    ],
    'claims are not mapped': ['Object.keys(row.mapping).length > 0', 'Object.keys(row.mapping).length > 9'],
  }),
  ...wrong('config/providers.json', {
    'the issuer of Auth0 has no slash': ['"issuer": "https://{domain}/"', '"issuer": "https://{domain}"'],
    'the keys of Entra ID are those of all tenants': ['{tenant}/discovery', 'common/discovery'],
    'the tenant may be a domain': ['"name": "tenant",\n     "form": "guid"', '"name": "tenant",\n     "form": "label"'],
  }),
]
