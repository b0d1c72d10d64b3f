/** Variables in which programs say where they run. */
const VARIABLES = ['NODE_ENV', 'APP_ENV', 'ENVIRONMENT']

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>
  emitWarning?(warning: string, options: { readonly type: string; readonly code: string }): void
}

let warned = false

/** Warns, once, where one of these variables says `production` or `prod`; there is no other effect. */
export function warnInProduction(): void {
  const { process } = globalThis as { process?: Process }
  const variable = VARIABLES.find((name) => /^prod(uction)?$/i.test(textOf(process, name)))
  if (warned || variable === undefined) return
  warned = true
  const message = `the testing kit was loaded where ${variable} says production: its keys are published, trust none of them`
  process?.emitWarning?.(message, { type: 'KitJwtWarning', code: 'KIT_JWT_TESTING' })
}

function textOf(process: Process | undefined, name: string): string {
  try {
    return process?.env?.[name] ?? ''
  } catch {
    // Deno throws where it may not read the environment: then there is nothing to know.
    return ''
  }
}
