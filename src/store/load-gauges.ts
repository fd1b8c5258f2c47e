import type { Load } from './ports.ts'

/** How `/metrics` names what a store tells of itself, behind `camnang_`, and what each means. */
export const loadGauges: Readonly<Record<Exclude<keyof Load, 'lastEventAt'>, readonly [name: string, help: string]>> = {
  contacts: ['contacts', 'Contacts kept'],
  waitingEvents: ['waiting_events', 'Events waiting for a turn'],
  oldestWaiting: ['oldest_waiting_ms', 'Age of the oldest waiting event, milliseconds'],
  queuedDeliveries: ['queued_deliveries', 'Deliveries waiting'],
  oldestQueued: ['oldest_queued_ms', 'Age of the oldest waiting delivery, milliseconds'],
  deadEvents: ['dead_events', 'Events set aside after three failures'],
  openHandovers: ['open_handovers', 'Citizens waiting for a person'],
}
