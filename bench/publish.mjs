// node bench/publish.mjs: writes the tables of the last whole run into bench/README.md, and bench/plot.svg.
import { readFileSync, writeFileSync } from 'node:fs'
import { plotOf } from './core/plot.mjs'
import { summaryOf } from './core/summary.mjs'

const at = (path) => new URL(path, import.meta.url)
const read = (path) => readFileSync(at(path), 'utf8')
const [BEGIN, END] = ['<!-- written by publish.mjs -->', '<!-- until here -->']

const speeds = JSON.parse(read('results/latest.json'))
const summary = summaryOf(speeds, JSON.parse(read('results/details.json')))
const page = read('README.md')
const [before, rest] = page.split(BEGIN)
const [, after] = rest.split(END)
writeFileSync(at('README.md'), `${before}${BEGIN}\n\n${summary}\n\n${END}${after}`)
writeFileSync(at('plot.svg'), plotOf(speeds))
