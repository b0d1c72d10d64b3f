// What the commands of an issuer are started with, one after the other in a folder of their own. `transcripts.json` has what they
// said: read, and approved.
import { configuration } from './configuration.mjs'
import { life } from './life.mjs'
import { running } from './running.mjs'

export const scenarios = [...life, ...configuration, ...running]
