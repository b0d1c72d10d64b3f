const PATTERN = /^(https?):\/\/(\[[^\]@]*\]|[^/?#@:[\]]+)(?::(\d{1,5}))?(?:[/?].*)?$/
const LOOPBACK = /^127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3}$/
const MAX_PORT = 65535

/**
 * Whether a JWKS may be fetched from a URL, judged as it is written: `https:`, or `http:` on loopback; printable ASCII
 * without backslashes, no credentials, no fragment. A parser's normalisation would differ from one language to another.
 */
export function isJwksUrl(url: unknown): url is string {
  if (typeof url !== 'string' || !/^[!-~]+$/.test(url) || /[\\#]/.test(url)) return false
  const [, scheme, host, port] = PATTERN.exec(url) ?? []
  if (host === undefined || (port !== undefined && !(Number(port) >= 1 && Number(port) <= MAX_PORT))) return false
  return scheme === 'https' || host === 'localhost' || host === '[::1]' || LOOPBACK.test(host)
}
