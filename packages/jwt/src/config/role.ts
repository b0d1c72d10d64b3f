import type { Material } from './resolve'

/** What a service needs its kit for: a `producer` signs, a `consumer` verifies. */
export type Role = 'producer' | 'consumer'

/**
 * Holds the material of an environment against what it has to be good for.
 *
 * @throws ConfigError - `config_missing`
 */
export function requireRole(role: Role, { members, settings, signing }: Material): void {
  if (role === 'consumer' && settings.audience === undefined) members.fail('config_missing', 'audience')
  if (role === 'producer' && !signing.signs)
    members.fail('config_missing', signing.profile === 'EdDSA' ? 'privateKey' : 'secret')
}
