import { at, FORM, GATEWAY, post, refused, test } from './world.mjs'

export function hostile() {
  const send = (body, answer, headers = {}, path = '/auth/token') =>
    post(path, { ...FORM, ...GATEWAY, ...headers }, body, answer)
  const malformed = refused('invalid_request', 'body_malformed')
  const repeated = refused('invalid_request', 'parameter_repeated')
  const type = refused('invalid_request', 'content_type_unsupported', { status: 415 })
  const grant = 'grant_type=client_credentials&audience=orders'
  const filled = (size, answer) => ({ ...send('', answer), fill: size })
  const large = refused('invalid_request', 'body_too_large', { status: 413 })
  return [
    test(
      'full',
      'a parameter twice (RFC 6749 section 3.2)',
      send(`${grant}&scope=read&scope=write`, repeated),
      send(`${grant}&scope=&scope=`, repeated),
      send(`${grant}&%73cope=read&scope=read`, repeated),
      send('grant_type=client_credentials&grant_type=client_credentials', repeated),
    ),
    test(
      'full',
      'a form that is none',
      send(`${grant}&a=%`, malformed),
      send(`${grant}&a=%4`, malformed),
      send(`${grant}&a=%zz`, malformed),
      send(`${grant}&a=%ff`, malformed),
      send(`${grant}&%ed%a0%80=a`, malformed),
      { ...send('', malformed), bytes: '_w' },
    ),
    test(
      'full',
      'another content type, or none',
      send(grant, type, { 'content-type': 'text/plain' }),
      send(grant, type, { 'content-type': 'multipart/form-data; boundary=a' }),
      send(grant, type, { 'content-type': 'application/x-www-form-urlencoded, application/json' }),
      send(grant, type, { 'content-type': '' }),
      send('{}', at('introspect', type), { 'content-type': 'application/json' }, '/auth/introspect'),
      send('{}', at('revoke', type), { 'content-type': 'application/json' }, '/auth/revoke'),
    ),
    test(
      'full',
      'a body that is too large, and one that just is not',
      filled(65_537, large),
      filled(1_000_000, large),
      filled(65_536, refused('invalid_request', 'parameter_missing')),
    ),
    test(
      'full',
      'a grant that there is not',
      send('', refused('invalid_request', 'parameter_missing')),
      send('grant_type=', refused('invalid_request', 'parameter_missing')),
      ...[
        'password',
        'authorization_code',
        'refresh_token',
        'implicit',
        'CLIENT_CREDENTIALS',
        'constructor',
        'urn:ietf:params:oauth:grant-type:jwt-bearer',
      ].map((name) => send(`grant_type=${name}`, refused('unsupported_grant_type', 'grant_type_unknown'))),
    ),
    test(
      'full',
      'nothing is said in the URL',
      send(grant, refused('invalid_request', 'query_not_allowed'), {}, '/auth/token?a=b'),
      send('', refused('invalid_request', 'query_not_allowed'), {}, `/auth/token?${grant}`),
      send(
        'token=x',
        at('introspect', refused('invalid_request', 'query_not_allowed')),
        {},
        '/auth/introspect?token=x',
      ),
    ),
    test(
      'full',
      'nothing of a request comes back',
      send('grant_type=<script>', refused('unsupported_grant_type', 'grant_type_unknown')),
      send(`${grant}&scope=%0d%0aset-cookie:a`, refused('invalid_scope', 'scope_malformed')),
    ),
  ]
}
