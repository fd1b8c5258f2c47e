/** What the server hands to a request's handlers beside the request itself. Absent where there is no server (tests, other runtimes). */
export interface RequestBindings {
  requestId?: string
  /** The whole body, where the server reads it faster than the request would. Rejects when its sender goes away. To be called once, and nothing else then reads it. */
  readBody?: () => Promise<Uint8Array>
}

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
