// The environment on Deno, of which a program may read what --allow-env names, and with --allow-read a key's file.
import { gather } from '../config/variables'

interface Deno {
  readonly env: { get(name: string): string | undefined }
  readonly permissions: {
    querySync(permission: { readonly name: 'env'; readonly variable: string }): { readonly state: string }
  }
}

const host = (): Deno => (globalThis as unknown as { Deno: Deno }).Deno

function read(variable: string): string | undefined {
  const { env, permissions } = host()
  // Asked first: reading what is not permitted throws, or asks whoever sits at the terminal.
  return permissions.querySync({ name: 'env', variable }).state === 'granted' ? env.get(variable) : undefined
}

/** The variables of a kit that the program may read, and those that they name; one that it may not read is not there. */
export const environment = (): Readonly<Record<string, unknown>> => gather(read)

export { readFile } from './process'
