// Finds a Python that is new enough. Old JavaScript on purpose, see require.cjs.
var spawnSync = require('child_process').spawnSync

var CANDIDATES = [['python3'], ['python'], ['py', '-3'], ['python3.14'], ['python3.13'], ['python3.12'], ['python3.11']]

/** The version that a command reports as [major, minor, patch], or null where it is no Python. */
function version(command) {
  var script = 'import sys; print("%d.%d.%d" % sys.version_info[:3])'
  var run = spawnSync(command[0], command.slice(1).concat(['-c', script]), { encoding: 'utf8' })
  return run.status === 0 ? run.stdout.trim().split('.').map(Number) : null
}

/** The first of CANDIDATES that is Python 3.11 or newer; `seen` is the first version met, new enough or not. */
exports.find = function find() {
  var seen = null
  var found = null
  CANDIDATES.some(function (command) {
    var parts = version(command)
    if (!parts) return false
    seen = seen || parts.join('.')
    if (parts[0] < 3 || (parts[0] === 3 && parts[1] < 11)) return false
    found = command
    return true
  })
  return { command: found, seen: seen }
}
