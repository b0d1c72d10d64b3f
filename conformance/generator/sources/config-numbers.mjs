// Numbers match `0` or `[1-9][0-9]{0,8}` in ASCII and nothing else; then each has its range.
import { invalid, isShared, shared, suite, t } from '../config-case.mjs'

const ttl = (value) => shared({ JWT_TTL_SECONDS: value })
const BAD_TTL = invalid('JWT_TTL_SECONDS')
const leeway = (value) => shared({ JWT_LEEWAY: value })
const BAD_LEEWAY = invalid('JWT_LEEWAY')
const longest = (value, more) => shared({ JWT_MAX_LIFETIME_SECONDS: value, ...more })
const BAD_LONGEST = invalid('JWT_MAX_LIFETIME_SECONDS')
const cache = (value) => shared({ JWT_JWKS_CACHE_TTL_SECONDS: value })
const BAD_CACHE = invalid('JWT_JWKS_CACHE_TTL_SECONDS')

// biome-ignore format: a table, one case a line
const forms = {
  name: 'what a number looks like, by JWT_TTL_SECONDS',
  tests: [
    t('config-0001', 'nothing set: the defaults', ['DEFAULT'], shared(), isShared()),
    t('config-0002', '1', ['NUMBER'], ttl('1'), isShared({ ttl: 1 })),
    t('config-0003', '60', ['NUMBER'], ttl('60'), isShared({ ttl: 60 })),
    t('config-0004', 'two leading zeros', ['NUMBER'], ttl('00'), BAD_TTL),
    t('config-0005', 'a leading zero', ['NUMBER'], ttl('01'), BAD_TTL),
    t('config-0006', 'a plus sign', ['NUMBER'], ttl('+1'), BAD_TTL),
    t('config-0007', 'a minus sign', ['NUMBER'], ttl('-1'), BAD_TTL),
    t('config-0008', 'a negative zero', ['NUMBER'], ttl('-0'), BAD_TTL),
    t('config-0009', 'a fraction of zero', ['NUMBER'], ttl('1.0'), BAD_TTL),
    t('config-0010', 'a trailing point', ['NUMBER'], ttl('900.'), BAD_TTL),
    t('config-0011', 'an exponent', ['NUMBER'], ttl('1e3'), BAD_TTL),
    t('config-0012', 'hexadecimal', ['NUMBER'], ttl('0x10'), BAD_TTL),
    t('config-0013', 'binary', ['NUMBER'], ttl('0b11'), BAD_TTL),
    t('config-0014', 'octal', ['NUMBER'], ttl('0o17'), BAD_TTL),
    t('config-0015', 'an underscore', ['NUMBER'], ttl('1_000'), BAD_TTL),
    t('config-0016', 'a comma', ['NUMBER'], ttl('1,000'), BAD_TTL),
    t('config-0017', 'an apostrophe', ['NUMBER'], ttl('1\'000'), BAD_TTL),
    t('config-0018', 'a leading space', ['NUMBER', 'SPACE'], ttl(' 900'), BAD_TTL),
    t('config-0019', 'a trailing space', ['NUMBER', 'SPACE'], ttl('900 '), BAD_TTL),
    t('config-0020', 'a trailing line feed', ['NUMBER', 'SPACE'], ttl('900\n'), BAD_TTL),
    t('config-0021', 'a leading tab', ['NUMBER', 'SPACE'], ttl('\t900'), BAD_TTL),
    t('config-0022', 'a trailing carriage return', ['NUMBER', 'SPACE'], ttl('900\r'), BAD_TTL),
    t('config-0023', 'a no-break space', ['NUMBER', 'SPACE'], ttl('\u00a0900'), BAD_TTL),
    t('config-0024', 'a byte order mark', ['NUMBER', 'SPACE'], ttl('\ufeff900'), BAD_TTL),
    t('config-0025', 'a space alone', ['NUMBER', 'SPACE'], ttl(' '), BAD_TTL),
    t('config-0026', 'fullwidth digits', ['NUMBER', 'DIGIT'], ttl('\uff19\uff10\uff10'), BAD_TTL),
    t('config-0027', 'an Arabic digit', ['NUMBER', 'DIGIT'], ttl('\u0663'), BAD_TTL),
    t('config-0028', 'an Arabic digit behind an ASCII one', ['NUMBER', 'DIGIT'], ttl('9\u0660\u0660'), BAD_TTL),
    t('config-0029', 'a Devanagari digit', ['NUMBER', 'DIGIT'], ttl('\u096f'), BAD_TTL),
    t('config-0030', 'a superscript digit', ['NUMBER', 'DIGIT'], ttl('9\u00b2'), BAD_TTL),
    t('config-0031', 'a mathematical digit, beyond the basic plane', ['NUMBER', 'DIGIT'], ttl('\u{1d7d7}'), BAD_TTL),
    t('config-0032', 'a unit', ['NUMBER'], ttl('900s'), BAD_TTL),
    t('config-0033', 'NaN', ['NUMBER'], ttl('NaN'), BAD_TTL),
    t('config-0034', 'Infinity', ['NUMBER'], ttl('Infinity'), BAD_TTL),
    t('config-0035', 'true', ['NUMBER'], ttl('true'), BAD_TTL),
    t('config-0036', 'null as text', ['NUMBER'], ttl('null'), BAD_TTL),
    t('config-0037', 'a JSON string', ['NUMBER'], ttl('"900"'), BAD_TTL),
    t('config-0038', 'two numbers', ['NUMBER'], ttl('900 900'), BAD_TTL),
    t('config-0039', 'ten digits', ['NUMBER'], ttl('1000000000'), BAD_TTL),
    t('config-0040', 'ten digits under a long lifetime of nine', ['NUMBER'], longest('999999999', { JWT_TTL_SECONDS: '1000000000' }), BAD_TTL),
    t('config-0041', 'nine digits under a long lifetime of nine', ['NUMBER'], longest('999999999', { JWT_TTL_SECONDS: '999999999' }), isShared({ ttl: 999999999, maxLifetime: 999999999 })),
    t('config-0042', 'forty digits', ['NUMBER'], ttl('9'.repeat(40)), BAD_TTL)
  ]
}

