// The steps of `npm test`, in their order: what each runs, and how its output is counted.
import { join } from 'node:path'
import { check, junit, nodeTest, summaryLine, vitest } from './counts.mjs'
import { python, root } from './setup.mjs'

/** Where test runners write what they counted. */
export const reports = join(root, '.make', 'reports')
const npm = (...args) => ['npm', args]
const node = (...args) => [process.execPath, args]
const py = (...args) => [python, args]
/** Python of the conformance suite, seen from python/. */
const suites = ['python', 'issuer', 'limits', 'soak/python', 'redis/chaos/python']
const beside = suites.map((folder) => `../conformance/${folder}`)
/** Examples in Python. */
const programs = ['../examples/entitlements/python', '../examples/frameworks']
const inPython = join(root, 'python')
const packages = { typescript: 'jwt', issuer: 'issuer', http: 'http', redis: 'redis' }
const vitestReport = (name) => join(reports, `vitest-${name}.json`)
const pytestReport = join(reports, 'pytest.xml')

export const STEPS = [
  { name: 'build', command: npm('run', '--silent', 'build'), count: check },
  { name: 'typescript types', command: npm('run', '--silent', 'typecheck'), count: check },
  { name: 'typescript lint', command: npm('run', '--silent', 'lint'), count: check },
  { name: 'typescript lint with types', command: npm('run', '--silent', 'lint:types'), count: check },
  ...Object.entries(packages).map(([name, one]) => ({
    name: `${name} layers`,
    command: npm('run', '--silent', 'layers', '-w', `@kit/${one}`),
    count: check,
  })),
  { name: 'unused code', command: npm('run', '--silent', 'unused'), count: check },
  ...Object.values(packages).map((one) => ({
    name: `package lint of @kit/${one}`,
    command: npm('run', '--silent', 'lint:package', '-w', `@kit/${one}`),
    count: check,
  })),
  {
    name: 'python types',
    command: py('-m', 'mypy', 'src', 'tests', ...beside, ...programs),
    cwd: inPython,
    count: check,
  },
  { name: 'python types with pyright', command: npm('run', '--silent', 'lint:python'), count: check },
  {
    name: 'python layers',
    command: py('-c', 'from importlinter.cli import lint_imports_command as run; run()', '--no-cache', '--no-logo'),
    cwd: inPython,
    count: check,
  },
  {
    name: 'python lint',
    command: py('-m', 'ruff', 'check', '.', ...beside, ...programs, '../bench/python'),
    cwd: inPython,
    count: check,
  },
  {
    name: 'python format',
    command: py('-m', 'ruff', 'format', '--check', '.', ...beside, ...programs, '../bench/python'),
    cwd: inPython,
    count: check,
  },
  {
    name: 'the house',
    command: node(
      '--test',
      'scripts/house.test.mjs',
      'scripts/require.test.mjs',
      'scripts/docs/docs.test.mjs',
      'conformance/runtimes/expectations.test.mjs',
      'scripts/release/version.test.mjs',
      'conformance/archives.test.mjs',
      'bench/tests/bench.test.mjs',
    ),
    count: nodeTest,
  },
  { name: 'no secrets', command: npm('run', '--silent', 'secrets'), count: check },
  { name: 'licences of dependencies', command: node('scripts/house/licences.mjs', '--check'), count: check },
  {
    name: 'docstrings and the api reference',
    command: node('--test', 'scripts/house/api/api.test.mjs'),
    count: nodeTest,
  },
  { name: 'planted faults are noticed', command: node('--test', 'scripts/house/planted.test.mjs'), count: nodeTest },
  {
    name: 'vectors are what their sources say',
    command: node('conformance/generator/generate.mjs', '--check'),
    count: check,
  },
  {
    name: 'texts are what their sources say',
    command: node('conformance/generator/texts.mjs', '--check'),
    count: check,
  },
  {
    name: 'tokens for tests are what their source says',
    command: node('conformance/generator/testing.mjs', '--check'),
    count: check,
  },
  {
    name: 'the table of variables is what its source says',
    command: node('conformance/generator/configuration.mjs', '--check'),
    count: check,
  },
  {
    name: 'providers are what their source says',
    command: node('conformance/generator/providers.mjs', '--check'),
    count: check,
  },
  {
    name: 'key documents are what their source says',
    command: node('conformance/issuer/documents.mjs', '--check'),
    count: check,
  },
  {
    name: 'requests to an issuer are what their source says',
    command: node('conformance/issuer/http.mjs', '--check'),
    count: check,
  },
  {
    name: 'requests to a guard are what their source says',
    command: node('conformance/http/guard.mjs', '--check'),
    count: check,
  },
  {
    name: 'draws on limits are what their source says',
    command: node('conformance/limits/gcra.mjs', '--check'),
    count: check,
  },
  {
    name: 'scripts of Redis are what their source says',
    command: node('conformance/redis/scripts.mjs', '--check'),
    count: check,
  },
  { name: 'vectors lint', command: node('conformance/lint.mjs'), count: summaryLine },
  ...Object.entries(packages).map(([name, one]) => ({
    name: `${name} tests`,
    command: npm(
      'exec',
      '--',
      'vitest',
      'run',
      '--coverage',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport(one)}`,
    ),
    cwd: join(root, 'packages', one),
    count: vitest(vitestReport(one)),
  })),
  {
    // Without promises WebCrypto can do nothing.
    name: 'typescript tests with WebCrypto',
    command: npm(
      'exec',
      '--',
      'vitest',
      'run',
      '--exclude=test/*sync.test.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport('web')}`,
    ),
    cwd: join(root, 'packages', 'jwt'),
    env: { KIT_CRYPTO: 'web' },
    count: vitest(vitestReport('web')),
  },
  {
    name: 'python tests',
    command: py('-m', 'coverage', 'run', '-m', 'pytest', '-q', `--junitxml=${pytestReport}`),
    cwd: inPython,
    count: junit(pytestReport),
  },
  { name: 'python coverage', command: py('-m', 'coverage', 'report', '--skip-covered'), cwd: inPython, count: check },
  { name: 'runtimes', command: node('scripts/conformance.mjs'), count: summaryLine },
  {
    name: 'adapters in their runtimes',
    // One after the other: each installs what the others run in.
    command: node(
      '--test',
      '--test-concurrency=1',
      ...['processes', 'workers', 'replay', 'services', 'pyodide', 'packaging', 'wheel'].map(
        (name) => `conformance/runtimes/tests/${name}.test.mjs`,
      ),
    ),
    count: nodeTest,
  },
  { name: 'docs', command: node('scripts/docs/check.mjs'), count: summaryLine },
  { name: 'across languages', command: node('conformance/across.mjs'), count: summaryLine },
  { name: 'issuer across languages', command: node('conformance/issuer/across.mjs'), count: summaryLine },
  { name: 'issuer and the clients of others', command: node('conformance/issuer/clients.mjs'), count: summaryLine },
  {
    name: 'remote signers and the servers of others',
    command: node('conformance/issuer/servers.mjs'),
    count: summaryLine,
  },
  { name: 'issuer processes', command: node('conformance/issuer/processes.mjs'), count: summaryLine },
  {
    name: 'issuer processes on one Redis',
    command: node('conformance/issuer/processes.mjs', '--store', 'redis', '--seconds', '15'),
    count: summaryLine,
  },
  { name: 'limits under load, from outside', command: node('conformance/limits/load.mjs'), count: summaryLine },
  { name: 'no hot path is slower than it was', command: node('bench/gate.mjs'), count: summaryLine },
  { name: 'soak', command: node('conformance/soak/soak.mjs'), count: summaryLine },
  {
    name: 'planted faults are noticed by the soak',
    command: node('--test', 'conformance/soak/planted.test.mjs'),
    count: nodeTest,
  },
  ...['typescript', 'python'].map((language) => ({
    name: `chaos of Redis beneath ${language}`,
    command: node('conformance/redis/chaos.mjs', '--language', language, '--tries', '3'),
    count: summaryLine,
  })),
  { name: 'commands', command: node('conformance/command/run.mjs'), count: summaryLine },
  {
    name: 'the doctor across languages',
    command: node('conformance/command/doctor-across.mjs'),
    count: summaryLine,
  },
  { name: 'wrong versions are noticed', command: node('conformance/mutants/run.mjs'), count: summaryLine },
  {
    name: 'wrong versions of the issuer are noticed',
    command: node('conformance/issuer/wrong/run.mjs'),
    count: summaryLine,
  },
  {
    name: 'wrong versions of the guards are noticed',
    command: node('conformance/http/wrong/run.mjs'),
    count: summaryLine,
  },
  {
    name: 'wrong versions of the stores on Redis are noticed',
    command: node('conformance/redis/wrong/run.mjs'),
    count: summaryLine,
  },
  {
    name: 'examples: a service in both languages',
    command: node('examples/entitlements/run.mjs'),
    count: summaryLine,
  },
  { name: 'examples: a guard in each framework', command: node('examples/frameworks/run.mjs'), count: summaryLine },
  { name: 'demo', command: node('examples/gateway/demo.mjs'), count: summaryLine },
]
