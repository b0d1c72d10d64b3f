// Lists: separated by commas, items trimmed of spaces alone; an empty or repeated item is an error.
import { invalid, isShared, isSigning, isVerifying, shared, signing, suite, t, verifying } from '../config-case.mjs'
import { keys } from '../keys.mjs'

const { a, b } = keys.ed
const aud = (value) => shared({ JWT_AUD: value })
const are = (...audience) => isShared({ audience })
const BAD_AUD = invalid('JWT_AUD')
const accept = (value) => shared({ JWT_ACCEPT: value })
const BAD_ACCEPT = invalid('JWT_ACCEPT')
const pins = (value) => signing({ JWT_ALLOWED_THUMBPRINTS: value })
const BAD_PINS = invalid('JWT_ALLOWED_THUMBPRINTS')
const ZERO = 'A'.repeat(43)

// biome-ignore format: a table, one case a line
const audiences = {
  name: 'JWT_AUD',
  tests: [
    t('config-0200', 'two, in their order', ['LIST'], aud('b,a'), are('b', 'a')),
    t('config-0201', 'spaces around items', ['LIST', 'TRIM'], aud('  a , b  '), are('a', 'b')),
    t('config-0202', 'spaces within an item', ['LIST', 'TRIM'], aud('a b,c'), are('a b', 'c')),
    t('config-0203', 'a tab is part of the item', ['TRIM'], aud('a,\tb'), are('a', '\tb')),
    t('config-0204', 'a trailing line feed is part of the item', ['TRIM'], aud('a,b\n'), are('a', 'b\n')),
    t('config-0205', 'a no-break space is part of the item', ['TRIM'], aud('\u00a0a'), are('\u00a0a')),
    t('config-0206', 'a byte order mark is part of the item', ['TRIM'], aud('\ufeffa'), are('\ufeffa')),
    t('config-0207', 'U+001C, white space in one language, is part of the item', ['TRIM'], aud('a\u001c'), are('a\u001c')),
    t('config-0208', 'an ideographic space is part of the item', ['TRIM'], aud('a\u3000,b'), are('a\u3000', 'b')),
    t('config-0209', 'a tab alone is an item', ['TRIM'], aud('\t'), are('\t')),
    t('config-0210', 'an empty item', ['EMPTY'], aud('a,,b'), BAD_AUD),
    t('config-0211', 'an item of spaces', ['EMPTY'], aud('a,  ,b'), BAD_AUD),
    t('config-0212', 'a trailing comma', ['EMPTY'], aud('a,'), BAD_AUD),
    t('config-0213', 'a leading comma', ['EMPTY'], aud(',a'), BAD_AUD),
    t('config-0214', 'a comma alone', ['EMPTY'], aud(','), BAD_AUD),
    t('config-0215', 'a space alone', ['EMPTY'], aud(' '), BAD_AUD),
    t('config-0216', 'a repeat', ['REPEAT'], aud('a,b,a'), BAD_AUD),
    t('config-0217', 'a repeat once trimmed', ['REPEAT'], aud('a, a'), BAD_AUD),
    t('config-0218', 'another case is another item', ['REPEAT'], aud('a,A'), are('a', 'A')),
    t('config-0219', 'another normal form is another item', ['REPEAT'], aud('\u00e9,e\u0301'), are('\u00e9', 'e\u0301')),
    t('config-0220', 'a semicolon does not separate', ['LIST'], aud('a;b'), are('a;b')),
    t('config-0221', 'a JSON list is taken for what it is: two items', ['LIST'], aud('["a","b"]'), are('["a"', '"b"]')),
    t('config-0222', 'an asterisk is an audience, not a pattern', ['LIST'], aud('*'), are('*')),
    t('config-0223', 'a fullwidth comma does not separate', ['LIST'], aud('a\uff0cb'), are('a\uff0cb')),
    t('config-0224', 'names of prototypes are items', ['LIST'], aud('constructor,__proto__'), are('constructor', '__proto__'))
  ]
}

// biome-ignore format: a table, one case a line
const algorithms = {
  name: 'JWT_ACCEPT',
  tests: [
    t('config-0240', 'the one there is', ['LIST'], accept('HS512'), isShared()),
    t('config-0241', 'spaces', ['TRIM'], accept(' HS512 '), isShared()),
    t('config-0242', 'Ed25519 is EdDSA', ['ALGORITHM'], verifying({ JWT_ACCEPT: 'Ed25519' }), isVerifying()),
    t('config-0243', 'EdDSA', ['ALGORITHM'], verifying({ JWT_ACCEPT: 'EdDSA' }), isVerifying()),
    t('config-0244', 'both names of one algorithm', ['REPEAT', 'ALGORITHM'], verifying({ JWT_ACCEPT: 'EdDSA,Ed25519' }), BAD_ACCEPT),
    t('config-0245', 'a repeat', ['REPEAT'], accept('HS512,HS512'), BAD_ACCEPT),
    t('config-0246', 'lower case', ['ALGORITHM'], accept('hs512'), BAD_ACCEPT),
    t('config-0247', 'lower case of EdDSA', ['ALGORITHM'], verifying({ JWT_ACCEPT: 'eddsa' }), BAD_ACCEPT),
    t('config-0248', 'none', ['ALGORITHM'], accept('none'), BAD_ACCEPT),
    t('config-0249', 'none behind a good one', ['ALGORITHM'], accept('HS512,none'), BAD_ACCEPT),
    t('config-0250', 'HS256', ['ALGORITHM'], accept('HS512,HS256'), BAD_ACCEPT),
    t('config-0251', 'RS384', ['ALGORITHM'], accept('HS512,RS384'), BAD_ACCEPT),
    t('config-0252', 'ES256K', ['ALGORITHM'], accept('HS512,ES256K'), BAD_ACCEPT),
    t('config-0253', 'Ed448', ['ALGORITHM'], verifying({ JWT_ACCEPT: 'Ed448' }), BAD_ACCEPT),
    t('config-0254', 'a tab', ['TRIM', 'ALGORITHM'], accept('HS512\t'), BAD_ACCEPT),
    t('config-0255', 'a no-break space', ['TRIM', 'ALGORITHM'], accept('HS512\u00a0'), BAD_ACCEPT),
    t('config-0256', 'a trailing comma', ['EMPTY'], accept('HS512,'), BAD_ACCEPT),
    t('config-0257', 'an asterisk', ['ALGORITHM'], accept('*'), BAD_ACCEPT),
    t('config-0258', 'separated by a space', ['LIST', 'ALGORITHM'], accept('HS512 EdDSA'), BAD_ACCEPT),
    t('config-0259', 'constructor', ['ALGORITHM'], accept('constructor'), BAD_ACCEPT),
    t('config-0260', '__proto__', ['ALGORITHM'], accept('HS512,__proto__'), BAD_ACCEPT),
    t('config-0261', 'a fullwidth letter', ['ALGORITHM'], accept('\uff28S512'), BAD_ACCEPT),
    t('config-0262', 'a long s, which upper-cases to S', ['ALGORITHM'], accept('H\u017f512'), BAD_ACCEPT)
  ]
}

