import { readConfig, type Config } from '../config.ts'
import { readText } from '../node/read-text.ts'
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

/** What a command takes after its name. */
export interface Shape {
  /** As a person would type it: shown with every refusal. */
  usage: string
  /** How few and how many words; as many as the fewest when left out. */
  least?: number
  most?: number
  flags?: readonly string[]
}

/** A contact key may begin with a dash. */
const contactKeyShape = /^[\w-]{22}$/

/** Sorts what was typed. Throws `UsageError` for a flag nobody knows, for a word too many and for one that is missing. */
export function readWords(args: readonly string[], { usage, least = 0, most = least, flags = [] }: Shape): { words: string[]; flags: ReadonlySet<string> } {
  const given = args.filter((arg) => flags.includes(arg))
  const words = args.filter((arg) => !flags.includes(arg))
  const strange = words.find((word) => word.startsWith('-') && !contactKeyShape.test(word)) ?? words[most]
  if (strange !== undefined) throw new UsageError(`Không hiểu "${strange}". Cách dùng: ${usage}`)
  if (words.length < least) throw new UsageError(`Cách dùng: ${usage}`)
  return { words, flags: new Set(given) }
}

export function readSettings({ env }: Terminal): Config {
  return readConfig(env, readText)
}

/** For what only reads the words staff wrote: it opens no channel and no sandbox, so that neither has to be set up. */
export function readWordSettings({ env }: Terminal): Config {
  return readConfig({ ...env, SANDBOX: '0' }, readText)
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
