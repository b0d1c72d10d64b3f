import { join } from 'node:path'
import { python, root, run } from './setup.mjs'

run(python, ['-m', 'ruff', 'format', '.'], { cwd: join(root, 'python') })
run(python, ['-m', 'ruff', 'check', '--fix', '.'], { cwd: join(root, 'python') })
