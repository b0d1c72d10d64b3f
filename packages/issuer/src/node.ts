export { fileKeyStore } from './stores/file'
