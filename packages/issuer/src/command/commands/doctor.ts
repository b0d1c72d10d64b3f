import { ConfigError } from '@kit/jwt'
import { type Command, CommandFailure, EXIT, readVariables } from '@kit/jwt/command'
import { ofFiles, ofIssuer, ofKeys, ofTimes, ofVariables } from '../checks'
import { type Finding, fault, finding, report } from '../findings'
import { Settings } from '../settings'
import type { IssuerWorld } from '../world'

/** `kit-issuer doctor`: all that is missing, wrong or weak in the configuration of an issuer. */
export const doctor: Command<IssuerWorld> = async (given, world, output) => {
  const variables = readVariables(given, world)
  const empty = Object.entries(variables.values).filter(([name, value]) => value === '' && isOurs(name))
  const findings: Finding[] = empty.map(([name]) => fault('config_invalid', name))
  const settings = new Settings(variables, world)
  const { file } = settings
  const { timing, findings: ofTiming } = ofTimes(file)
  findings.push(
    ...ofVariables(variables, file),
    ...(await ofSettings(settings)),
    ...ofFiles(variables, world),
    ...ofTiming,
  )
  if (timing) findings.push(...(await ofKeys(settings, timing)), ...(await ofIssuer(file, settings, timing)))
  const ok = findings.every(({ level }) => level !== 'error')
  output.result({ findings: findings.map((one) => ({ ...one })), ok }, report(findings, output.style))
  return ok ? EXIT.ok : EXIT.usage
}

const isOurs = (name: string): boolean => /^(?:AUTH|ISSUER)_/.test(name) || ['JWKS_DIR', 'DEFAULT_TTL'].includes(name)

/** Settings that are read by others than the doctor. */
async function ofSettings(settings: Settings): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const read of [() => settings.keks(), async () => settings.seconds('DEFAULT_TTL')])
    try {
      await read()
    } catch (error) {
      if (ConfigError.is(error)) findings.push(fault(error.code, error.variable ?? ''))
      else if (!(error instanceof CommandFailure)) throw error
      else if (error.code !== 'config_missing') findings.push(finding('setting_invalid', 'ISSUER_KEK_PATH'))
    }
  return findings
}
