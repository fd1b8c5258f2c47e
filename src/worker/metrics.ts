import type { Load } from '../store/ports.ts'

const gauges: Readonly<Record<Exclude<keyof Load, 'lastEventAt'>, [name: string, help: string]>> = {
  contacts: ['contacts', 'Contacts kept'],
  waitingEvents: ['waiting_events', 'Events waiting for a turn'],
  oldestWaiting: ['oldest_waiting_ms', 'Age of the oldest waiting event, milliseconds'],
  queuedDeliveries: ['queued_deliveries', 'Deliveries waiting'],
  oldestQueued: ['oldest_queued_ms', 'Age of the oldest waiting delivery, milliseconds'],
  deadEvents: ['dead_events', 'Events set aside after three failures'],
  openHandovers: ['open_handovers', 'Citizens waiting for a person'],
}

/** Prometheus text for `/metrics`: what the store tells. Counts are Cloudflare's own business here, since no isolate sees all requests. */
export const metricsText = (load: Load): string => Object.entries(gauges)
  .map(([key, [name, help]]) => `# HELP camnang_${name} ${help}\n# TYPE camnang_${name} gauge\ncamnang_${name} ${load[key as keyof typeof gauges]}\n`).join('')
