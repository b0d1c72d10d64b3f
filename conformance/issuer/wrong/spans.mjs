// Wrong spans: what they tell of the client, or do not tell of a refusal. As in http.mjs, and the tests that must notice.
export const SPANS = [
  [
    'a path that nobody has is a route',
    'service/issuer',
    ['endpoint && message.path', 'message.path'],
    ['message.path if endpoint else None', 'message.path'],
    'spans',
  ],
  [
    'a span does not say why a request was refused',
    'http/spans',
    ["        span?.setAttribute('kit.refusal', refused.why)\n", ''],
    ['                span.set_attribute("kit.refusal", why)\n', ''],
    'spans',
  ],
  [
    'what a client did wrong is an error of the server',
    'http/spans',
    ['status >= 500', 'status >= 400'],
    ['_SERVER_ERROR: Final = 500', '_SERVER_ERROR: Final = 400'],
    'spans',
  ],
  [
    'any method is told in a span',
    'http/spans',
    ['METHODS.includes(method)', 'true'],
    ['method in _METHODS', 'True'],
    'spans',
  ],
]
