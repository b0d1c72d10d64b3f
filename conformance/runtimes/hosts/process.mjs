// Runtimes that are programs: what they print is the results.
import { spawn } from 'node:child_process'
import { here } from '../install.mjs'

/** Runs a program to its end; its lines of JSON. Throws what it said where it gave none. */
export async function linesOf(command, args, options = {}) {
  const child = spawn(command, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended(child)])
  const lines = out.split('\n').filter(Boolean)
  if (lines.length === 0) throw new Error(err.trim().slice(-1500) || 'it printed nothing')
  return lines.map((line) => JSON.parse(line))
}

async function textOf(stream) {
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const ended = (child) =>
  new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
