// What the variables and the file say, each told by its name where it is missing or wrong.
import { ConfigError } from '@kit/jwt'
import {
  type Arguments,
  CommandFailure,
  EXIT,
  isOpen,
  quoted,
  readText,
  readVariables,
  trimmed,
  type Variables,
  type World,
} from '@kit/jwt/command'
import { type Authority, createAuthority } from '../authority/authority'
import type { Change } from '../authority/changes'
import { type Keks, readKeks } from '../sealing/kek'
import { type ConfigFile, readConfigFile } from './config-file'
import { takeOver } from './taking-over'
import { TEXTS } from './texts'
import type { IssuerWorld } from './world'

const SECONDS = /^[1-9][0-9]{0,8}$/

/** The configuration of an issuer, read as far as it is asked for. */
export class Settings {
  readonly file: ConfigFile

  /** @throws CommandFailure - the file that ISSUER_CONFIG names */
  constructor(
    readonly variables: Variables,
    readonly world: IssuerWorld,
  ) {
    const path = this.text('ISSUER_CONFIG')
    this.file = path === undefined ? {} : readConfigFile(world, path)
  }

  /** A variable. @throws ConfigError - it is set to nothing */
  text(name: string): string | undefined {
    const value = this.variables.values[name]
    if (value === '') throw new ConfigError('config_invalid', { variable: name })
    return value
  }

  /** @throws CommandFailure - it is not set, with the command that makes one */
  required(name: string): string {
    const value = this.text(name)
    if (value !== undefined) return value
    throw new CommandFailure(`${name} is not set: '${TEXTS.name} init' makes one`, EXIT.usage, 'config_missing')
  }

  /** Seconds, as a variable says them. @throws ConfigError */
  seconds(name: string): number | undefined {
    const value = this.text(name)
    if (value !== undefined && !SECONDS.test(value)) throw new ConfigError('config_invalid', { variable: name })
    return value === undefined ? undefined : Number(value)
  }

  /** The key-encryption keys: of a variable, or of a file that only its owner can read. */
  async keks(): Promise<Keks> {
    const path = this.text('ISSUER_KEK_PATH')
    if (path !== undefined && this.text('ISSUER_KEK') !== undefined)
      throw new ConfigError('config_conflict', { variable: 'ISSUER_KEK_PATH' })
    const text = path === undefined ? this.required('ISSUER_KEK') : readPrivate(this.world, path)
    return named({ kek: path === undefined ? 'ISSUER_KEK' : 'ISSUER_KEK_PATH' }, () => readKeks(text))
  }

  /** The owner of the keys in JWKS_DIR, which are made where there are none. */
  async authority(onChange: (change: Change) => void = () => {}): Promise<Authority> {
    const { world } = this
    const folder = this.required('JWKS_DIR')
    const keks = await this.keks()
    const { timing = {} } = this.file
    const names = Object.fromEntries(Object.keys(timing).map((name) => [name, `timing.${name}`]))
    const clock = () => world.now()
    const store = world.keyStore(folder)
    return named(
      { lead: 'timing.lead', retention: 'timing.retention', rotateEvery: 'timing.rotateEvery', ...names },
      () =>
        takeOver({ folder, world, store, keks, timing }).then(() =>
          createAuthority({ ...timing, store, keks, onChange, clock }),
        ),
    )
  }
}

/** @throws CommandFailure */
export const readSettings = (given: Arguments, world: IssuerWorld): Settings =>
  new Settings(readVariables(given, world), world)

/** Speaks of settings by the names that people gave them. */
export async function named<Result>(
  names: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    const { code, variable = '' } = error
    throw new ConfigError(code, { variable: names[variable] ?? variable })
  }
}

/** @throws CommandFailure - others can read it too */
function readPrivate(world: World, path: string): string {
  const text = trimmed(readText(world, path))
  if (isOpen(path, world))
    throw new CommandFailure(`${quoted(path)} is open to others: chmod 600`, EXIT.usage, 'config_invalid')
  return text
}
