// `make demo`: installs what is needed, then tells the story.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { python, root, setup } from './setup.mjs'

setup()
const done = spawnSync(process.execPath, [join(root, 'examples', 'gateway', 'demo.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, KIT_PYTHON: python },
})
process.exit(done.status ?? 1)
