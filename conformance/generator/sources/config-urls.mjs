// JWT_JWKS_URL: https, or http on the loopback; written in full and kept as written, whatever a URL parser would make of it.
import { invalid, isRemote, none, remote, suite, t, URL_TEXT } from '../config-case.mjs'

const good = (id, comment, flags, url) =>
  t(id, comment, flags, remote({ JWT_JWKS_URL: url }), isRemote({ jwksUrl: url }))
const bad = (id, comment, flags, url) => t(id, comment, flags, remote({ JWT_JWKS_URL: url }), invalid('JWT_JWKS_URL'))

// biome-ignore format: a table, one case a line
const accepted = {
  name: 'taken, as written',
  tests: [
    good('config-1200', 'https', ['HTTPS'], 'https://issuer.example/.well-known/jwks.json'),
    good('config-1201', 'a port', ['HTTPS'], 'https://issuer.example:8443/jwks'),
    good('config-1202', 'the default port is not removed', ['HTTPS'], 'https://issuer.example:443/jwks'),
    good('config-1203', 'no path', ['HTTPS'], 'https://issuer.example'),
    good('config-1204', 'a query', ['HTTPS'], 'https://issuer.example/jwks?tenant=1&x=%20'),
    good('config-1205', '@ in the path is no user', ['HTTPS'], 'https://issuer.example/a@b'),
    good('config-1206', '@ in the query is no user', ['HTTPS'], 'https://issuer.example?a=b@c'),
    good('config-1207', 'dot segments are not resolved', ['HTTPS'], 'https://issuer.example/a/../jwks'),
    good('config-1208', 'an IPv4 address', ['HTTPS'], 'https://192.0.2.1/jwks'),
    good('config-1209', 'an IPv6 address', ['HTTPS'], 'https://[2001:db8::1]/jwks'),
    good('config-1210', 'a name in Punycode', ['HTTPS'], 'https://xn--fa-hia.de/jwks'),
    good('config-1211', 'http on 127.0.0.1', ['LOOPBACK'], 'http://127.0.0.1:8080/jwks'),
    good('config-1212', 'http on the whole of 127.0.0.0/8', ['LOOPBACK'], 'http://127.255.255.254/jwks'),
    good('config-1213', 'http on [::1]', ['LOOPBACK'], 'http://[::1]:8080/jwks'),
    good('config-1214', 'http on [::1] without port', ['LOOPBACK'], 'http://[::1]/jwks'),
    good('config-1215', 'http on localhost', ['LOOPBACK'], 'http://localhost/jwks'),
    good('config-1216', 'http on localhost, with a port', ['LOOPBACK'], 'http://localhost:3000/.well-known/jwks.json'),
    good('config-1217', 'https on the loopback', ['LOOPBACK'], 'https://localhost/jwks'),
    good('config-1218', 'the highest port', ['HTTPS'], 'https://issuer.example:65535/jwks')
  ]
}

