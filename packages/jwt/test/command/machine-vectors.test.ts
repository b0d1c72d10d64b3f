import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { nodeWorld } from '../../src/command/machine'

const folders: string[] = []

/** A folder to stand in; each test has its own, since Node.js remembers what it found where. */
function project(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kit-jwt-project-')))
  folders.push(folder)
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  return folder
}

afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('the vectors are those that the project in the current folder has', () => {
  const installed = join(project(), 'node_modules', '@kit', 'conformance')
  mkdirSync(installed, { recursive: true })
  writeFileSync(join(installed, 'package.json'), '{"name":"@kit/conformance","version":"1.0.0"}')
  expect(nodeWorld('kit-jwt').vectorFolder()).toBe(join(installed, 'vectors'))
})

test('without a project, they are those that this package finds', () => {
  project()
  expect(readdirSync(nodeWorld('kit-jwt').vectorFolder() as string)).toContain('verify-time.json')
})

test('a folder that is gone is no project', () => {
  vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw new Error('ENOENT')
  })
  expect(readdirSync(nodeWorld('kit-jwt').vectorFolder() as string)).toContain('verify-time.json')
})
