// What is wrong in the options of a provider. Each list only ever grows at its end: the ids are its places.
export const TENANT = '8d6f4d1c-2b7a-4c0e-9f53-1a2b3c4d5e6f'
export const CLIENT = '2f1e0d9c-8b7a-4655-9433-2211009f8e7d'
export const TAG = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228'
export const API = 'https://api.example'

export const LONGEST_LABEL = 'a'.repeat(63)
export const NO_HOSTS = [
  ['a scheme', 'https://acme.auth0.com'],
  ['a slash at the end', 'acme.auth0.com/'],
  ['a path', 'acme.auth0.com/x'],
  ['a backslash', 'acme.auth0.com\\x'],
  ['a user', 'acme@evil.example'],
  ['a user and a password', 'a:b@evil.example'],
  ['a port', 'acme.auth0.com:443'],
  ['a query', 'evil.example?acme.auth0.com'],
  ['a fragment', 'evil.example#.auth0.com'],
  ['a space', 'acme.auth0.com '],
  ['a line feed at the end', 'acme.auth0.com\n'],
  ['a tab', '\tacme.auth0.com'],
  ['a percent sign', 'acme%2eauth0.com'],
  ['upper case: issuers are compared as they are written', 'Acme.auth0.com'],
  ['an underscore', 'acme_1.auth0.com'],
  ['a letter of another script', 'аcme.auth0.com'],
  ['a wide full stop', 'acme．auth0.com'],
  ['an empty label', 'acme..auth0.com'],
  ['a dot at the end', 'acme.auth0.com.'],
  ['a dot at the beginning', '.auth0.com'],
  ['a hyphen at the end of a label', 'acme-.auth0.com'],
  ['a hyphen at the beginning', '-acme.auth0.com'],
  ['one label', 'localhost'],
  ['an address', '127.0.0.1'],
  ['an IPv6 address', '[::1]'],
  ['a label of 64 characters', `${LONGEST_LABEL}a.auth0.com`],
  ['254 characters', `${`${LONGEST_LABEL}.`.repeat(3)}${'a'.repeat(57)}.auth`],
  ['a placeholder that nothing filled', '{domain}'],
  ['a wildcard', '*.auth0.com'],
  ['a number', 7],
  ['a list', ['acme.auth0.com']],
  ['an object', { host: 'acme.auth0.com' }],
  ['nothing', ''],
  ['null', null],
]
export const NO_TENANTS = [
  ['everybody who has an account', 'common'],
  ['everybody whose organisation has an account', 'organizations'],
  ['everybody who has an account of their own', 'consumers'],
  ['a domain: tokens name the tenant by its GUID', 'acme.onmicrosoft.com'],
  ['the placeholder that the metadata of all tenants has', '{tenantid}'],
  ['upper case', TENANT.toUpperCase()],
  ['braces', `{${TENANT}}`],
  ['no hyphens', TENANT.replaceAll('-', '')],
  ['one digit too many', `${TENANT}0`],
  ['one digit too few', TENANT.slice(0, -1)],
  ['a digit that is none', TENANT.replace('8', 'g')],
  ['a slash', `${TENANT}/`],
  ['a path before it', `x/${TENANT}`],
  ['a line feed at the end', `${TENANT}\n`],
]
export const NO_TEAMS = [
  ['the domain of the team', 'acme.cloudflareaccess.com'],
  ['another host', 'evil.example/'],
  ['a user', 'x@evil'],
  ['a dot at the end', 'acme.'],
  ['upper case', 'Acme'],
  ['a hyphen at the end', 'acme-'],
  ['64 characters', `${LONGEST_LABEL}a`],
  ['nothing', ''],
]
export const NO_SERVERS = [
  ['a path', 'default/v1'],
  ['a path upwards', '..'],
  ['a hyphen', 'my-server'],
  ['a query', 'default?x'],
  ['a line feed at the end', 'default\n'],
  ['65 characters', 'a'.repeat(65)],
  ['nothing', ''],
  ['null', null],
]
export const NO_GUIDS = [
  ['the identifier of the API as a URI, which is for tokens v1.0', `api://${CLIENT}`],
  ['upper case', CLIENT.toUpperCase()],
  ['one of two that is none', [CLIENT, 'api']],
]
export const NO_TAGS = [
  ['the URL of the application', 'https://app.example'],
  ['63 digits', TAG.slice(1)],
  ['65 digits', `${TAG}0`],
  ['upper case', TAG.toUpperCase()],
]
export const NO_AUDIENCES = [
  ['nothing', ''],
  ['an empty list', []],
  ['an empty text in a list', [API, '']],
  ['a repetition', [API, API]],
  ['a number', 7],
  ['null', null],
  ['an object', { aud: API }],
]
export const NO_PROVIDERS = [
  ['of another name', 'keycloak'],
  ['in upper case', 'Auth0'],
  ['nothing', ''],
  ['a name of all objects', 'constructor'],
  ['another', '__proto__'],
  ['a list of one', ['auth0']],
  ['a number', 0],
  ['null', null],
]
