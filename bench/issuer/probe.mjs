// Loaded before a server: tells whoever started it what it used of the processor, and what it keeps.
process.on('message', (what) => {
  if (what === 'seconds') {
    const { user, system } = process.cpuUsage()
    process.send((user + system) / 1e6)
    return
  }
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  process.send(heapUsed + external)
})
// A server lives as long as it listens, not as long as it is asked.
process.channel.unref()
