// What `serve --dev` runs with, where nothing is configured.
import { encodeBase64url } from '@kit/jwt/encoding'
import { createAuthority } from '../authority/authority'
import type { IssuerOptions } from '../service/config'
import type { IssuerWorld } from './world'

const SECRET_BYTES = 32

/** An issuer on loopback with keys in memory, a new admin secret, and a policy to try things with. */
export async function devOptions(world: IssuerWorld, port: number): Promise<IssuerOptions & { adminSecret: string }> {
  return {
    authority: await createAuthority({ clock: () => world.now() }),
    issuer: `http://127.0.0.1:${port}`,
    audience: 'internal-api',
    adminSecret: encodeBase64url(world.entropy(SECRET_BYTES)),
    adminPolicy: { roles: ['admin', 'finance'], permissions: ['read:data'] },
  }
}

/** What somebody at a terminal tries first. */
export const tryIt = ({ issuer, adminSecret }: { issuer: string; adminSecret: string }): string =>
  [
    'This is not for production: its keys are in memory, and gone when it ends.',
    'A token:',
    `  curl -s ${issuer}/auth/token -H 'content-type: application/json' \\`,
    `    -H 'x-issuer-secret: ${adminSecret}' -d '{"sub":"u1","roles":["admin"]}'`,
    '',
  ].join('\n')
