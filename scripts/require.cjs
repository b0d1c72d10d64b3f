// Written in the oldest JavaScript there is, so that an old Node can run it and be told that it is too old.
var python = require('./find-python.cjs')

var parts = process.versions.node.split('.')
var major = Number(parts[0])
var minor = Number(parts[1])

function complaint() {
  if (major < 20 || (major === 20 && minor < 19)) {
    return 'kit-jwt needs Node.js 20.19 or newer; this is ' + process.versions.node + '.'
  }
  var found = python.find()
  if (found.command) return null
  if (found.seen) return 'kit-jwt needs Python 3.11 or newer; the one found on the PATH is ' + found.seen + '.'
  return 'kit-jwt needs Python 3.11 or newer, and no Python was found on the PATH.'
}

var sentence = complaint()
if (sentence) {
  process.stderr.write(sentence + '\n')
  process.exit(1)
}
