// npm run -w conformance lint: checks the suite itself. Prints what is wrong, then `N passed, M failed`.
import { doctor } from './lint/doctor.mjs'
import { evidence } from './lint/evidence.mjs'
import { vectorFiles } from './lint/files.mjs'
import { guards, outgoing } from './lint/guards.mjs'
import { issuer, overHttp } from './lint/issuer.mjs'
import { providers } from './lint/providers.mjs'
import { shapes } from './lint/shapes.mjs'
import { faults, flags, identity, inputs, tokens } from './lint/tests.mjs'
import { variables } from './lint/variables.mjs'

const files = vectorFiles()
let passed = 0
let failed = 0
for (const check of [
  shapes,
  identity,
  flags,
  inputs,
  tokens,
  faults,
  evidence,
  variables,
  providers,
  doctor,
  issuer,
  overHttp,
  guards,
  outgoing,
]) {
  for (const [name, problems] of check(files)) {
    if (problems.length === 0) {
      passed += 1
      continue
    }
    failed += 1
    console.log(`failed: ${name}`)
    for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
