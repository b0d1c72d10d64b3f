// Everything is scaled alike, so that lead and retention hold; a verifier of the kits waits 30 of these seconds before it asks
// for an unknown key again, whatever the configuration says.

/** Seconds of the processes' clocks in one of ours. */
export const SPEED = 30

/** In seconds of the processes' clocks. */
export const TIMES = { rotateEvery: 165, maxAge: 30, cooldown: 60, leeway: 60, longestTtl: 120, refresh: 15 }

export const ISSUER = 'https://issuer.example'
export const AUDIENCE = 'api'

/** A clock that began together with those of all other processes, and is apart from them by so much. */
export const clockOf = (origin, offset) => () => (origin + (Date.now() - origin) * SPEED) / 1000 + offset
