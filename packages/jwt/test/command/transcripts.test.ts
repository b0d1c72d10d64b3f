import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './driver'
import type { Outcome, Scenario } from './world'

type Lines = string | readonly string[]

interface Expected {
  readonly exit: number
  readonly stdout?: Lines
  readonly stderr?: Lines
  readonly written?: Readonly<
    Record<string, { readonly mode: string; readonly text: Lines } | { readonly folder: true }>
  >
}

const folder = fileURLToPath(new URL('../../../../conformance/command/transcripts/', import.meta.url))
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

const textOf = (lines: Lines = []): string =>
  typeof lines === 'string' ? lines : lines.map((line) => `${line}\n`).join('')

const whole = ({ exit, stdout, stderr, written = {} }: Expected): Outcome => ({
  exit,
  stdout: textOf(stdout),
  stderr: textOf(stderr),
  written: Object.fromEntries(
    Object.entries(written).map(([path, file]) => [
      path,
      'folder' in file ? file : { mode: file.mode, text: textOf(file.text) },
    ]),
  ),
})

test('there are transcripts', () => {
  expect(files.length).toBeGreaterThan(1)
})

for (const file of files) {
  const { scenarios } = JSON.parse(readFileSync(folder + file, 'utf8')) as {
    readonly scenarios: readonly (Scenario & { readonly expected: Expected })[]
  }
  describe(file, () => {
    for (const { expected, ...scenario } of scenarios)
      test(scenario.name, async () => {
        expect(await outcomeOf(scenario)).toEqual(whole(expected))
      })
  })
}
