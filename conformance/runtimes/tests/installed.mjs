// What the tests of adapters stand on: the runtimes with the packed tarball, or why they are not here.
import { setup } from '../../../scripts/setup.mjs'
import { buildWheel, installPackage, installRuntimes } from '../install.mjs'

setup()
const unavailable = installRuntimes()

/** The tarball that is installed where the programs of these tests find it. */
export const tarball = unavailable ? undefined : installPackage()
export const wheel = buildWheel()

/** For `test`: skips with the reason where npm could not bring the runtimes. */
export const options = { skip: unavailable && `the runtimes cannot be installed: ${unavailable.split('\n').at(-1)}` }
