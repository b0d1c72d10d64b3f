// What is used of workerd's own module; its types would bring a second set of globals.
declare module 'cloudflare:workers' {
  export const env: Readonly<Record<string, unknown>>

  export abstract class WorkerEntrypoint {
    protected readonly env: Readonly<Record<string, unknown>>
  }
}
