import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { CounterName, Counters } from '../core/ports.ts'
import type { Load } from '../store/ports.ts'

const help: Record<CounterName, string> = {
  webhook_requests: 'Webhook requests by channel and HTTP status',
  events: 'Events recorded, by channel and result',
  events_ignored: 'Events left, by channel and kind',
  turns: 'Turns committed, by channel and status',
  turn_failures: 'Turns that failed, by cause',
  deliveries: 'Deliveries tried, by channel, origin and end',
  send_errors: 'Failed platform calls, by channel and outcome',
  alerts: 'Alerts told, by kind',
}

const labels: Record<CounterName, string[]> = {
  webhook_requests: ['channel', 'status'],
  events: ['channel', 'result'],
  events_ignored: ['channel', 'kind'],
  turns: ['channel', 'status'],
  turn_failures: ['cause'],
  deliveries: ['channel', 'origin', 'end'],
  send_errors: ['channel', 'outcome'],
  alerts: ['kind'],
}

const mostKinds = 150

/** Prometheus text for `/metrics`. Labels are closed lists; no contact is ever one. */
export function createMetrics(): { counters: Counters; text(load: Load): Promise<string> } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'camnang_' })
  const counters = Object.fromEntries(
    (Object.keys(help) as CounterName[]).map((name) => [
      name, new Counter({ name: `camnang_${name}_total`, help: help[name], labelNames: labels[name], registers: [registry] }),
    ]),
  ) as Record<CounterName, Counter>
  const gauges = {
    contacts: gauge('contacts', 'Contacts kept'),
    waitingEvents: gauge('waiting_events', 'Events waiting for a turn'),
    oldestWaiting: gauge('oldest_waiting_ms', 'Age of the oldest waiting event, milliseconds'),
    queuedDeliveries: gauge('queued_deliveries', 'Deliveries waiting'),
    oldestQueued: gauge('oldest_queued_ms', 'Age of the oldest waiting delivery, milliseconds'),
    deadEvents: gauge('dead_events', 'Events set aside after three failures'),
    openHandovers: gauge('open_handovers', 'Citizens waiting for a person'),
  }
  function gauge(name: string, text: string): Gauge {
    return new Gauge({ name: `camnang_${name}`, help: text, registers: [registry] })
  }

  /** Kinds are the platforms' own names: the first ones are counted by name, whatever comes after together. */
  const kinds = new Set<string>()
  function bounded(given: Record<string, string>): Record<string, string> {
    const { kind } = given
    if (kind === undefined || kinds.has(kind)) return given
    if (kinds.size >= mostKinds) return { ...given, kind: 'other' }
    kinds.add(kind)
    return given
  }

  /** Each combination of labels is looked up in the registry once: counting must cost a message nothing. */
  const series = new Map<string, Counter.Internal>()
  function seriesOf(name: CounterName, given: Record<string, string>): Counter.Internal {
    const kept = bounded(given)
    const key = `${name} ${Object.values(kept).join(' ')}`
    let found = series.get(key)
    if (found === undefined) series.set(key, (found = counters[name].labels(kept)))
    return found
  }

  return {
    counters: { add: (name, given = {}, by = 1) => seriesOf(name, given).inc(by) },
    text(load) {
      for (const [name, each] of Object.entries(gauges)) each.set(load[name as keyof typeof gauges])
      return registry.metrics()
    },
  }
}
