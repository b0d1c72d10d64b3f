// In which order RFC 8785 writes the members of an object (section 3.2.3).

/** Of an object within a claim: [number, comment, JSON text, RFC 8785 text] */
export const ORDERS = [
  [
    40,
    'the example of the RFC',
    '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}',
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
  ],
  [
    41,
    'a character beyond the plane sorts before U+E000',
    '{"\\ue000":1,"\\ud800\\udc00":2}',
    '{"\u{10000}":2,"\ue000":1}',
  ],
  [42, 'and before U+FFFF', '{"\\uffff":1,"\\udbff\\udfff":2}', '{"\u{10ffff}":2,"\uffff":1}'],
  [
    43,
    'names that are numbers sort as text',
    '{"10":1,"9":2,"1":3,"01":4,"-1":5}',
    '{"-1":5,"01":4,"1":3,"10":1,"9":2}',
  ],
  [44, 'upper case before lower case', '{"b":1,"a":2,"B":3,"A":4,"_":5}', '{"A":4,"B":3,"_":5,"a":2,"b":1}'],
  [45, 'a prefix before what is longer', '{"aa":1,"a":2,"":3,"a\\u0000":4}', '{"":3,"a":2,"a\\u0000":4,"aa":1}'],
  [
    46,
    'at every level',
    '{"z":{"b":1,"a":{"d":1,"c":2}},"y":[{"f":1,"e":2}]}',
    '{"y":[{"e":2,"f":1}],"z":{"a":{"c":2,"d":1},"b":1}}',
  ],
  [47, 'composed after decomposed', '{"\\u00e9":1,"e\\u0301":2,"f":3}', '{"e\u0301":2,"f":3,"\u00e9":1}'],
  [
    48,
    'names of properties that all objects have',
    '{"toString":1,"__proto__":2,"constructor":3,"hasOwnProperty":4}',
    '{"__proto__":2,"constructor":3,"hasOwnProperty":4,"toString":1}',
  ],
  [49, 'names with characters to escape', '{"\\"":1,"\\\\":2,"\\n":3,"/":4}', '{"\\n":3,"\\"":1,"/":4,"\\\\":2}'],
  [50, 'names with an index and a letter', '{"a10":1,"a9":2,"a1":3}', '{"a1":3,"a10":1,"a9":2}'],
]

/** Of the payload itself: [number, comment, JSON text of the claims, their RFC 8785 texts by name] */
export const TOPS = [
  [
    60,
    'claims among those that are filled in',
    '{"zz":1,"a":2,"b":3,"f":4,"ia":5,"j":6,"k":7,"A":8}',
    {
      zz: '1',
      a: '2',
      b: '3',
      f: '4',
      ia: '5',
      j: '6',
      k: '7',
      A: '8',
    },
  ],
  [
    61,
    'claims of the caller in another order give the same',
    '{"sub":"u1","roles":["a"],"nbf":1}',
    {
      nbf: '1',
      roles: '["a"]',
      sub: '"u1"',
    },
  ],
  [
    62,
    'claims whose names sort by code units',
    '{"\\ufb33":1,"\\ud83d\\ude00":2}',
    {
      '\u{1f600}': '2',
      '\ufb33': '1',
    },
  ],
  [
    63,
    'claims whose names are numbers sort as text',
    '{"9":1,"10":2,"1":3,"a":4}',
    {
      9: '1',
      10: '2',
      1: '3',
      a: '4',
    },
  ],
  [
    64,
    'claims whose names are numbers, and an object within',
    '{"9":1,"10":{"b":2}}',
    {
      9: '1',
      10: '{"b":2}',
    },
  ],
  [
    65,
    'claims whose names begin with capitals, signs and digits',
    '{"Z":1,"_":2,"9a":3,"10a":4,"é":5}',
    {
      Z: '1',
      _: '2',
      '9a': '3',
      '10a': '4',
      é: '5',
    },
  ],
]
