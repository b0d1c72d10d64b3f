// Numbers in the form of RFC 8785, which is that of ECMAScript: the shortest digits that read back as the same double.
import { signCase } from '../sign-case.mjs'

const notes = {
  NUMBER_FORM: {
    description: 'One form for each double: no sign of zero, no fraction of zero, exponents below 1e-6 only.',
    bugType: 'SERIALIZATION',
    spec: ['rfc8785#3.2.2.3', 'rfc8785#B'],
    cves: [],
  },
  MANY_DOUBLES: {
    description: 'Doubles of every size, written with 17 digits and more, come out in their shortest form.',
    bugType: 'SERIALIZATION',
    spec: ['rfc8785#3.2.2.3'],
    cves: [],
  },
}

const test = signCase('sgnn')

/** [number, as the caller writes it, RFC 8785] */
const forms = [
  [1, '0', '0'],
  [2, '-0', '0'],
  [3, '-0.0', '0'],
  [4, '0.0', '0'],
  [5, '1', '1'],
  [6, '-1', '-1'],
  [7, '1.0', '1'],
  [8, '10.0', '10'],
  [9, '1e2', '100'],
  [10, '1E+2', '100'],
  [11, '1.5e3', '1500'],
  [12, '123456789e-9', '0.123456789'],
  [13, '9007199254740991', '9007199254740991'],
  [14, '-9007199254740991', '-9007199254740991'],
  [15, '9007199254740991.0', '9007199254740991'],
  [16, '9007199254740990.9', '9007199254740991'],
  [17, '4503599627370496.5', '4503599627370496'],
  [18, '4503599627370495.5', '4503599627370495.5'],
  [19, '4503599627370497.25', '4503599627370497'],
  [20, '1e15', '1000000000000000'],
  [21, '1.0e15', '1000000000000000'],
  [22, '1234567890123456.0', '1234567890123456'],
  [23, '123456789012345.68', '123456789012345.69'],
  [24, '0.1', '0.1'],
  [25, '0.2', '0.2'],
  [26, '0.30000000000000004', '0.30000000000000004'],
  [27, '0.3', '0.3'],
  [28, '1e-6', '0.000001'],
  [29, '1e-7', '1e-7'],
  [30, '0.0000001', '1e-7'],
  [31, '0.00000123', '0.00000123'],
  [32, '0.000000123', '1.23e-7'],
  [33, '-0.000000123', '-1.23e-7'],
  [34, '1e-10', '1e-10'],
  [35, '1.5e-300', '1.5e-300'],
  [36, '5e-324', '5e-324'],
  [37, '-5e-324', '-5e-324'],
  [38, '4.9e-324', '5e-324'],
  [39, '2.4703282292062328e-324', '5e-324'],
  [40, '2.4703282292062327e-324', '0'],
  [41, '1e-400', '0'],
  [42, '-1e-400', '0'],
  [43, '2.2250738585072014e-308', '2.2250738585072014e-308'],
  [44, '2.225073858507201e-308', '2.225073858507201e-308'],
  [45, '2.2250738585072011e-308', '2.225073858507201e-308'],
  [46, '0.1000000000000000055511151231257827', '0.1'],
  [47, '0.10000000000000002', '0.10000000000000002'],
  [48, '0.99999999999999999', '1'],
  [49, '0.9999999999999999', '0.9999999999999999'],
  [50, '1.0000000000000002', '1.0000000000000002'],
  [51, '1.0000000000000001', '1'],
  [52, '3.141592653589793', '3.141592653589793'],
  [53, '333333333.33333329', '333333333.3333333'],
  [54, '4.50', '4.5'],
  [55, '2e-3', '0.002'],
  [56, '0.000000000000000000000000001', '1e-27'],
  [57, '1700000000.0000002', '1700000000.0000002'],
  [58, '1700000000.00000024', '1700000000.0000002'],
  [59, '100000000000000000e-2', '1000000000000000'],
  [60, '-12.50e+1', '-125'],
]

/** Doubles from a fixed sequence, all of them within the range; `exponents` are the biased exponents to spread over. */
const doubles = (fixedBytes, label, count, lowest, highest) => {
  const bytes = fixedBytes(label, count * 10)
  return Array.from({ length: count }, (_, i) => {
    const view = new DataView(new ArrayBuffer(8))
    const exponent = lowest + (bytes.readUInt16BE(i * 10) % (highest - lowest + 1))
    view.setBigUint64(0, bytes.readBigUInt64BE(i * 10 + 2) & 0x800fffffffffffffn)
    view.setUint16(0, view.getUint16(0) | (exponent << 4))
    return view.getFloat64(0)
  })
}

/** [number, comment, lowest and highest biased exponent] */
const ranges = [
  [100, 'of subnormal size', 0, 0],
  [101, 'of the smallest normal sizes', 1, 60],
  [102, 'below 1e-200', 1, 350],
  [103, 'below 1e-100', 350, 690],
  [104, 'below 1e-20', 690, 956],
  [105, 'around 1e-10', 957, 1001],
  [106, 'around 1e-6, where the form changes', 1001, 1004],
  [107, 'below one', 1004, 1022],
  [108, 'from 1 to 2', 1023, 1023],
  [109, 'up to a million', 1023, 1043],
  [110, 'up to 1e12', 1043, 1063],
  [111, 'around 1e15', 1063, 1075],
  [112, 'of every size', 1, 1075],
  [113, 'of every size, again', 1, 1075],
]

export default ({ profiles, profileKits, fixedBytes }) => {
  const [hs512, eddsa] = profiles
  for (const [number, text, expected] of forms) {
    if (JSON.stringify(JSON.parse(text)) !== expected)
      throw new Error(`${number}: ECMAScript writes ${JSON.parse(text)}`)
  }
  const each = forms.map(([number, text, expected]) =>
    test({
      profile: hs512,
      number,
      comment: `${text} is written ${expected}`,
      flag: 'NUMBER_FORM',
      claims: `{"v":${text}}`,
      expect: { v: expected },
    }),
  )
  const many = ranges.map(([number, comment, lowest, highest]) => {
    const values = doubles(fixedBytes, `doubles ${number}`, 100, lowest, highest)
    const written = values.map((value) => value.toExponential(20))
    const expected = values.map((value) => (Object.is(value, -0) ? '0' : String(value)))
    return test({
      profile: hs512,
      number,
      comment: `a hundred doubles ${comment}`,
      flag: 'MANY_DOUBLES',
      claims: `{"v":[${written}]}`,
      expect: { v: `[${expected}]` },
    })
  })
  const all = forms.map(([, text]) => text)
  const together = test({
    profile: eddsa,
    number: 1,
    comment: 'all the forms at once',
    flag: 'NUMBER_FORM',
    claims: `{"v":[${all}]}`,
    expect: { v: `[${forms.map(([, , expected]) => expected)}]` },
  })
  return {
    suite: 'sign-numbers',
    kind: 'sign',
    prefix: 'sgnn',
    notes,
    kits: profileKits(),
    groups: [
      { name: 'forms', tests: [...each, together] },
      { name: 'many doubles', tests: many },
    ],
  }
}
