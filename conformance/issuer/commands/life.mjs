// Keys over time, and where they come from.
import { env, file, KEK, MONTH, OTHER_PEM, P256_PEM, PRIVATE_PEM, PUBLIC_PEM, run } from './material.mjs'

export const life = [
  { name: 'help', steps: [run('--help'), { argv: [] }, run('help mint'), run('serve --help'), run('--version')] },
  {
    name: 'a start',
    steps: [
      run('init'),
      run('keys'),
      run('mint --sub u1 --roles admin,finance --ttl 3600'),
      run('mint --sub u1 --aud a --aud b --permissions read:data --json'),
      run('rotate'),
      run('doctor'),
      run('init'),
    ],
  },
  { name: 'a start, for machines', steps: [run('init --json --keys k'), run('keys --json'), run('doctor --json')] },
  {
    name: 'an issuer of one’s own',
    steps: [
      run('init --issuer https://auth.example/tenant --audience orders'),
      run('init --issuer http://auth.example'),
      run('init --issuer https://auth.example?a'),
    ],
  },
  {
    name: 'months pass',
    env,
    steps: [
      run('rotate'),
      run('rotate', { after: MONTH }),
      run('keys', { after: MONTH }),
      run('rotate --json', { after: MONTH + 2 * 86_400 }),
      run('doctor', { after: 3 * MONTH }),
      run('doctor', { after: -86_400 }),
    ],
  },
  {
    name: 'a key before its time',
    env,
    steps: [
      run('rotate'),
      run('rotate --now', { after: 424 }),
      run('rotate --now --json', { after: 424 }),
      run('rotate --now', { after: 425 }),
      run('rotate --now', { after: 425 }),
      run('rotate', { after: 850 }),
      run('keys', { after: 850 }),
      run('rotate --now --json', { after: 2 * MONTH }),
      run('rotate --now=yes'),
    ],
  },
  {
    name: 'a new key-encryption key',
    env,
    steps: [
      run('rewrap'),
      run('rewrap', { env: { ...env, ISSUER_KEK: `b=${'B'.repeat(42)}A,${KEK}` } }),
      run('rewrap --json', { env: { ...env, ISSUER_KEK: `b=${'B'.repeat(42)}A,${KEK}` } }),
      run('keys', { env: { ...env, ISSUER_KEK: `b=${'B'.repeat(42)}A` } }),
      run('rewrap', { env }),
      run('rewrap --json', { env: { ...env, ISSUER_KEK: `${KEK},b=${'B'.repeat(42)}A` } }),
      run('rewrap all'),
    ],
  },
  {
    name: 'a key that leaked',
    env,
    steps: [
      run('keys'),
      { argv: ['revoke', '--', '{random 1}'] },
      run('keys'),
      { argv: ['revoke', '--json', '--', '{random 2}'] },
      { argv: ['revoke', '--', '{random 1}'] },
      run('revoke unknown'),
      run('revoke'),
      run('revoke -x'),
    ],
  },
  {
    name: 'keys that were kept as PEM',
    env,
    files: {
      'keys/2026-10/public.pem': file(OTHER_PEM),
      'keys/2026-11/private.pem': file(PRIVATE_PEM, '600'),
      'keys/2026-11/public.pem': file(PUBLIC_PEM),
      'keys/.git/private.pem': file('none of its business'),
    },
    steps: [run('keys'), run('keys --json'), run('mint --sub u1')],
  },
  ...[
    ['others can read it', { 'keys/a/private.pem': file(PRIVATE_PEM) }],
    ['another key beside it', { 'keys/a/private.pem': file(PRIVATE_PEM, '600'), 'keys/a/public.pem': file(OTHER_PEM) }],
    ['another kind of key', { 'keys/a/public.pem': file(P256_PEM) }],
    ['no key', { 'keys/a/private.pem': file('x', '600') }],
    ['a locked key', { 'keys/a/private.pem': file(PRIVATE_PEM.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'), '600') }],
  ].map(([name, files]) => ({ name: `PEM that is refused: ${name}`, env, files, steps: [run('keys')] })),
  {
    name: 'PEM of a public key alone',
    env,
    files: { 'keys/a/public.pem': file(PUBLIC_PEM) },
    steps: [run('keys')],
  },
  {
    name: 'keys that others can read',
    env,
    files: { 'keys/keys-000000000001.json': file('{}') },
    steps: [run('keys'), run('serve'), run('doctor')],
  },
  {
    name: 'keys that are none',
    env,
    files: { 'keys/keys-000000000001.json': file('{}', '600') },
    steps: [run('keys --json'), run('doctor --json')],
  },
  {
    name: 'a folder in the place of .env',
    files: { '.env/a': file('') },
    steps: [run('init'), run('keys')],
  },
]
