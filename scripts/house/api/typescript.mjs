// The public face of @kit/jwt as TypeDoc reads it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application, ReflectionKind } from 'typedoc'
import { root } from '../../setup.mjs'

const jwt = join(root, 'packages', 'jwt')

/** The entries of the package: all that a program imports. */
const entries = Object.keys(JSON.parse(readFileSync(join(jwt, 'package.json'), 'utf8')).exports)
  .filter((entry) => !entry.endsWith('.json'))
  .map((entry) => (entry === '.' ? 'index' : entry.slice(2)))

/** TypeDoc over the entries of the package, or over other files. */
export function application(options = {}, plugins = []) {
  return Application.bootstrapWithPlugins({
    plugin: plugins,
    entryPoints: entries.map((entry) => join(jwt, 'src', `${entry}.ts`)),
    tsconfig: join(jwt, 'tsconfig.api.json'),
    disableSources: true,
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    // Their values are in docs/error-codes.md, or said where they are used.
    intentionallyNotExported: ['Bytes', 'CONFIG_ERROR_CODES', 'Got', 'Role', 'TOKEN_ERROR_CODES'],
    // Types are checked elsewhere.
    skipErrorChecking: true,
    readme: 'none',
    sort: ['source-order'],
    logLevel: 'Warn',
    treatWarningsAsErrors: true,
    ...options,
  })
}

/** Everything public with its comment: name, kind, and what can be called with its signature. */
export function* members(project) {
  for (const entry of project.children)
    for (const one of entry.children ?? []) yield* below(one, entry.name === 'index' ? '' : `${entry.name}: `)
}

function* below(one, path) {
  if (one.kind === ReflectionKind.Reference || one.inheritedFrom || one.kind === ReflectionKind.Accessor) return
  const name = path + one.name
  const kind = ReflectionKind.singularString(one.kind).toLowerCase()
  const signatures = (one.signatures ?? one.type?.declaration?.signatures ?? []).filter((each) => !each.inheritedFrom)
  for (const signature of signatures) yield { name, kind, comments: [one.comment, signature.comment], signature }
  if (signatures.length === 0 && !one.signatures) yield { name, kind, comments: [one.comment] }
  for (const child of one.children ?? one.type?.declaration?.children ?? []) yield* below(child, `${name}.`)
}

const text = (parts) =>
  (parts ?? [])
    .map((part) => part.text)
    .join('')
    .trim()

/** What the comments of a member say before any tag. */
export const summary = ({ comments }) => comments.map((comment) => text(comment?.summary)).join('')

/** What they say under a tag, once for each time that it stands there. */
export const tagged = ({ comments }, tag) =>
  comments
    .flatMap((comment) => (comment?.blockTags ?? []).filter((block) => block.tag === tag))
    .map((block) => text(block.content))

/** What a parameter is said to be. */
export const meaning = (parameter) => text(parameter.comment?.summary)
