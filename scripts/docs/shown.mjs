// Blocks that cannot be run: what can be checked of them is.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

const DIAGRAMS = ['flowchart', 'sequenceDiagram', 'stateDiagram-v2', 'classDiagram', 'timeline', 'gantt', 'graph']

/** What people type before the command is there, or what takes minutes: anything else is `sh`, and is run. */
const INSTALLS = /^(?:npm (?:i|ci|install)\b|pip install |git clone |cd |npx changeset\b)/

const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)
const targets = [...readFileSync(join(root, 'Makefile'), 'utf8').matchAll(/^([a-z]+):/gm)].map(([, name]) => name)

/** Languages that are shown and not run, each with what is checked: a fault, or undefined. */
const SHOWN = {
  json: jsonFault,
  mermaid: (text) => {
    const [first] = text.trim().split(/\s/)
    return DIAGRAMS.includes(first) ? undefined : `mermaid draws no '${first}'`
  },
  console: (text) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('$ '))
      .map((line) => consoleFault(line.slice(2)))
      .find(Boolean),
  dotenv: (text) => {
    const wrong = text.split('\n').find((line) => !/^(?:#.*|[A-Z][A-Z0-9_]*=\S*|[A-Z][A-Z0-9_]*='[^']*'|)$/.test(line))
    return wrong && `not NAME=value: ${wrong}`
  },
  diff: () => undefined,
  text: () => undefined,
}

function jsonFault(text) {
  try {
    JSON.parse(text)
  } catch (error) {
    return `not JSON: ${error.message}`
  }
}

function consoleFault(command) {
  const [, runner, name] = /^(make|npm run) ([\w:-]+)/.exec(command) ?? []
  if (runner === 'make') return targets.includes(name) ? undefined : `there is no target '${name}'`
  if (runner === 'npm run') return scripts.includes(name) ? undefined : `there is no script '${name}'`
  return INSTALLS.test(command) || command === 'npm test' || command.startsWith('npm test -- ')
    ? undefined
    : `\`${command}\` is to be run: write it as \`sh\``
}

/** The languages of blocks that are run. */
const RUN = ['ts', 'python', 'sh']

/** @returns faults of the blocks of a page that are not run, and of those that nobody knows */
export function checkShown(page) {
  const faults = []
  for (const { language, text, line } of page.blocks) {
    if (RUN.includes(language)) continue
    const known = Object.hasOwn(SHOWN, language)
    const message = known
      ? SHOWN[language](text)
      : `a block of '${language || 'no language'}' can be neither run nor shown`
    if (message) faults.push({ line, message })
  }
  for (const [index, line] of page.text.split('\n').entries())
    if (/^(?: {4,}|\t)(?:`{3}|~{3})/.test(line))
      faults.push({ line: index + 1, message: 'a fence that is indented too far' })
  return faults
}

/** Where one language is shown, the other stands in the same section, or a marker says why not. @returns faults */
export function checkLanguages(page) {
  return page.sections.flatMap(({ heading, line, allows }, index) => {
    const shown = new Set(page.blocks.filter((block) => block.section === index).map((block) => block.language))
    const reason = allows.map((text) => /^one language: (\S.*)$/s.exec(text)).find(Boolean)
    const isLopsided = shown.has('ts') !== shown.has('python')
    if (isLopsided && !reason) return [{ line, message: `'${heading}' shows one language alone` }]
    if (!isLopsided && reason)
      return [{ line, message: `'${heading}' shows both languages, or none: its marker is idle` }]
    return []
  })
}
