// Refusals of this service look like those of its guard: problem documents (RFC 9457).

const TITLES = { 400: 'Bad Request', 409: 'Conflict' }

export function problem(status: keyof typeof TITLES, code: string): Response {
  const body = JSON.stringify({ code, status, title: TITLES[status], type: 'about:blank' })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json' } })
}
