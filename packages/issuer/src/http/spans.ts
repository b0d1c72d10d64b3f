// One span for each request, for whoever collects them (OpenTelemetry, semantic conventions of HTTP servers). Nothing of it is
// imported: a tracer is given, and without one nothing of this runs.

/** What is used of a span of `@opentelemetry/api`. */
export interface Span {
  /**
   * Tells something of the request.
   *
   * @param name - as the semantic conventions have it
   * @param value - never of what the client sent
   * @returns nothing that is used
   * @example
   * const { trace } = await import('@opentelemetry/api')
   * trace.getTracer('mine').startSpan('work').setAttribute('http.response.status_code', 200)
   */
  setAttribute(name: string, value: string | number): unknown
  /**
   * Says that the server failed.
   *
   * @param status - `code`: a `SpanStatusCode`
   * @returns nothing that is used
   * @example
   * const { trace } = await import('@opentelemetry/api')
   * trace.getTracer('mine').startSpan('work').setStatus({ code: 2 })
   */
  setStatus(status: { readonly code: number }): unknown
  /**
   * Ends the span.
   *
   * @example
   * const { trace } = await import('@opentelemetry/api')
   * trace.getTracer('mine').startSpan('work').end()
   */
  end(): void
}

/** What is used of a tracer of `@opentelemetry/api`. */
export interface Tracer {
  /**
   * Starts a span, within the one that is active.
   *
   * @param name - method and route
   * @param options - `kind`: a `SpanKind`; `attributes`: what is known of the request
   * @returns the span
   * @example
   * const { trace } = await import('@opentelemetry/api')
   * const span = trace.getTracer('mine').startSpan('GET /healthz', { kind: 1 })
   */
  startSpan(
    name: string,
    options: { readonly kind: number; readonly attributes: Readonly<Record<string, string>> },
  ): Span
}

/** Ends the span of a request: what was answered and, where it was refused, the code on the wire and the one of the log. */
export type EndSpan = (status: number, refused: { readonly code: string; readonly why: string } | undefined) => void

/** `SpanKind.SERVER` and `SpanStatusCode.ERROR`. */
const SERVER = 1
const ERROR = 2
/** A method that is none of these is text of the client's. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']

/**
 * Starts the span of a request. Whoever traces does not decide what is answered.
 *
 * @param route - the path of the endpoint; none for a path that nobody has, which is text of the client's
 */
export function startSpan(tracer: Tracer, method: string, route: string | undefined): EndSpan {
  const isKnown = METHODS.includes(method)
  const name = isKnown ? method : 'HTTP'
  const attributes = {
    'http.request.method': isKnown ? method : '_OTHER',
    ...(route !== undefined && { 'http.route': route }),
  }
  const span = quietly(() =>
    tracer.startSpan(route === undefined ? name : `${name} ${route}`, { kind: SERVER, attributes }),
  )
  return (status, refused) =>
    quietly(() => {
      span?.setAttribute('http.response.status_code', status)
      if (refused) {
        span?.setAttribute('error.type', refused.code)
        span?.setAttribute('kit.refusal', refused.why)
      }
      // What a client did wrong is no error of the server.
      if (status >= 500) span?.setStatus({ code: ERROR })
      span?.end()
    })
}

function quietly<Value>(work: () => Value): Value | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
