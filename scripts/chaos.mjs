// `make chaos`: installs what is needed, then lets Redis fail under load, five times in a row.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { python, root, setup } from './setup.mjs'

setup()
const args = [join(root, 'conformance', 'redis', 'chaos.mjs'), '--times', '5', ...process.argv.slice(2)]
const done = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, KIT_PYTHON: python } })
process.exit(done.status ?? 1)
