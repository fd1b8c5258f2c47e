import type { ModelFault } from './outcome.ts'
import type { Prompt } from './prompt.ts'

/** One question to a model. */
export interface ModelApi {
  /** Throws `ModelError` and nothing else. Nothing is tried twice; `signal` ends it at once. */
  complete(prompt: Prompt, signal: AbortSignal): Promise<Completion>
  /** Whether the server is there and takes our key; for `doctor`. */
  check(signal: AbortSignal): Promise<'ok' | ModelFault>
}

export interface Completion {
  content: string
  /** As the server counted them; 0 where it did not. */
  tokens: { read: number; written: number }
}

/** Why no answer came. `code` is the server's status, safe to show. */
export class ModelError extends Error {
  readonly fault: ModelFault
  readonly code: string
  constructor(fault: ModelFault, code: string) {
    super(`${fault} (${code})`)
    this.name = 'ModelError'
    this.fault = fault
    this.code = code
  }
}
