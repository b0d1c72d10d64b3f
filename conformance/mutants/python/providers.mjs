import { wrong } from '../wrong.mjs'

const FORM = 're.fullmatch(pattern, value)'

export default [
  ...wrong('kit_jwt/config/provider.py', {
    'a value may begin with one of the form': [FORM, 're.match(pattern, value)'],
    'a value may end with one of the form': [FORM, 're.search(f"(?:{pattern})\\\\Z", value)'],
    'a line feed may follow': [FORM, 're.match(f"(?:{pattern})$", value)'],
    'letters count alike in both cases': [FORM, 're.fullmatch(pattern, value, re.IGNORECASE)'],
    'the form of an option does not matter': ['if _is_of(value, table["forms"][option["form"]]) else', 'if value else'],
    'the form of an audience does not matter': ['if form is not None and', 'if form == "" and'],
    'one audience of the form is enough': ['not all(_is_of(', 'not any(_is_of('],
    'an option has no default': ['else option.get("default")', 'else None'],
    'null is an option that is not given': [
      'members = Members(options,',
      'members = Members({name: value for name, value in options.items() if value is not None},',
    ],
    'other options are ignored': ['{"audience", *(', '{"audience", *options, *('],
    'claims are not mapped': ['if row["mapping"] else entry', 'if False else entry'],
  }),
  ...wrong('kit_jwt/config/providers.json', {
    'the issuer of Auth0 has no slash': ['"issuer": "https://{domain}/"', '"issuer": "https://{domain}"'],
    'the keys of Entra ID are those of all tenants': ['{tenant}/discovery', 'common/discovery'],
    'the tenant may be a domain': ['"name": "tenant",\n     "form": "guid"', '"name": "tenant",\n     "form": "label"'],
  }),
]
