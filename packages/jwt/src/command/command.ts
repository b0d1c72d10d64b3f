import type { Arguments } from './arguments'
import type { Output } from './output'
import type { World } from './world'

/** A command: reads its arguments and the world, writes to the output, and gives the exit status. */
export type Command<Its extends World = World> = (given: Arguments, world: Its, output: Output) => Promise<number>
