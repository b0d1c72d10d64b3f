export { hs512 } from '#crypto'
