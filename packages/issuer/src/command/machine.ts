// The machine that the commands run on: Node.js and what is like it.
import { nodeWorld } from '@kit/jwt/command'
import type { Tracer } from '../http/spans'
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
  tracer,
  every: (seconds, work) => {
    const timer = setInterval(work, seconds * MILLISECONDS)
    return () => clearInterval(timer)
  },
})

/** None before an SDK is registered, which is for whoever starts the process: spans that nobody collects are not free. */
async function tracer(): Promise<Tracer | undefined> {
  try {
    const { ProxyTracerProvider, trace } = await import('@opentelemetry/api')
    const provider = trace.getTracerProvider()
    const isOff = provider instanceof ProxyTracerProvider && provider.getDelegateTracer('@kit/issuer') === undefined
    return isOff ? undefined : provider.getTracer('@kit/issuer')
  } catch {
    // Not installed.
    return undefined
  }
}
