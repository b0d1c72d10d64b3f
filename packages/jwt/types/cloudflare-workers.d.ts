// What is used of workerd's own module; its types would bring a second set of globals.
declare module 'cloudflare:workers' {
  export const env: Readonly<Record<string, unknown>>

  export abstract class WorkerEntrypoint {
    protected readonly env: Readonly<Record<string, unknown>>
  }

  export abstract class DurableObject {
    constructor(context: unknown, env: unknown)
    protected readonly ctx: {
      readonly storage: {
        readonly sql: {
          exec(query: string, ...values: readonly unknown[]): Iterable<Readonly<Record<string, unknown>>>
        }
        getAlarm(): Promise<number | null>
        setAlarm(milliseconds: number): Promise<void>
      }
    }
  }
}
