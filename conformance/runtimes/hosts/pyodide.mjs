// CPython compiled to WebAssembly, inside Node.js: the wheel, and the vectors on the awaitable face.
import { readFileSync } from 'node:fs'

const SHIM = `
import json
from dataclasses import asdict

async def run(text):
    from kit_jwt.conformance import run_file_awaiting

    return json.dumps([asdict(result) for result in await run_file_awaiting(json.loads(text))])

run
`

/** A Pyodide with the wheel in it, and nothing else that is not Python's own. */
export async function startPyodide(wheel) {
  const { loadPyodide } = await import('pyodide')
  const pyodide = await loadPyodide()
  pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), 'wheel')
  return pyodide
}

export async function runInPyodide(paths, wheel) {
  const pyodide = await startPyodide(wheel)
  const run = pyodide.runPython(SHIM)
  const results = []
  for (const path of paths) results.push(...JSON.parse(await run(readFileSync(path, 'utf8'))))
  const version = pyodide.runPython('import platform; platform.python_version()')
  return { version: `${pyodide.version} (${version})`, results }
}
