// Every link leads somewhere: a relative one to a file and a heading that exist. Others are judged by their form alone.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { readPage } from './page.mjs'

/** @param root - the folder that names of pages begin at @returns faults of a page's links */
export function checkLinks(page, root) {
  return page.links.flatMap(({ target, line }) => {
    const message = faultOf(page, root, target)
    return message ? [{ line, message: `${target}: ${message}` }] : []
  })
}

function faultOf(page, root, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return externalFault(target)
  if (target.startsWith('/')) return 'begins at the root of a host'
  const [path, fragment, ...more] = target.split('#')
  if (more.length > 0 || target === '') return 'is no link'
  const name = path === '' ? page.name : posix.normalize(posix.join(dirname(page.name), decodeURI(path)))
  if (name.startsWith('..')) return 'leads out of the repository'
  if (!existsSync(join(root, name))) return 'there is no such file'
  if (fragment === undefined) return undefined
  if (!name.endsWith('.md')) return 'only pages have headings'
  const { anchors } = name === page.name ? page : readPage(name, readFileSync(join(root, name), 'utf8'))
  return anchors.has(fragment) ? undefined : 'there is no such heading'
}

function externalFault(target) {
  try {
    const { protocol, hostname } = new URL(target)
    return protocol === 'https:' && hostname.includes('.') ? undefined : 'is not https'
  } catch {
    return 'is no address'
  }
}

/** Pages that nobody finds: each of `names` must be linked, directly or not, from the first. */
export function checkReachable(pages, index) {
  const byName = new Map(pages.map((page) => [page.name, page]))
  const found = new Set()
  const visit = (name) => {
    const page = byName.get(name)
    if (!page || found.has(name)) return
    found.add(name)
    for (const { target } of page.links)
      if (!target.includes(':')) visit(posix.normalize(posix.join(dirname(name), target.split('#')[0])))
  }
  visit(index)
  return pages
    .filter(({ name }) => name.startsWith('docs/') && !found.has(name))
    .map(({ name }) => ({ page: name, line: 1, message: `is not to be found from ${index}` }))
}
