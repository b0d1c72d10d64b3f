import { join } from 'node:path'
import { python, root, run } from './setup.mjs'

const folders = [
  '.',
  '../conformance/soak/python',
  '../conformance/redis/chaos/python',
  '../examples/entitlements/python',
  '../examples/frameworks',
  '../bench/python',
]

run(python, ['-m', 'ruff', 'format', ...folders], { cwd: join(root, 'python') })
run(python, ['-m', 'ruff', 'check', '--fix', ...folders], { cwd: join(root, 'python') })
