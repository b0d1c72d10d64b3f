// Snippets of a page that run together: a block, and those that say `continue`; for a shell, the files shown before it too.

const CODE = ['ts', 'python']
const isFileName = (word) => /^[\w.-]+(?:\/[\w.-]+)*$/.test(word) && (word.includes('.') || word.includes('/'))

/**
 * @returns `{ code: [{ language, blocks }], shells: [{ steps: [{ block, expected?, files: [{ name, block }] }] }], faults }`
 */
export function chainsOf(page) {
  const chains = { code: [], shells: [], faults: [] }
  const last = {}
  let files = []
  const fault = (block, message) => chains.faults.push({ line: block.line - 1, message })
  for (const [index, block] of page.blocks.entries()) {
    const { language, word } = block
    const isCode = CODE.includes(language)
    if (isFileName(word)) {
      files.push({ name: word, block })
      continue
    }
    if (word !== '' && !(word === 'continue' && (isCode || language === 'sh'))) fault(block, `what is \`${word}\`?`)
    if (!isCode && language !== 'sh') continue
    const isNew = word !== 'continue'
    if (!isNew && !last[language]) {
      fault(block, 'there is nothing to continue')
      continue
    }
    if (isCode) {
      if (isNew) chains.code.push({ language, blocks: [] })
      if (isNew) last[language] = chains.code.at(-1)
      last[language].blocks.push(block)
    } else {
      if (isNew) chains.shells.push({ steps: [] })
      last.sh = chains.shells.at(-1)
      const next = page.blocks[index + 1]
      const expected =
        next?.language === 'text' && next.word === '' && next.section === block.section ? next : undefined
      last.sh.steps.push({ block, expected, files })
      files = []
    }
  }
  for (const { block } of files) fault(block, 'no `sh` after it uses this file')
  for (const { steps } of chains.shells)
    for (const [at, { files: given }] of steps.entries())
      for (const { name, block } of given)
        if (!steps.slice(at).some((step) => step.block.text.includes(name))) fault(block, `no command uses ${name}`)
  return chains
}
