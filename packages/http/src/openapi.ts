/** What a guard adds to an OpenAPI document. */
export interface OpenApi {
  /** For `components`: how a token is shown, under the name `bearer`. */
  readonly securitySchemes: Record<
    'bearer',
    Record<'type' | 'scheme' | 'bearerFormat', string> & Record<'type', 'http'>
  >
  /** For the `responses` of a route: what a refused request is answered with, by status. */
  readonly responses: Readonly<Record<'401' | '403' | '429' | '503', OpenApiResponse>>
}

/** An answer in an OpenAPI document. */
export interface OpenApiResponse {
  /** One sentence. */
  readonly description: string
  /** What else is told, by name. */
  readonly headers: Readonly<Record<string, { readonly description: string; readonly schema: object }>>
  /** The problem document. */
  readonly content: Readonly<Record<'application/problem+json', Readonly<Record<'schema', object>>>>
}

const CHALLENGE = { 'www-authenticate': 'Bearer, and what is wrong with the token.' }
const COME_BACK = { 'retry-after': 'Seconds until it is worth asking again.' }

function response(
  status: number,
  description: string,
  headers: Readonly<Record<string, string>>,
  codes: readonly string[],
  more: object = {},
): OpenApiResponse {
  const properties = {
    ...{ type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer', enum: [status] } },
    ...{ code: { type: 'string', enum: codes }, ...more },
  }
  const schema = { type: 'object', required: ['type', 'title', 'status', 'code'], properties }
  const told = Object.entries(headers).map(
    ([name, text]) => [name, { description: text, schema: { type: 'string' } }] as const,
  )
  return { description, headers: Object.fromEntries(told), content: { 'application/problem+json': { schema } } }
}

/**
 * What a guard adds to an OpenAPI document (3.0 and 3.1): the scheme of a token, and the problem documents (RFC 9457) that
 * requests are refused with.
 *
 * @returns a new object at each call
 * @example
 * const { securitySchemes, responses } = openApi()
 * const schema = { security: [{ bearer: [] }], response: responses }
 */
export const openApi = (): OpenApi => ({
  securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
  responses: {
    401: response(401, 'No token, or none that is taken.', CHALLENGE, ['authentication_required', 'invalid_token']),
    403: response(403, 'The caller is known, and may not.', CHALLENGE, ['insufficient_scope']),
    429: response(429, 'A limit has nothing left.', COME_BACK, ['quota_exceeded'], {
      'violated-policies': { type: 'array', items: { type: 'string' } },
    }),
    503: response(503, 'Keys or a store do not answer.', COME_BACK, ['temporarily_unavailable']),
  },
})
