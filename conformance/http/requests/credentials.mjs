import { bearer, get, invalid, missing, passed, test, token } from './world.mjs'

export async function credentials() {
  const right = await token()
  const other = await token({ sub: 'u2' })
  const authorization = (value) => [['Authorization', value]]
  const session = (value) => [['Cookie', value]]
  const me = (headers, answer, more) => get('/me', headers, answer, more)
  return [
    test('plain', 'a token as RFC 6750 section 2.1 has it', me(bearer(right), passed())),
    test('plain', 'no header, and an empty one', me([], missing()), me(authorization(''), missing())),
    test(
      'plain',
      'the scheme is told in any case (RFC 9110 section 11.1), and any number of spaces follows it',
      ...['bearer', 'BEARER', 'bEaReR'].map((scheme) => me(authorization(`${scheme} ${right}`), passed())),
      me(authorization(`Bearer   ${right}`), passed()),
    ),
    test(
      'plain',
      'another scheme is no token',
      ...['Basic dTpw', `Token ${right}`, `Bearer2 ${right}`, `Bearer\t${right}`, right, 'Basic', `DPoP ${right}`].map(
        (value) => me(authorization(value), missing('credentials_scheme_unsupported')),
      ),
    ),
    test(
      'plain',
      'a scheme without a token',
      me(authorization('Bearer'), invalid('token_malformed')),
      me(authorization('Bearer  '), invalid('token_malformed')),
    ),
    test(
      'plain',
      'two headers are none: a proxy may have looked at the other one',
      me([...bearer(right), ...bearer(right)], invalid('credentials_repeated')),
      me([...bearer(right), ...bearer(other)], invalid('credentials_repeated')),
      me([...bearer(right), ...authorization('Basic dTpw')], invalid('credentials_repeated')),
      me([...authorization('Basic dTpw'), ...bearer(right)], invalid('credentials_repeated')),
    ),
    test(
      'plain',
      'two values in one header are what some servers make of two headers',
      me(bearer(`${right}, Bearer ${right}`), invalid('credentials_repeated')),
      me(bearer(`${right},`), invalid('credentials_repeated')),
      me(authorization('Digest username="u", realm="r"'), invalid('credentials_repeated')),
    ),
    test(
      'plain',
      'what is no token comes to the kit, and goes no further',
      me(bearer(`${right} ${right}`), invalid('token_malformed')),
      me(bearer(`"${right}"`), invalid('token_malformed')),
      me(bearer(`${right}=`), invalid('token_malformed')),
      me(bearer('é'), invalid('token_malformed')),
      me(bearer('a.b.c'), invalid('token_malformed')),
    ),
    test('plain', 'a header of 12 kB is read, and refused', me([], invalid('token_malformed'), { fill: 12_000 })),
    test(
      'plain',
      'a header of 1 MB is refused, by the server or by the guard',
      me([], invalid('token_too_large'), { fill: 1_000_000, orServer: true }),
    ),
    test(
      'plain',
      'a token in the query, in a cookie, or in other headers is none, where nobody said so',
      me([], missing(), { query: `access_token=${right}` }),
      me([], missing(), { query: `token=${right}` }),
      me(session(`session=${right}`), missing()),
      me(session(`Authorization=Bearer ${right}`), missing()),
      me([['Proxy-Authorization', `Bearer ${right}`]], missing()),
      me([['X-Authorization', `Bearer ${right}`]], missing()),
    ),
    test(
      'plain',
      'a token elsewhere does not disturb the one in the header',
      me([...bearer(right), ...session('session=x')], passed(), { query: 'access_token=x' }),
    ),
    test(
      'cookie',
      'a cookie of the configured name',
      me(session(`session=${right}`), passed()),
      me(session(`a=b; session=${right};c=d`), passed()),
      me(bearer(right), passed()),
      me([], missing()),
      me(session(`Session=${right}`), missing()),
      me(session(`xsession=${right}; session2=${right}`), missing()),
      me(session('session'), missing()),
      me(session('session='), missing()),
    ),
    test(
      'cookie',
      'a cookie twice, or beside a header, is more than one token',
      me(session(`session=${right}; session=${right}`), invalid('credentials_repeated')),
      me([...bearer(right), ...session(`session=${right}`)], invalid('credentials_repeated')),
    ),
    test(
      'cookie',
      'a cookie is taken as it is, and a query still is none',
      me(session(`session="${right}"`), invalid('token_malformed')),
      me(session(`session=${right.replace('.', '%2E')}`), invalid('token_malformed')),
      me([], missing(), { query: `session=${right}` }),
    ),
    test(
      'query',
      'a parameter of the configured name',
      me([], passed(), { query: `access_token=${right}` }),
      me([], passed(), { query: `a=b&access_token=${right}&c` }),
      me([], missing(), { query: `access_token2=${right}` }),
      me([], missing(), { query: 'access_token=' }),
      me([], invalid('credentials_repeated'), { query: `access_token=${right}&access_token=${right}` }),
      me(bearer(right), invalid('credentials_repeated'), { query: `access_token=${right}` }),
      me([], invalid('token_malformed'), { query: `access_token=${right.replace('.', '%2E')}` }),
    ),
  ]
}
