// The public faces of the packages as TypeDoc reads them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application, ReflectionKind } from 'typedoc'
import { root } from '../../setup.mjs'

const folderOf = (name) => join(root, 'packages', name)

/** The entries of a package: all that a program imports. What commands share is for this project's own. */
const entriesOf = (name) =>
  Object.keys(JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')).exports)
    .filter((entry) => !entry.endsWith('.json') && entry !== './command')
    .map((entry) => join(folderOf(name), 'src', `${entry === '.' ? 'index' : entry.slice(2)}.ts`))

/** TypeDoc over the entries of a package, or over other files. */
export function application(options = {}, plugins = [], name = 'jwt') {
  return Application.bootstrapWithPlugins({
    plugin: plugins,
    entryPoints: entriesOf(name),
    tsconfig: join(folderOf(name), name === 'jwt' ? 'tsconfig.api.json' : 'tsconfig.json'),
    disableSources: true,
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    // Their values are in docs/error-codes.md, or said where they are used.
    intentionallyNotExported: name === 'jwt' ? ['Bytes', 'CONFIG_ERROR_CODES', 'Got', 'Role', 'TOKEN_ERROR_CODES'] : [],
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
export function* members(project, name = 'jwt') {
  const prefix = name === 'jwt' ? '' : `${name}/`
  for (const entry of project.children)
    for (const one of entry.children ?? [])
      yield* below(one, name === 'jwt' && entry.name === 'index' ? '' : `${prefix}${entry.name}: `)
}

/** The packages that are documented. */
export const PACKAGES = ['jwt', 'issuer', 'http', 'redis']

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
