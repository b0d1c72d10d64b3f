import type { KitDescription } from '../../config/describe'
import type { JsonObject } from '../../encoding/json-value'
import { revealedStart } from './shown'

/** A kit's description of itself, as it may be shown. A kit of an environment has an issuer. */
export type ShownKit = KitDescription & JsonObject & { readonly issuer: string }

const FIRST = 6

/** Hides what could be a secret in the wrong place; thumbprints of keys are none, and a pin begins as one. */
export function shownKit(kit: KitDescription): ShownKit {
  const thumbprints = kit.publicKeys.map(({ thumbprint }) => thumbprint)
  const shown = (text: string): string => (thumbprints.includes(text) ? text : revealedStart(text))
  const optional = (text: string | null): string | null => (text === null ? null : shown(text))
  return {
    ...kit,
    issuer: shown(kit.issuer ?? ''),
    audience: kit.audience?.map(shown) ?? null,
    signs: kit.signs && { ...kit.signs, kid: optional(kit.signs.kid) },
    secrets: kit.secrets.map((key) => ({ ...key, kid: optional(key.kid) })),
    publicKeys: kit.publicKeys.map((key) => ({ ...key, kid: shown(key.kid) })),
    jwksUrl: optional(kit.jwksUrl),
    jwksService: optional(kit.jwksService),
    allowedThumbprints: kit.allowedThumbprints.map((pin) =>
      thumbprints.includes(pin) ? pin : `${pin.slice(0, FIRST)}…`,
    ),
  }
}
