// A program that runs the tests of a wrong version.
import { spawnSync } from 'node:child_process'

/** How it ended, and all that it wrote, without colours; one that takes longer than so many seconds is ended. */
export function outputOf(program, args, { cwd, env, seconds }) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env, NO_COLOR: '1' },
    encoding: 'utf8',
    timeout: seconds * 1000,
  })
  return { status, output: `${stdout}${stderr}` }
}
