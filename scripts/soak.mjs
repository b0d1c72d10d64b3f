// `make soak`: installs what is needed, then ten minutes of rotating keys and failing endpoints under load.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { python, root, setup } from './setup.mjs'

setup()
const args = [join(root, 'conformance', 'soak', 'soak.mjs'), '--seconds', '600', ...process.argv.slice(2)]
const done = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, KIT_PYTHON: python } })
process.exit(done.status ?? 1)
