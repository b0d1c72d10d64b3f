// A plot of latest.json: bars of operations a second, one panel for each of the main operations and languages.

const PANELS = [
  ['node', 'hs512.sign', 'sequential'],
  ['node', 'hs512.verify', 'sequential'],
  ['node', 'eddsa.sign', 'sequential'],
  ['node', 'eddsa.verify', 'concurrent'],
  ['node', 'hs512.verify.repeated', 'sequential'],
  ['node', 'hs512.checkAuth', 'sequential'],
  ['cpython', 'hs512.sign', 'sequential'],
  ['cpython', 'hs512.verify', 'sequential'],
  ['cpython', 'eddsa.sign', 'sequential'],
  ['cpython', 'eddsa.verify', 'sequential'],
]
const [COLUMNS, WIDTH, BAR, GAP, LABEL, TOP] = [2, 460, 16, 5, 112, 34]
const COLOURS = { kit: '#0969da', floor: '#8c959f', peer: '#d0d7de' }
const isFloor = (name) => name.includes('floor')
const isKit = (name) => name.startsWith('kit')
const colourOf = (name) => COLOURS[isKit(name) ? 'kit' : isFloor(name) ? 'floor' : 'peer']
const thousands = (speed) => `${(speed / 1000).toFixed(speed >= 100_000 ? 0 : 1)} k/s`

function panel(speeds, [runtime, operation, mode], x, y) {
  const bars = Object.entries(speeds[runtime][operation])
    .map(([name, modes]) => [name, modes[mode]])
    .sort(([, a], [, b]) => b - a)
  const longest = bars[0][1]
  const room = WIDTH - LABEL - 90
  const lines = bars.map(([name, speed], i) => {
    const top = y + TOP + i * (BAR + GAP)
    const width = ((speed / longest) * room).toFixed(1)
    return [
      `<text x="${x + LABEL - 8}" y="${top + 12}" text-anchor="end">${name}</text>`,
      `<rect x="${x + LABEL}" y="${top}" width="${width}" height="${BAR}" fill="${colourOf(name)}"/>`,
      `<text x="${x + LABEL + Number(width) + 6}" y="${top + 12}">${thousands(speed)}</text>`,
    ].join('\n')
  })
  const title = `${runtime}: ${operation}, ${mode === 'concurrent' ? '64 at once' : 'one after the other'}`
  return {
    height: TOP + bars.length * (BAR + GAP) + 12,
    text: [`<text x="${x + LABEL}" y="${y + 20}" font-weight="bold">${title}</text>`, ...lines].join('\n'),
  }
}

/** The plot as SVG: light background, no script, no font of its own. */
export function plotOf(speeds) {
  const shown = PANELS.filter(([runtime, operation]) => speeds[runtime]?.[operation])
  const parts = []
  let y = 0
  for (let i = 0; i < shown.length; i += COLUMNS) {
    const row = shown.slice(i, i + COLUMNS).map((one, column) => panel(speeds, one, column * WIDTH, y))
    parts.push(...row.map(({ text }) => text))
    y += Math.max(...row.map(({ height }) => height))
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${COLUMNS * WIDTH} ${y}" font-family="sans-serif" font-size="12">`,
    '<title>Operations a second of the kit, the floors and the other libraries</title>',
    `<rect width="${COLUMNS * WIDTH}" height="${y}" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}
