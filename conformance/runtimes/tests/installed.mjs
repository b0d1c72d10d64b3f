// What the tests of adapters stand on: the runtimes with the packed tarball, or why they are not here.
import { setup } from '../../../scripts/setup.mjs'
import { buildWheel, installPackage, installRuntimes } from '../install.mjs'

setup()
const unavailable = installRuntimes()

if (!unavailable) installPackage()

export const wheel = buildWheel()

/** For `test`: skips with the reason where npm could not bring the runtimes. */
export const options = { skip: unavailable && `the runtimes cannot be installed: ${unavailable.split('\n').at(-1)}` }
