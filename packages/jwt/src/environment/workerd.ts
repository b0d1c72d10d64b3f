// The environment of a Cloudflare Worker: its variables, secrets and bindings.
import { env } from 'cloudflare:workers'

/** Variables, secrets and bindings by name. */
export const environment = (): Readonly<Record<string, unknown>> => env

/** There are no files in a Worker. */
export const readFile = undefined
