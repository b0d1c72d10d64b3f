import { ConfigError } from '../errors/errors'
import { Members } from './members'
import type { TrustConfig } from './options'
import table from './providers.json'

/** What a tenant of Auth0 is known by. */
interface Auth0Options {
  /** Host name of the tenant, or one of its own: `acme.eu.auth0.com`. */
  readonly domain: string
  /** Identifiers of APIs, of which a token must name one. */
  readonly audience: string | readonly string[]
}

/** What an authorization server of Okta is known by. */
interface OktaOptions {
  /** Host name of the organisation: `acme.okta.com`. */
  readonly domain: string
  /** Id of the authorization server, `default` unless given. */
  readonly server?: string
  /** Audiences, of which a token must name one: what the server writes. */
  readonly audience: string | readonly string[]
}

/** What a tenant of Microsoft Entra ID is known by. */
interface EntraOptions {
  /** Its GUID, in lower case: `common`, `organizations` and domains are refused. */
  readonly tenant: string
  /** Client ids of APIs, GUIDs, of which a token must name one. */
  readonly audience: string | readonly string[]
}

/** What an application at Google is known by. */
interface GoogleOptions {
  /** Client ids of applications, of which a token must name one. */
  readonly audience: string | readonly string[]
}

/** What an application behind Cloudflare Access is known by. */
interface CloudflareAccessOptions {
  /** Name of the team, without the domain. */
  readonly team: string
  /** AUD tags of applications, of which a token must name one. */
  readonly audience: string | readonly string[]
}

/** What each provider is known by. Host names, GUIDs and the like are written in lower case, and are nothing more. */
export interface ProviderOptions {
  /** A tenant of Auth0. */
  readonly auth0: Auth0Options
  /** An authorization server of Okta. */
  readonly okta: OktaOptions
  /** A tenant of Microsoft Entra ID. */
  readonly entra: EntraOptions
  /** An application at Google. */
  readonly google: GoogleOptions
  /** An application behind Cloudflare Access. */
  readonly 'cloudflare-access': CloudflareAccessOptions
}

/** An outside provider that is known by name. */
export type ProviderName = keyof ProviderOptions

interface Provider extends Pick<Required<TrustConfig>, 'issuer' | 'jwksUrl' | 'algorithms' | 'mapping'> {
  readonly options: readonly { readonly name: string; readonly form: string; readonly default?: string }[]
  /** The form of an audience; any text unless given. */
  readonly audience?: string
}

/**
 * The entry of `trust` that stands for an outside provider: its issuer, the URL of its keys, its algorithm, and which of its
 * claims become permissions and roles. It is plain data, and may be changed before it is used.
 *
 * @param provider - `auth0`, `okta`, `entra`, `google` or `cloudflare-access`
 * @param options - what the provider is known by, and the `audience`, see `ProviderOptions`
 * @returns an entry for `trust`; nothing is fetched
 * @throws ConfigError - `config_invalid`: an unknown provider or option, or a value that is not of the option's form;
 *   `config_missing`: an option
 * @example
 * const auth0 = trustedProvider('auth0', { domain: 'acme.eu.auth0.com', audience: 'https://api.example' })
 * const kit = createKit({ issuer: 'https://issuer.example', audience: 'api', trust: [auth0] })
 */
export function trustedProvider<Name extends ProviderName>(
  provider: Name,
  options: ProviderOptions[Name],
): TrustConfig & { readonly jwksUrl: string } {
  const { forms, providers } = table as {
    readonly forms: Readonly<Record<string, string>>
    readonly providers: Readonly<Record<string, Provider>>
  }
  const row = typeof provider === 'string' && Object.hasOwn(providers, provider) ? providers[provider] : undefined
  if (row === undefined) throw new ConfigError('config_invalid', { variable: 'provider' })
  const members = Members.of(options, [...row.options.map(({ name }) => name), 'audience'])
  const isOf = (form: string, value: unknown): boolean =>
    typeof value === 'string' && new RegExp(`^(?:${forms[form] as string})$`).test(value)
  const values: Record<string, string> = {}
  for (const { name, form, default: fallback } of row.options)
    values[name] = members.read(name, (value) => isOf(form, value)) ?? fallback ?? members.fail('config_missing', name)
  const audience = members.audience('audience') ?? members.fail('config_missing', 'audience')
  const { audience: form } = row
  if (form !== undefined && ![audience].flat().every((one) => isOf(form, one)))
    members.fail('config_invalid', 'audience')
  const filled = (template: string): string =>
    template.replace(/\{([a-z]+)\}/g, (_, name: string) => values[name] as string)
  return {
    issuer: filled(row.issuer),
    audience,
    algorithms: [...row.algorithms],
    jwksUrl: filled(row.jwksUrl),
    ...(Object.keys(row.mapping).length > 0 && { mapping: { ...row.mapping } }),
  }
}
