// A browser has no environment, and no files.

/** No variables: a kit in a browser is made of a configuration. */
export const environment = (): Readonly<Record<string, unknown>> => ({})

/** There are no files in a browser. */
export const readFile = undefined
