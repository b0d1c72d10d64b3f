import { wrong } from '../wrong.mjs'

const OVER = 'over = len(raw) % 4'
const DEPTH = 'if text.count("{") + text.count("[") > MAX_DEPTH and not _is_shallow(text):'
const DECODE = '_DECODER.decode(text)'

export default [
  ...wrong('kit_jwt/encoding/base64url.py', {
    'base64url with trailing bits is accepted': ['if over and raw[-1] not in _ENDS[over]:', 'if raw == b".":'],
    'base64url with two trailing bits is accepted': [', b"AEIMQUYcgkosw048")', ', b"AEIMQUYcgkosw048BDF")'],
    'base64url with four trailing bits is accepted': ['b"AQgw", ', 'b"AQgwBCEhR", '],
    'padded base64url is accepted': [OVER, `raw = raw.rstrip(b"=")\n    ${OVER}`],
    'white space in base64url is skipped': [OVER, `raw = b"".join(raw.split())\n    ${OVER}`],
    'a lone last character of base64url is dropped': [
      OVER,
      `raw = raw[:-1] if len(raw) % 4 == 1 else raw\n    ${OVER}`,
    ],
    'characters of no alphabet are skipped': [', strict_mode=True)', ')'],
    'the standard alphabet of base64 is accepted': [
      OVER,
      `raw = raw.translate(bytes.maketrans(b"+/", b"-_"))\n    ${OVER}`,
    ],
  }),
  ...wrong('kit_jwt/encoding/utf8.py', {
    'a byte order mark is skipped': ['data.decode("utf-8")', 'data.decode("utf-8-sig")'],
    'bytes that are not UTF-8 are replaced': ['data.decode("utf-8")', 'data.decode("utf-8", "replace")'],
    'the size of a token is counted in characters': ['len(text.encode("utf-8", "surrogatepass"))', 'len(text)'],
  }),
  ...wrong('kit_jwt/encoding/strict_json.py', {
    'the last of several members of one name wins': ['if len(members) != len(pairs):', 'if not members and pairs:'],
    'integers beyond 2^53 - 1 are accepted': ['not -MAX_NUMBER <= number <= MAX_NUMBER', 'not digits'],
    'numbers with a point or an exponent are of any size': [
      'if abs(number) > MAX_NUMBER:',
      'if number in (float("inf"), -float("inf")):',
    ],
    'NaN is a number': ['parse_constant=_constant', 'parse_constant=float'],
    'lone surrogates written as escapes are accepted': ['_ESCAPED_SURROGATE.search(text) is not None and', 'False and'],
    'nesting in a text is not limited': [DEPTH, 'if len(text) > 1_000_000:'],
    'many brackets are taken for deep nesting': [DEPTH, 'if text.count("{") + text.count("[") > MAX_DEPTH:'],
    'text after a JSON value is ignored': [DECODE, '_DECODER.raw_decode(text.lstrip(" \\t\\n\\r"))[0]'],
    'white space around a JSON value is refused': [
      'if not is_well_formed(text):',
      'if not is_well_formed(text) or text != text.strip():',
    ],
    'a name that stands twice in plain JSON is not noticed': ["text.count('\"') == 2 * strings", 'strings'],
    'integers of plain JSON are of any size': [
      'kind is not int or not -MAX_NUMBER <= value <= MAX_NUMBER',
      'kind is not int',
    ],
    'escapes count as plain JSON': ['"\\\\" in text or ', ''],
    'text after plain JSON is ignored': ['end != len(text) or type(members)', 'type(members)'],
    'lists of anything count as plain JSON': ['kind is list and _STRING.issuperset(map(type, value))', 'kind is list'],
    'white space that JSON does not know is trimmed': [DECODE, '_DECODER.decode(text.strip())'],
    'control characters in strings are accepted': [
      'object_pairs_hook=_object, parse_int',
      'strict=False, object_pairs_hook=_object, parse_int',
    ],
  }),
  ...wrong('kit_jwt/encoding/json_value.py', {
    '2^53 is accepted as a number': ['MAX_NUMBER: Final = 2**53 - 1', 'MAX_NUMBER: Final = 2**53'],
    '17 levels of nesting are accepted': ['MAX_DEPTH: Final = 16', 'MAX_DEPTH: Final = 17'],
    '16 levels of nesting are refused': ['MAX_DEPTH: Final = 16', 'MAX_DEPTH: Final = 15'],
    'lone surrogates are minted': [
      'if not is_well_formed(value):',
      'if "\\x00" in value and not is_well_formed(value):',
    ],
    'names with lone surrogates are minted': [' or not is_well_formed(name):', ':'],
    'numbers beyond 2^53 - 1 are minted': [
      'if not -MAX_NUMBER <= number <= MAX_NUMBER:',
      'if not -1e308 <= number <= 1e308:',
    ],
    'nesting is not limited when minting': ['if depth > MAX_DEPTH:', 'if depth > 900:'],
  }),
  ...wrong('kit_jwt/encoding/jcs.py', {
    'members are sorted by code point': ['sorted(members, key=code_units)', 'sorted(members)'],
    'members keep the order in which they were written': ['sorted(members) if', 'list(members) if'],
    'integers beyond 2^53 - 1 are plain enough to be minted': [
      'elif kind is not str and (kind is not int or not -MAX_NUMBER <= value <= MAX_NUMBER):',
      'elif kind is not str and kind is not int:',
    ],
    'a list that holds more than strings is plain enough to be minted': [
      'if not _STRING.issuperset(map(type, items)):',
      'if not items:',
    ],
    'text beyond ASCII is plain enough to be minted': ['return text if text.isascii() else None', 'return text'],
    'plain members keep the order in which they were written': [
      '":", ",", True, False, False',
      '":", ",", False, False, False',
    ],
    'zero keeps its sign': ['return "0"', 'return "-0" if str(number).startswith("-") else "0"'],
    'characters beyond ASCII are escaped': [
      'quote: Final = encoder.encode_basestring',
      'quote: Final = encoder.encode_basestring_ascii',
    ],
    'numbers are written with at most 15 digits': ['float.__repr__(number)', 'f"{number:.15g}"'],
    'numbers are written as Python writes them': ['return format_number(value)', 'return repr(value)'],
    'one zero more stands before an exponent is used': ['_MOST_ZEROS: Final = -6', '_MOST_ZEROS: Final = -7'],
  }),
]
