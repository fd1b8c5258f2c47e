import type { Channel } from '../channels/channel.ts'
import type { Content } from '../content.ts'
import type { AccountKey, ChannelName } from '../core/contact.ts'
import type { ClaimedDelivery } from '../core/delivery.ts'
import type { Counters, Log } from '../core/ports.ts'
import { SECOND, type Clock, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import type { ModelDesk } from './model-desk.ts'
import type { TurnSettings } from './turn.ts'

/** Longer than the slowest answer. */
export const turnLease: Millis = 60 * SECOND
/** What handling events needs. */
export interface TurnPorts {
  store: Store
  channels: Partial<Record<ChannelName, Channel>>
  /** The content of now; a reload between two turns is seen by the second. */
  content: () => Content
  settings: TurnSettings
  now: Clock
  log: Log
  counters: Counters
  outbox: Outbox
  /** Absent: no model; answers come from the articles alone. */
  model?: ModelDesk | undefined
  /** Before then nothing is handled while it is recorded, and what waited at the start is taken up one by one. */
  atOnceFrom: Millis
  /** From so many messages that are recorded at the same moment on they are handled while they are recorded. */
  atOnceAmong: number
  /** Contacts worked on at once. Absent: as many as a server may. */
  mostAtOnce?: number | undefined
  /** A person wrote in the platform's own app: looked at for automatic messages. */
  staffWrote?: (contactKey: string, account: AccountKey, writtenAt: Millis) => void
}

/** Where replies go. A place is asked for before a reply is committed, so that it can be claimed in the same unit. */
export interface Outbox {
  /** True: one more may be under way for this account, and a place is kept until `carry` or `giveBack`. */
  reserve(account: AccountKey): boolean
  carry(delivery: ClaimedDelivery): void
  giveBack(account: AccountKey): void
  /** A person answers this contact: what is just being sent to it is not tried again. */
  withdraw(contactKey: string): void
  /** Deliveries were queued for this account that nobody has claimed. */
  wake(account: AccountKey): void
}

/** What a committed turn says goes on its way: `first` is claimed for the place kept, what else is `queued` is nobody's yet. */
export function sendOn(outbox: Outbox, account: AccountKey, { place, queued, first }: { place: boolean; queued: boolean; first: ClaimedDelivery | null }): void {
  if (first !== null) return outbox.carry(first)
  if (place) outbox.giveBack(account)
  if (queued) outbox.wake(account)
}
