// In a browser: the page's window takes vector files and gives their results.
import { runFile } from '@kit/jwt/conformance'

globalThis.runVectors = (text) => runFile(JSON.parse(text))
