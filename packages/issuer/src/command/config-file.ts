// The file that AUTH variables have no room for: clients, trusted issuers, and the times of keys.
import type { TrustConfig } from '@kit/jwt'
import { CommandFailure, EXIT, objectOf, quoted, readText, type World } from '@kit/jwt/command'
import { TIMES, type TimingOptions } from '../authority/timing'
import { isObject } from '../json'
import type { ClientConfig } from '../service/clients'
import type { AdminPolicy } from '../service/config'

/** What the file may say. Clients, issuers and the policy are checked by the issuer itself. */
export interface ConfigFile {
  readonly clients?: readonly ClientConfig[]
  readonly trust?: readonly TrustConfig[]
  readonly adminPolicy?: AdminPolicy
  /** False: there is no admin form, and no secret of it. */
  readonly adminForm?: boolean
  readonly tokenType?: 'JWT' | 'at+jwt'
  readonly timing?: TimingOptions
}

const MEMBERS = ['clients', 'trust', 'adminPolicy', 'adminForm', 'tokenType', 'timing']

/** @throws CommandFailure - it cannot be read, is no JSON object, or has a member that nobody knows */
export function readConfigFile(world: World, path: string): ConfigFile {
  const name = quoted(path)
  const file = objectOf(readText(world, path), name)
  const { timing = {}, adminForm = true } = file
  refuseUnknown(name, '', file, MEMBERS)
  if (typeof adminForm !== 'boolean') throw fault(`adminForm in ${name} is neither true nor false`)
  if (!isObject(timing)) throw fault(`timing in ${name} is not a JSON object`)
  refuseUnknown(name, 'timing.', timing, TIMES)
  return file
}

function refuseUnknown(file: string, path: string, object: object, names: readonly string[]): void {
  const unknown = Object.keys(object).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw fault(`there is no member called ${quoted(path + unknown, 'what it is called')} in ${file}`)
}

const fault = (sentence: string): CommandFailure => new CommandFailure(sentence, EXIT.usage, 'config_invalid')
