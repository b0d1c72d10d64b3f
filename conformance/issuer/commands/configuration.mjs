// What is not, or not rightly, configured.
import { client, configured, env, file, KEK, run, without } from './material.mjs'

export const configuration = [
  {
    name: 'what is not configured',
    steps: [
      run('serve'),
      run('keys'),
      run('mint'),
      run('mint --sub u1'),
      ...['JWKS_DIR', 'ISSUER_KEK', 'ISSUER_ADMIN_SECRET'].map((name) => run('serve', { env: without(name) })),
      run('serve --json', { env: without('ISSUER_KEK') }),
      run('mint --sub u1', { env: without('AUTH_AUDIENCE') }),
      run('mint --sub u1 --roles a,,b', { env }),
      run('mint --sub u1 --ttl 86401', { env }),
      run('doctor'),
    ],
  },
  {
    name: 'what may not be configured',
    env,
    steps: [
      run('serve', { env: { ...env, ISSUER_ADMIN_SECRET: 'short' } }),
      run('serve', { env: { ...env, ISSUER_ADMIN_SECRET: '' } }),
      run('serve', { env: { ...env, AUTH_ISSUER: 'http://auth.example' } }),
      run('serve', { env: { ...env, DEFAULT_TTL: '15m' } }),
      run('serve', { env: { ...env, ISSUER_KEK: 'a=b' } }),
      run('serve', { env: { ...env, ISSUER_KEK: 'a' } }),
      run('serve', { env: { ...env, ISSUER_KEK_PATH: 'kek' } }),
      run('keys', { env: { ...without('ISSUER_KEK'), ISSUER_KEK_PATH: 'kek' } }),
      run('keys', { env: { ...without('ISSUER_KEK'), ISSUER_KEK_PATH: 'kek' }, files: { kek: file(KEK) } }),
      run('keys', {
        env: { ...without('ISSUER_KEK'), ISSUER_KEK_PATH: 'kek2' },
        files: { kek2: file(`${KEK}\n`, '600') },
      }),
      run('keys', { env: { ...env, ISSUER_KEK: `b=${'E'.repeat(43)}` } }),
      run('serve --port 65536'),
      run('serve --dev --port 0'),
      run('serve --dev --host 0.0.0.0'),
      run('serve --prot 1'),
      run('start'),
    ],
  },
  {
    name: 'a file of clients',
    steps: [
      run('serve', configured('{')),
      run('serve', { env: { ...env, ISSUER_CONFIG: 'none.json' } }),
      ...[
        { client: [] },
        { adminForm: 1 },
        { timing: 5 },
        { timing: { longest: 1 } },
        { timing: { lead: 1 } },
        { timing: { rotateEvery: 60 } },
        { clients: {} },
        { clients: [{ ...client, secretSha256: 'short' }] },
        { clients: [{ ...client, grants: ['password'] }] },
        { tokenType: 'jwt' },
        { adminPolicy: { roles: [] } },
        { trust: [{ issuer: 'https://idp.example', algorithms: ['EdDSA'] }] },
      ].map((config, index) => ({
        argv: ['serve'],
        env: { ...env, ISSUER_CONFIG: `${index}.json` },
        files: { [`${index}.json`]: file(config) },
      })),
    ],
  },
  {
    name: 'an issuer without the admin form',
    env: { ...without('ISSUER_ADMIN_SECRET', 'AUTH_AUDIENCE'), DEFAULT_TTL: '60', ISSUER_CONFIG: 'issuer.json' },
    files: {
      'issuer.json': file({
        adminForm: false,
        adminPolicy: { roles: ['admin'] },
        clients: [client],
        timing: { longestTtl: 3600 },
        tokenType: 'at+jwt',
        trust: [{ issuer: 'https://idp.example', algorithms: ['EdDSA'], jwksUrl: 'https://idp.example/jwks' }],
      }),
    },
    steps: [run('serve'), run('doctor'), run('mint --sub u1 --ttl 3601'), run('mint --sub u1 --aud orders')],
  },
]