// biome-ignore format: a table, one case a line
const refused = {
  name: 'refused',
  tests: [
    bad('config-1240', 'http', ['PLAIN'], 'http://issuer.example/jwks'),
    bad('config-1241', 'http on a private address', ['PLAIN'], 'http://10.0.0.1/jwks'),
    bad('config-1242', 'http on 128.0.0.1', ['PLAIN'], 'http://128.0.0.1/jwks'),
    bad('config-1243', 'http on 0.0.0.0', ['PLAIN'], 'http://0.0.0.0/jwks'),
    bad('config-1244', 'a name that starts with localhost', ['PLAIN'], 'http://localhost.issuer.example/jwks'),
    bad('config-1245', 'a name that ends in localhost', ['PLAIN'], 'http://issuer.localhost/jwks'),
    bad('config-1246', 'a name that starts with 127.0.0.1', ['PLAIN'], 'http://127.0.0.1.issuer.example/jwks'),
    bad('config-1247', '127.1, which one parser completes', ['PLAIN', 'DIFFERENTIAL'], 'http://127.1/jwks'),
    bad('config-1248', '127.0.0.1 as one number', ['PLAIN', 'DIFFERENTIAL'], 'http://2130706433/jwks'),
    bad('config-1249', '127.0.0.1 in hexadecimal', ['PLAIN', 'DIFFERENTIAL'], 'http://0x7f.0.0.1/jwks'),
    bad('config-1250', '127.0.0.1 in octal', ['PLAIN', 'DIFFERENTIAL'], 'http://0177.0.0.1/jwks'),
    bad('config-1251', 'a leading zero', ['PLAIN', 'DIFFERENTIAL'], 'http://127.0.0.01/jwks'),
    bad('config-1252', 'a part above 255', ['PLAIN', 'DIFFERENTIAL'], 'http://127.0.0.256/jwks'),
    bad('config-1253', 'fullwidth digits', ['PLAIN', 'DIFFERENTIAL'], 'http://\uff11\uff12\uff17.0.0.1/jwks'),
    bad('config-1254', 'IPv6 loopback written in full', ['PLAIN', 'DIFFERENTIAL'], 'http://[0:0:0:0:0:0:0:1]/jwks'),
    bad('config-1255', 'IPv4 loopback within IPv6', ['PLAIN', 'DIFFERENTIAL'], 'http://[::ffff:127.0.0.1]/jwks'),
    bad('config-1256', 'another IPv6 address', ['PLAIN'], 'http://[::2]/jwks'),
    bad('config-1257', 'localhost with a dot at its end', ['PLAIN'], 'http://localhost./jwks'),
    bad('config-1260', 'a user and a password', ['USERINFO'], 'https://user:pw@issuer.example/jwks'),
    bad('config-1261', 'a user', ['USERINFO'], 'https://user@issuer.example/jwks'),
    bad('config-1262', 'an empty user', ['USERINFO', 'DIFFERENTIAL'], 'https://@issuer.example/jwks'),
    bad('config-1263', 'an empty user and password', ['USERINFO', 'DIFFERENTIAL'], 'https://:@issuer.example/jwks'),
    bad('config-1264', 'the loopback as a user', ['USERINFO', 'PLAIN'], 'http://localhost@issuer.example/jwks'),
    bad('config-1265', 'the loopback as user and port', ['USERINFO', 'PLAIN'], 'http://127.0.0.1:80@issuer.example/jwks'),
    bad('config-1266', 'a fragment', ['FRAGMENT'], 'https://issuer.example/jwks#k1'),
    bad('config-1267', 'an empty fragment', ['FRAGMENT', 'DIFFERENTIAL'], 'https://issuer.example/jwks#'),
    bad('config-1270', 'file', ['SCHEME'], 'file:///etc/jwks.json'),
    bad('config-1271', 'file on localhost', ['SCHEME'], 'file://localhost/etc/jwks.json'),
    bad('config-1272', 'ftp', ['SCHEME'], 'ftp://issuer.example/jwks'),
    bad('config-1273', 'data', ['SCHEME'], 'data:application/json,{"keys":[]}'),
    bad('config-1274', 'blob', ['SCHEME'], 'blob:https://issuer.example/1'),
    bad('config-1275', 'a scheme that starts with https', ['SCHEME'], 'https+unix://issuer.example/jwks'),
    bad('config-1276', 'a path', ['SCHEME'], '/jwks'),
    bad('config-1277', 'no scheme', ['SCHEME'], 'issuer.example/jwks'),
    bad('config-1278', 'no scheme, but slashes', ['SCHEME'], '//issuer.example/jwks'),
    bad('config-1279', 'a scheme alone', ['SCHEME'], 'https:'),
    bad('config-1280', 'no host', ['SCHEME'], 'https://'),
    bad('config-1281', 'no host but a path, which one parser takes for the host', ['SCHEME', 'DIFFERENTIAL'], 'https:///jwks'),
    bad('config-1282', 'no host but a port', ['SCHEME'], 'https://:443/jwks'),
    bad('config-1283', 'no slashes, which one parser adds', ['SCHEME', 'DIFFERENTIAL'], 'https:issuer.example/jwks'),
    bad('config-1284', 'one slash, which one parser doubles', ['SCHEME', 'DIFFERENTIAL'], 'https:/issuer.example/jwks'),
    bad('config-1285', 'backslashes, which one parser turns', ['DIFFERENTIAL'], 'https:\\\\issuer.example\\jwks'),
    bad('config-1286', 'a backslash that ends the host for one parser', ['DIFFERENTIAL'], 'http://localhost\\.issuer.example/jwks'),
    bad('config-1302', 'a backslash in the path, which one parser turns', ['DIFFERENTIAL'], 'https://issuer.example/keys\\jwks'),
    bad('config-1287', 'a leading space', ['DIFFERENTIAL'], ` ${URL_TEXT}`),
    bad('config-1288', 'a trailing space', ['DIFFERENTIAL'], `${URL_TEXT} `),
    bad('config-1289', 'a trailing line feed', ['DIFFERENTIAL'], `${URL_TEXT}\n`),
    bad('config-1290', 'a tab in the host, which parsers remove', ['DIFFERENTIAL'], 'https://issuer\t.example/jwks'),
    bad('config-1291', 'a line feed in the scheme, which parsers remove', ['DIFFERENTIAL'], 'ht\ntps://issuer.example/jwks'),
    bad('config-1292', 'a space in the path', ['DIFFERENTIAL'], 'https://issuer.example/my jwks'),
    bad('config-1293', 'a name beyond ASCII', ['DIFFERENTIAL'], 'https://fa\u00df.de/jwks'),
    bad('config-1294', 'a path beyond ASCII', ['DIFFERENTIAL'], 'https://issuer.example/\u00e9'),
    bad('config-1295', 'a control character', ['DIFFERENTIAL'], 'https://issuer.example/\u0000'),
    bad('config-1296', 'a port of six digits', ['PORT'], 'https://issuer.example:100000/jwks'),
    bad('config-1297', 'a port above 65535', ['PORT'], 'https://issuer.example:65536/jwks'),
    bad('config-1298', 'a port of letters', ['PORT'], 'https://issuer.example:https/jwks'),
    bad('config-1299', 'a negative port', ['PORT'], 'https://issuer.example:-1/jwks'),
    bad('config-1300', 'two URLs', ['DIFFERENTIAL'], `${URL_TEXT}, ${URL_TEXT}`),
    t('config-1301', 'by name, the name is at fault', ['PLAIN'], none({ JWT_JWKS_URL_NAME: 'WHERE', WHERE: 'http://issuer.example/jwks' }), invalid('JWT_JWKS_URL_NAME'))
  ]
}

