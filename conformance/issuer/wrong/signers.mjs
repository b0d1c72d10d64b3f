// Wrong signers: what is missing in the rooms that have another server sign, and what makes it so in each language.
import { wrong } from '../../mutants/wrong.mjs'

/** What is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
const WRONG = [
  [
    'what comes back is not verified',
    'remote-signer',
    ['if (!(await key.verify(asked, signature))) throw', 'if (signature.length > 64) throw'],
    ['if not key.verify(message, signature):', 'if len(signature) > 64:'],
  ],
  ['a signer starts without having signed', 'remote-signer', ['  await sign(PROBE)\n', ''], ['    sign(_PROBE)\n', '']],
  [
    'a pre-hashed form of Ed25519 is asked for',
    'kms',
    [
      "MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' }),",
      "MessageType: 'DIGEST' as 'RAW', SigningAlgorithm: 'ED25519_PH_SHA_512' as 'ED25519_SHA_512' }),",
    ],
    [
      'MessageType="RAW", SigningAlgorithm="ED25519_SHA_512"',
      'MessageType="DIGEST", SigningAlgorithm="ED25519_PH_SHA_512"',
    ],
  ],
  [
    'an alias is followed each time',
    'kms',
    ['client.sign({ KeyId, Message', 'client.sign({ KeyId: key, Message'],
    ['client.sign(KeyId=arn, ', 'client.sign(KeyId=key, '],
  ],
  [
    'what a client throws reaches the caller',
    'kms',
    [
      "throw new AuthorityError(isUnknown ? 'key_not_found' : 'key_store_unavailable')",
      "throw isUnknown ? new AuthorityError('key_not_found') : error",
    ],
    [
      '        name = _name(error)\n        answer = None\n',
      '        name = _name(error)\n        if name != "NotFoundException":\n            raise\n        answer = None\n',
    ],
  ],
  [
    'more than KMS signs is sent',
    'kms',
    ['const MAX_MESSAGE = 4096', 'const MAX_MESSAGE = 4097'],
    ['_MAX_MESSAGE = 4096', '_MAX_MESSAGE = 4097'],
  ],
  [
    'the end of any key is taken for one',
    'kms',
    ['|| SPKI.some((byte, index) => spki[index] !== byte)', ''],
    [' or not spki.startswith(_SPKI)', ''],
  ],
  [
    'a redirect is followed',
    'exchange',
    ["redirect: 'manual'", "redirect: 'follow'"],
    [
      '    return status, body\n',
      '    return (200 if 300 <= status < 400 else status), body or b\'{"data":{"type":"none"}}\'\n',
    ],
  ],
  [
    'an answer may have any length',
    'exchange',
    ['length > MAX_BYTES', 'length > 1e9'],
    [' and len(body) <= _MAX_BYTES', ''],
  ],
  [
    'what a transport throws reaches the caller',
    'exchange',
    ["throw AuthorityError.is(error) ? error : new AuthorityError('key_store_unavailable')", 'throw error'],
    ['        status, value = 0, None\n', '        raise\n'],
  ],
  [
    'the latest version signs each time',
    'vault',
    ['key_version: version }', 'key_version: 0 }'],
    ['"key_version": wanted}', '"key_version": 0}'],
  ],
  [
    'the version of a signature is not looked at',
    'vault',
    [
      'signature.startsWith(prefix) && readBase64(signature.slice(prefix.length))',
      "readBase64(signature.split(':').at(-1) ?? '')",
    ],
    [
      '_read_base64(signature.removeprefix(prefix)) if signature.startswith(prefix) else None',
      '_read_base64(signature.split(":")[-1])',
    ],
  ],
  [
    'a token is sent to anyone in the clear',
    'vault',
    ['http:\\/\\/(?:localhost|\\[::1\\]|127\\.0\\.0\\.1)', 'http:\\/\\/[\\d.A-Za-z-]+'],
    ['http://(?:localhost|\\[::1\\]|127\\.0\\.0\\.1)', 'http://[\\d.A-Za-z-]+'],
  ],
  ['a derived key is one of many', 'vault', [' || derived === true', ''], [' or data.get("derived") is True', '']],
  [
    'the namespace is not sent',
    'vault',
    ["namespace !== undefined && { 'x-vault-namespace': namespace }", '{}'],
    ['    if namespace is not None:\n', '    if namespace == "":\n'],
  ],
  ['a token ends with the line of its file', 'vault', ['text.trim()', 'text'], ['text.strip() if', 'text if']],
]

/** Of each only the vectors of signers are asked. */
export const typescript = WRONG.flatMap(([name, room, patch]) =>
  wrong(`signers/${room}.ts`, { [name]: patch }).map((one) => ({ ...one, tests: ['kms-signer', 'vault-signer'] })),
)
export const python = WRONG.flatMap(([name, room, , patch]) =>
  wrong(`signers/${room.replace('-', '_')}.py`, { [name]: patch }).map((one) => ({
    ...one,
    tests: ['kms_signer', 'vault_signer'],
  })),
)
