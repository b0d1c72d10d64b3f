// Reads what is linted. Paths are given from conformance/.
import { readdirSync, readFileSync } from 'node:fs'

const HERE = new URL('../', import.meta.url)

export const readJson = (path) => JSON.parse(readFileSync(new URL(path, HERE), 'utf8'))
export const listed = (folder) =>
  readdirSync(new URL(folder, HERE))
    .filter((name) => name.endsWith('.json'))
    .sort()

export const vectorFiles = () => listed('vectors/').map((name) => ({ name, file: readJson(`vectors/${name}`) }))
export const testsOf = (file) => file.groups.flatMap((group) => group.tests)
