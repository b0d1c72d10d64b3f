// Mutation tools write into the tree that they test: they get a copy.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

/** A fresh copy of some folders of the repository, without what was built or installed. */
export function copyOf(name, folders) {
  const workplace = join(root, '.make', 'mutants', name)
  rmSync(workplace, { recursive: true, force: true })
  mkdirSync(workplace, { recursive: true })
  const skipped = /(^|[\\/])(node_modules|dist|\.turbo|__pycache__|\.venv|coverage|reports)$/
  for (const folder of folders)
    cpSync(join(root, folder), join(workplace, folder), {
      recursive: true,
      filter: (path) => !skipped.test(path.slice(root.length)),
    })
  return workplace
}

/** Runs a command, showing a dot for what it prints, and resolves to its output. */
export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let dots = 0
    const hear = (chunk) => {
      output += chunk
      if (process.stdout.isTTY && dots++ % 50 === 0) process.stdout.write('.')
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}