// biome-ignore format: a table, one case a line
const thumbprints = {
  name: 'JWT_ALLOWED_THUMBPRINTS',
  tests: [
    t('config-0280', 'the own key', ['PIN'], pins(a.thumbprint), isSigning({ allowedThumbprints: [a.thumbprint] })),
    t('config-0281', 'two, in their order', ['PIN', 'LIST'], pins(`${b.thumbprint},${a.thumbprint}`), isSigning({ allowedThumbprints: [b.thumbprint, a.thumbprint] })),
    t('config-0282', 'spaces', ['PIN', 'TRIM'], pins(` ${a.thumbprint} , ${b.thumbprint} `), isSigning({ allowedThumbprints: [a.thumbprint, b.thumbprint] })),
    t('config-0283', 'a pin that no key matches is found out when a token comes', ['PIN'], pins(ZERO), isSigning({ allowedThumbprints: [ZERO] })),
    t('config-0284', 'a pin where there is no asymmetric key', ['PIN'], shared({ JWT_ALLOWED_THUMBPRINTS: ZERO }), isShared({ allowedThumbprints: [ZERO] })),
    t('config-0285', 'a pin beside a public key', ['PIN'], verifying({ JWT_ALLOWED_THUMBPRINTS: b.thumbprint }), isVerifying({ allowedThumbprints: [b.thumbprint] })),
    t('config-0286', '42 characters', ['PIN'], pins('A'.repeat(42)), BAD_PINS),
    t('config-0287', '44 characters', ['PIN'], pins('A'.repeat(44)), BAD_PINS),
    t('config-0288', 'padded', ['PIN'], pins(`${ZERO}=`), BAD_PINS),
    t('config-0289', 'a trailing bit', ['PIN'], pins(`${'A'.repeat(42)}B`), BAD_PINS),
    t('config-0290', 'a plus of the standard alphabet', ['PIN'], pins(`+${'A'.repeat(42)}`), BAD_PINS),
    t('config-0291', 'a slash of the standard alphabet', ['PIN'], pins(`/${'A'.repeat(42)}`), BAD_PINS),
    t('config-0292', '64 hexadecimal digits', ['PIN'], pins('0'.repeat(64)), BAD_PINS),
    t('config-0293', 'an RFC 9278 URI', ['PIN'], pins(`urn:ietf:params:oauth:jwk-thumbprint:sha-256:${ZERO}`), BAD_PINS),
    t('config-0294', 'a repeat', ['PIN', 'REPEAT'], pins(`${ZERO},${a.thumbprint},${ZERO}`), BAD_PINS),
    t('config-0295', 'an empty item', ['PIN', 'EMPTY'], pins(`${ZERO},`), BAD_PINS),
    t('config-0296', 'a tab', ['PIN', 'TRIM'], pins(`${a.thumbprint},\t${b.thumbprint}`), BAD_PINS),
    t('config-0297', 'a bad one behind a good one', ['PIN'], pins(`${a.thumbprint},x`), BAD_PINS),
    t('config-0298', 'a trailing line feed', ['PIN', 'TRIM'], pins(`${a.thumbprint}\n`), BAD_PINS)
  ]
}

export default suite(
  'config-lists',
  {
    LIST: { description: 'What separates items.', bugType: 'PARSER_DIFFERENTIAL', spec: ['local#configuration'] },
    TRIM: {
      description: 'Items are trimmed of U+0020 alone.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#configuration'],
    },
    EMPTY: { description: 'An empty item is an error.', bugType: 'AUTH_BYPASS', spec: ['local#configuration'] },
    REPEAT: { description: 'A repeated item is an error.', bugType: 'BASIC', spec: ['local#configuration'] },
    ALGORITHM: {
      description: 'Algorithms are named by exact words.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration', 'rfc8725#3.1'],
    },
    PIN: {
      description: 'A pin is 32 bytes in canonical base64url.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration', 'rfc7638#3'],
    },
  },
  [audiences, algorithms, thumbprints],
)
