// A Markdown page as the checks see it: sections with their blocks, links, anchors. CommonMark is read as far as these
// pages use it; what is not understood here (indented code, reference links) is refused by the checks.

/** ``` or more, and the info string. */
const FENCE = /^( {0,3})(`{3,}|~{3,})\s*([^`]*)$/
const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/
const COMMENT = /<!--\s*([\s\S]*?)\s*-->/g

/**
 * @typedef {{ language: string, word: string, text: string, line: number, section: number }} Block
 *   `word` is what follows the language: `continue`, or the name of a file; `line` is that of its first line of text
 */

/**
 * Reads a page.
 *
 * @param name - its path from the root, with slashes
 * @returns `{ name, text, sections: [{ heading, line, allows }], blocks, links: [{ target, line }], anchors: Set }`
 */
export function readPage(name, text) {
  const page = {
    name,
    text,
    sections: [{ heading: '', line: 1, allows: [] }],
    blocks: [],
    links: [],
    anchors: new Set(),
  }
  const prose = []
  let open
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (open) {
      if (closes(line, open.fence)) open = undefined
      else open.block.lines.push(line.slice(open.indent))
      prose.push('')
      continue
    }
    const fence = FENCE.exec(line)
    if (fence) {
      const [language = '', ...words] = fence[3].trim().split(/\s+/)
      const section = page.sections.length - 1
      const block = { language, word: words.join(' '), lines: [], line: index + 2, section }
      page.blocks.push(block)
      open = { fence: fence[2], indent: fence[1].length, block }
      prose.push('')
      continue
    }
    const heading = HEADING.exec(line)
    if (heading) {
      page.sections.push({ heading: heading[2], line: index + 1, allows: [] })
      addAnchor(page.anchors, slug(heading[2]))
    }
    prose.push(line)
  }
  if (open) page.blocks.push({ language: 'unclosed', word: '', lines: [], line: open.block.line, section: 0 })
  for (const block of page.blocks) block.text = `${block.lines.join('\n')}\n`
  readProse(page, prose.join('\n'))
  return page
}

const closes = (line, fence) => new RegExp(`^ {0,3}\\${fence[0]}{${fence.length},}\\s*$`).test(line)

/** Links, markers and explicit anchors: in all text that is no block. */
function readProse(page, prose) {
  const lineAt = (offset) => prose.slice(0, offset).split('\n').length
  // Code is no link and no marker, and what a comment holds is no link; lengths stay, so that lines can be counted.
  const blank = (text) => text.replace(/[^\n]/g, ' ')
  const plain = prose.replace(/(`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?[^`]\1(?!`)/g, blank)
  for (const found of plain.matchAll(COMMENT)) {
    const line = lineAt(found.index)
    page.sections.findLast((section) => section.line <= line).allows.push(found[1])
  }
  const links = plain.replace(COMMENT, blank)
  const add = (target, offset) => page.links.push({ target, line: lineAt(offset) })
  for (const found of links.matchAll(/\]\(\s*<?([^)\s>]*)>?(?:\s+"[^"]*")?\s*\)/g)) add(found[1], found.index)
  for (const found of links.matchAll(/<(https?:[^>\s]*)>/g)) add(found[1], found.index)
  for (const found of links.matchAll(/<(?:a|img)\s[^>]*?(?:href|src)="([^"]*)"/g)) add(found[1], found.index)
  for (const found of links.matchAll(/^ {0,3}\[[^\]]+\]:\s*(\S+)/gm)) add(found[1], found.index)
  for (const found of links.matchAll(/<a\s[^>]*?(?:id|name)="([^"]*)"/g)) page.anchors.add(found[1])
}

function addAnchor(anchors, name) {
  let anchor = name
  for (let count = 1; anchors.has(anchor); count++) anchor = `${name}-${count}`
  anchors.add(anchor)
}

/** The anchor that GitHub gives a heading. */
const slug = (heading) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
