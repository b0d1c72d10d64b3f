// The doctor, and an issuer that runs.
import { client, env, file, KEK, run, without } from './material.mjs'

export const running = [
  {
    name: 'the doctor',
    steps: [
      run('keys', { env }),
      run('doctor', { env }),
      run('doctor', { env: { ...env, ISSUER_ADMIN_SECRET: 'a'.repeat(32), DEFAULT_TTL: '7200' } }),
      run('doctor', {
        env: { ...env, ISSUER_ADMIN_SECRET: 'short', DEFAULT_TTL: '15m', AUTH_ISSUER: 'http://a.example' },
      }),
      run('doctor', { env: { ...env, ISSUER_KEK: 'a', JWKS_DIR: '' } }),
      run('doctor', { env: { ...env, ISSUER_KEK: `b=${'E'.repeat(43)}` } }),
      run('doctor', { env: { ...env, JWKS_DIR: 'nowhere' } }),
      run('doctor', { env: { ...without('ISSUER_KEK'), ISSUER_KEK_PATH: 'kek' }, files: { kek: file(KEK) } }),
      run('doctor', { env: { ...without('ISSUER_KEK'), ISSUER_KEK_PATH: 'none' } }),
      run('doctor', { env: without('ISSUER_KEK', 'AUTH_AUDIENCE', 'ISSUER_ADMIN_SECRET') }),
      ...[
        { adminForm: false },
        {
          clients: [client],
          trust: [{ issuer: 'https://idp.example', algorithms: ['RS256'], jwksUrl: 'https://idp.example/k' }],
        },
        { clients: [{ ...client, grants: ['password'] }] },
        { timing: { leeway: 0, longestTtl: 172_800, rotateEvery: 8_640_000 } },
        { timing: { leeway: 120 } },
        { clients: {}, trust: {}, tokenType: 'JWT', adminPolicy: { roles: ['admin'] } },
        { clients: [1], trust: [1] },
        { trust: [{ issuer: 'https://idp.example' }] },
        { timing: { lead: 1 } },
      ].map((config, index) => ({
        argv: ['doctor'],
        env: { ...env, ISSUER_CONFIG: `${index}.json` },
        files: { [`${index}.json`]: file(config) },
      })),
    ],
  },
  {
    name: 'a .env file that others can read',
    files: { '.env': file('AUTH_ISSUER=https://auth.example\n') },
    steps: [run('doctor')],
  },
  { name: 'a port that is taken', env, listen: 'taken', steps: [run('serve'), run('serve --port 80 --json')] },
  {
    name: 'an issuer that runs',
    env,
    listen: 'ended',
    steps: [run('serve'), run('serve --host 0.0.0.0'), run('serve --dev --metrics')],
  },
  { name: 'colours', env, terminal: ['stdout', 'stderr'], steps: [run('keys'), run('doctor'), run('revoke x')] },
]
