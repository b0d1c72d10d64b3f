// node conformance/command/show.mjs [NAME…]: the transcripts as they look on a terminal, to be read by people.
import { readTranscripts, toText, transcriptNames } from './scenarios.mjs'

const visible = (text) => text.replaceAll('\u001b', '␛')
const indented = (mark, lines) => visible(toText(lines)).replace(/^(?=.)/gm, mark)

const wanted = process.argv.slice(2)
for (const name of wanted.length > 0 ? wanted : transcriptNames())
  for (const { name: title, argv, expected, ...given } of readTranscripts(name)) {
    const words = argv.map((word) => (/^[\w./=:-]+$/.test(word) ? word : JSON.stringify(word)))
    console.log(`# ${name}: ${title}`)
    for (const [member, value] of Object.entries(given)) {
      const told = member === 'files' ? Object.keys(value).join(' ') : JSON.stringify(value).slice(0, 100)
      console.log(`# ${member}: ${told}`)
    }
    process.stdout.write(visible(`$ kit-jwt ${words.join(' ')}\n`))
    process.stdout.write(indented('', expected.stdout ?? []))
    process.stdout.write(indented('! ', expected.stderr ?? []))
    for (const [path, file] of Object.entries(expected.written ?? {}))
      process.stdout.write(`> ${path} ${file.folder ? 'folder' : `${file.mode}\n${indented('> ', file.text)}`}\n`)
    process.stdout.write(`[${expected.exit}]\n\n`)
  }
