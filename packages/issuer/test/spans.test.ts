import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { createAuthority, createIssuer, type IssuerOptions, type Message } from '../src'
import { issuerWorld } from '../src/command/machine'
import { testsOf } from './vectors'

interface Expected {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly failed: boolean
}
const tests = testsOf<
  Pick<Message, 'method' | 'path' | 'headers'> & {
    readonly body: string
    readonly audit?: 'fails'
    readonly span: Expected
  }
>('spans')

const messageOf = ({ method, path, headers, body }: (typeof tests)[number]): Message => {
  const [before = '', query = ''] = path.split('?')
  return { method, path: before, query, headers, body: Buffer.from(body) }
}

async function issuerWith(options: Partial<IssuerOptions>) {
  const adminSecret = 'admin-secret-of-more-than-32-characters'
  const own = { authority: await createAuthority(), issuer: 'https://auth.example', audience: 'api', adminSecret }
  return createIssuer({ ...own, adminPolicy: { audiences: ['api'] }, ...options })
}

test.each(tests)('$id: $comment', async (given) => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const issuer = await issuerWith({
    tracer: provider.getTracer('test'),
    onIssue: () => {
      if (given.audit === 'fails') throw new Error('alice')
    },
  })
  const answer = await issuer.handle(messageOf(given))
  const [span, ...others] = exporter.getFinishedSpans()
  expect(others).toEqual([])
  const { name, attributes, kind, status, events, links } = span ?? {}
  expect({ name, attributes, failed: status?.code === SpanStatusCode.ERROR }).toEqual(given.span)
  expect({ kind, events, links }).toEqual({ kind: SpanKind.SERVER, events: [], links: [] })
  const told = JSON.stringify([name, attributes, status])
  const { token } = JSON.parse(answer.body) as { token?: string }
  for (const secret of ['alice', 'secret-of', ...(token === undefined ? [] : token.split('.'))])
    expect(told).not.toContain(secret)
})

test.each(['startSpan', 'setAttribute', 'end'])('where %s throws, it is answered all the same', async (broken) => {
  const call = (name: string) => () => {
    if (name === broken) throw new Error('no collector')
  }
  const span = { setAttribute: call('setAttribute'), setStatus: call('setStatus'), end: call('end') }
  const startSpan = () => {
    call('startSpan')()
    return span
  }
  const issuer = await issuerWith({ tracer: { startSpan } })
  const { status } = await issuer.handle({ method: 'GET', path: '/healthz', query: '', headers: {}, body: undefined })
  expect(status).toBe(200)
})

test('the machine has the tracer of the process, and none without an SDK', async () => {
  expect(await issuerWorld().tracer()).toBeUndefined()
  trace.setGlobalTracerProvider(new BasicTracerProvider())
  try {
    const tracer = await issuerWorld().tracer()
    const span = tracer?.startSpan('a', { kind: SpanKind.SERVER, attributes: {} })
    expect((span as unknown as { isRecording(): boolean }).isRecording()).toBe(true)
  } finally {
    trace.disable()
  }
})
