// Runtimes that are programs: one process for each, whose lines of JSON come while it works.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const bench = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program to its end. Throws what it said where it failed. */
export async function eachLine(command, args, tell, cwd = bench) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = []
  child.stderr.on('data', (chunk) => said.push(chunk))
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  for await (const line of createInterface({ input: child.stdout })) tell(JSON.parse(line))
  const status = await ended
  if (status !== 0)
    throw new Error(`${command} ended with ${status}: ${Buffer.concat(said).toString().trim().slice(-1500)}`)
}

/** Writes a file of a run and gives its path. */
export function written(folder, name, value) {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(value))
  return path
}
