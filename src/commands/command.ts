import { readConfig, type Config } from '../config.ts'
import { readText } from '../node/files.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/ports.ts'

/** What a command may use of the process, so that tests can run it in their own. */
export interface Terminal {
  env: Record<string, string | undefined>
  out(line: string): void
  error(line: string): void
  input: NodeJS.ReadableStream
}

/** Runs with the words after its name; the number is the exit code. */
export type Command = (args: string[], terminal: Terminal) => Promise<number>

/** Wrong words on the command line: shown without a stack, with exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

export function readSettings({ env }: Terminal): Config {
  return readConfig(env, readText)
}

/** Opens the store beside a running server, and closes it whatever happens. */
export async function withStore<T>(config: Config, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config.store, { role: 'tool', now: Date.now(), waitingLimit: 200, keysKept: config.retention.dedupeKey })
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}
