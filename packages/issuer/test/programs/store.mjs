// A process of its own that writes to a folder of keys: `race FOLDER COUNT` prints the versions that it won, `writeLarge
// FOLDER VERSION` what a write of many bytes came to.
import { fileKeyStore } from '@kit/issuer/node'

const [what, folder, number] = process.argv.slice(2)
const print = (line) => process.stdout.write(`${line}\n`)
const store = fileKeyStore(folder)
if (what === 'race')
  for (;;) {
    const { version } = (await store.read()) ?? { version: 0 }
    if (version >= Number(number)) break
    if (await store.writeIf(version, `${process.pid} `.repeat(200))) print(version + 1)
  }
else print(await store.writeIf(Number(number), 'x'.repeat(3_000_000)).catch(({ code }) => code))