export default suite(
  'config-urls',
  {
    HTTPS: { description: 'Keys come over https.', bugType: 'BASIC', spec: ['rfc3986#3', 'local#configuration'] },
    LOOPBACK: { description: 'Without TLS on the own machine alone.', bugType: 'BASIC', spec: ['rfc8252#7.3'] },
    PLAIN: {
      description: 'Without TLS anybody on the way may give the keys.',
      bugType: 'FORGERY',
      spec: ['local#configuration'],
    },
    USERINFO: { description: 'A URL that carries credentials.', bugType: 'AUTH_BYPASS', spec: ['rfc3986#3.2.1'] },
    FRAGMENT: { description: 'A URL with a fragment.', bugType: 'BASIC', spec: ['rfc3986#3.5'] },
    SCHEME: {
      description: 'Not an absolute URL of http or https.',
      bugType: 'AUTH_BYPASS',
      spec: ['rfc3986#4.3'],
      cves: ['CVE-2026-48522'],
    },
    PORT: { description: 'A port that is none.', bugType: 'BASIC', spec: ['rfc3986#3.2.3'] },
    DIFFERENTIAL: {
      description: 'Texts that URL parsers repair, each in its own way.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc3986#4.3', 'local#configuration'],
    },
  },
  [accepted, refused],
)
