// The machine that the commands run on: Node.js and what is like it.
import { nodeWorld } from '@kit/jwt/command'
import { fileKeyStore } from '../stores/file'
import { listen } from './server'
import { TEXTS } from './texts'
import type { IssuerWorld } from './world'

const MILLISECONDS = 1000

/** The world of this process. */
export const issuerWorld = (): IssuerWorld => ({
  ...nodeWorld(TEXTS.name),
  keyStore: fileKeyStore,
  listen,
  every: (seconds, work) => {
    const timer = setInterval(work, seconds * MILLISECONDS)
    return () => clearInterval(timer)
  },
})
