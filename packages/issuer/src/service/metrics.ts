import type { Authority } from '../authority/authority'
import { type Answer, NOT_STORED } from '../http/message'

const TYPE = 'text/plain; version=0.0.4; charset=utf-8'
/** What is counted and measured: its kind, and what it means. */
const HELP = {
  kit_issuer_issued_total: ['counter', 'Tokens that were issued.'],
  kit_issuer_refused_total: ['counter', 'Requests that were refused, by what was answered.'],
  kit_issuer_key_age_seconds: ['gauge', 'Seconds since the key that signs began to.'],
  kit_issuer_next_key_seconds: ['gauge', 'Seconds until the next key signs.'],
} as const

/** What one issuer did since it was made. */
export class Metrics {
  #issued = 0
  readonly #refused = new Map<string, number>()

  issued(): void {
    this.#issued++
  }

  refused(code: string): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1)
  }

  /** The text exposition format of Prometheus. */
  async answer(authority: Authority, now: number): Promise<Answer> {
    const active = (await authority.keys()).find(({ state }) => state === 'active')
    const next = (await authority.plan()).find(({ change }) => change === 'activated')
    const refused = [...this.#refused].sort(([a], [b]) => (a < b ? -1 : 1))
    const lines = {
      kit_issuer_issued_total: [` ${this.#issued}`],
      kit_issuer_refused_total: refused.map(([code, count]) => `{code="${code}"} ${count}`),
      kit_issuer_key_age_seconds: active ? [` ${Math.floor(now - (active.activatedAt as number))}`] : [],
      kit_issuer_next_key_seconds: next ? [` ${Math.ceil(next.at - now)}`] : [],
    }
    const body = Object.entries(HELP).flatMap(([name, [kind, help]]) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${kind}`,
      ...lines[name as keyof typeof lines].map((rest) => name + rest),
    ])
    return { status: 200, headers: { 'content-type': TYPE, ...NOT_STORED }, body: `${body.join('\n')}\n` }
  }
}
