import type { Context } from 'hono'

/** What the server hands to a request's handlers beside the request itself. Absent where there is no server (tests, other runtimes). */
export interface RequestBindings {
  requestId?: string
  /** As `headerOf`, where the server reads it faster than the request would. */
  header?: (name: string) => string | undefined
  /** The whole body, where the server reads it faster than the request would. Rejects when its sender goes away. To be called once, and nothing else then reads it. */
  readBody?: () => Promise<Uint8Array>
}

/** What stands in a header, by its name in small letters; null where it was not sent. */
export const headerOf = ({ req, env }: Context<{ Bindings: RequestBindings }>, name: string): string | null => (env?.header === undefined ? req.header(name) : env.header(name)) ?? null

/** The id by which log lines and the `x-request-id` of the answer belong together; null where the server gives none. */
export const requestIdOf = (bindings: RequestBindings | undefined): string | null => bindings?.requestId ?? null

/**
 * Ids that cost a message nothing: a count behind a part that no other start of the program has. Without meaning and
 * without secret.
 */
export function createRequestIds(start: string): () => string {
  let count = 0
  return () => `${start}-${(++count).toString(36)}`
}