// biome-ignore format: a table, one case a line
const ranges = {
  name: 'ranges',
  tests: [
    t('config-0060', 'a TTL of 0', ['RANGE'], ttl('0'), BAD_TTL),
    t('config-0061', 'a TTL of the longest lifetime', ['RANGE'], ttl('86400'), isShared({ ttl: 86400 })),
    t('config-0062', 'a TTL above the longest lifetime', ['RANGE'], ttl('86401'), BAD_TTL),
    t('config-0063', 'a TTL above a longest lifetime that is set', ['RANGE'], longest('600', { JWT_TTL_SECONDS: '601' }), BAD_TTL),
    t('config-0064', 'the default TTL above a longest lifetime that is set', ['RANGE'], longest('899'), BAD_TTL),
    t('config-0065', 'a longest lifetime of the default TTL', ['RANGE'], longest('900'), isShared({ maxLifetime: 900 })),
    t('config-0066', 'both 1', ['RANGE'], longest('1', { JWT_TTL_SECONDS: '1' }), isShared({ ttl: 1, maxLifetime: 1 })),
    t('config-0067', 'a longest lifetime of 0', ['RANGE'], longest('0'), BAD_LONGEST),
    t('config-0068', 'a longest lifetime of 0 beside a good TTL', ['RANGE'], longest('0', { JWT_TTL_SECONDS: '1' }), BAD_LONGEST),
    t('config-0069', 'a longest lifetime of nine digits', ['RANGE'], longest('999999999'), isShared({ maxLifetime: 999999999 })),
    t('config-0070', 'a longest lifetime of ten digits', ['NUMBER'], longest('9999999999'), BAD_LONGEST),
    t('config-0071', 'a longest lifetime with a leading zero', ['NUMBER'], longest('086400'), BAD_LONGEST),
    t('config-0072', 'a longest lifetime in days', ['NUMBER'], longest('1d'), BAD_LONGEST),
    t('config-0073', 'no leeway', ['RANGE'], leeway('0'), isShared({ leeway: 0 })),
    t('config-0074', 'a leeway of 1', ['RANGE'], leeway('1'), isShared({ leeway: 1 })),
    t('config-0075', 'the largest leeway', ['RANGE'], leeway('90'), isShared()),
    t('config-0076', 'a leeway of 91', ['RANGE'], leeway('91'), BAD_LEEWAY),
    t('config-0077', 'a leeway of nine digits', ['RANGE'], leeway('999999999'), BAD_LEEWAY),
    t('config-0078', 'a leeway of -1', ['NUMBER'], leeway('-1'), BAD_LEEWAY),
    t('config-0079', 'a leeway of 00', ['NUMBER'], leeway('00'), BAD_LEEWAY),
    t('config-0080', 'a leeway with a space', ['NUMBER', 'SPACE'], leeway('60 '), BAD_LEEWAY),
    t('config-0081', 'a leeway in fullwidth digits', ['NUMBER', 'DIGIT'], leeway('\uff11\uff10'), BAD_LEEWAY),
    t('config-0082', 'a cache TTL of 0', ['RANGE'], cache('0'), BAD_CACHE),
    t('config-0083', 'a cache TTL of 1', ['RANGE'], cache('1'), isShared({ jwksCacheTtl: 1 })),
    t('config-0084', 'a cache TTL of nine digits', ['RANGE'], cache('999999999'), isShared({ jwksCacheTtl: 999999999 })),
    t('config-0085', 'a cache TTL of ten digits', ['NUMBER'], cache('3000000000'), BAD_CACHE),
    t('config-0086', 'a cache TTL with a point', ['NUMBER'], cache('300.0'), BAD_CACHE),
    t('config-0087', 'a cache TTL with an underscore', ['NUMBER'], cache('3_00'), BAD_CACHE),
    t('config-0088', 'JWT_LEEWAY_SECONDS is no variable', ['RANGE'], shared({ JWT_LEEWAY_SECONDS: '10' }), isShared())
  ]
}

export default suite(
  'config-numbers',
  {
    DEFAULT: { description: 'What holds when nothing is said.', bugType: 'BASIC', spec: ['local#configuration'] },
    NUMBER: {
      description: 'Texts that the number parser of some language takes.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#configuration'],
    },
    SPACE: {
      description: 'White space, which the trimming of the languages removes differently.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#configuration'],
    },
    DIGIT: { description: 'Digits beyond ASCII.', bugType: 'PARSER_DIFFERENTIAL', spec: ['local#configuration'] },
    RANGE: {
      description: 'A number out of its range would weaken or break a check.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration'],
    },
  },
  [forms, ranges],
)
