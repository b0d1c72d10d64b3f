#!/usr/bin/env node
import { command } from '../dist/command/entry.js'

await command()
