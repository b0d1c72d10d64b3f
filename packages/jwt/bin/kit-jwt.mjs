#!/usr/bin/env node
import { command } from '../dist/command.js'

await command()
