export { importSign, importVerify } from '#crypto'
