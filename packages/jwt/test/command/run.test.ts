// What no scenario can say: files that come and go, and errors that nobody foresaw.
import { expect, test } from 'vitest'
import { run } from '../../src/command/main'
import { FileFault, type FileReason } from '../../src/command/world'
import { ScenarioWorld, VERSION } from './world'

test.each<[FileReason, string]>([
  ['exists', "'private.jwk.json' is there already, and a key is never replaced: name another folder with --out"],
  ['denied', "cannot write 'private.jwk.json': permission denied"],
])('a file that cannot be written after all: %s', async (reason, sentence) => {
  const world = new (class extends ScenarioWorld {
    override writeNew(): never {
      throw new FileFault(reason)
    }
  })({ name: '', argv: [] })
  const exit = await run(['keygen'], world, VERSION)
  expect(world.outcome(exit)).toEqual({ exit: 2, stdout: '', stderr: `kit-jwt keygen: ${sentence}.\n`, written: {} })
})

test.each(['entropy', 'readInput', 'list', 'makeFolder', 'writeNew', 'readFile'] as const)(
  'an error that nobody foresaw is told without its message: %s',
  async (name) => {
    const world = new ScenarioWorld({ name: '', argv: [] })
    Object.defineProperty(world, name, {
      value: () => {
        throw new Error('d=nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A')
      },
    })
    const words = { entropy: 'secret', readInput: 'inspect', readFile: 'inspect k' }[name as string] ?? 'keygen'
    const exit = await run([...words.split(' '), '--json'], world, VERSION)
    const stdout = '{"error":{"code":"internal","message":"unexpected"}}\n'
    expect(world.outcome(exit)).toEqual({ exit: 2, stdout, stderr: '', written: {} })
  },
)
