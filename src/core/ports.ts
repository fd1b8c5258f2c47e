/** Small things the entries hand in, so that the rest needs no process, no clock and no console. */

/** Structured log. Never a citizen's word, a platform id or a secret: contact keys, event ids and error codes at most. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** Counts for `/metrics`. Labels come from closed lists, so that their number stays bounded. */
export interface Counters {
  add(name: CounterName, labels?: Record<string, string>, by?: number): void
}

export type CounterName =
  | 'webhook_requests' | 'events' | 'events_ignored' | 'turns' | 'turn_failures' | 'deliveries' | 'send_errors' | 'alerts'
  | 'model_outcomes' | 'model_tokens' | 'model_cost'

/** Tells people on duty. Each text is Vietnamese, without a citizen's words; `key` and `state` make it once per change. */
export interface Alert {
  kind: 'handover' | 'handover_waiting' | 'account_state' | 'silence' | 'backlog' | 'disk' | 'unauthorized' | 'automatic_replies' | 'dead_events' | 'backups' | 'store' | 'recovered' | 'campaign'
  text: string
  account?: string
  contactKey?: string
}

/** Small named values with compare-and-set: a store's register, as far as accounts and tokens need it. Durable when it resolves. */
export interface Entries {
  readEntry(name: string): Promise<{ value: string; version: number } | null>
  /** `expected` 0: only if absent. False when another version stands there. A null value deletes. */
  writeEntry(name: string, value: string | null, expected: number): Promise<boolean>
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
export const noCounters: Counters = { add() {} }
