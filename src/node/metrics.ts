import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { CounterName, Counters } from '../core/ports.ts'
import { loadGauges } from '../store/load-gauges.ts'
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
  model_outcomes: 'Questions for which the model was thought of, by what became of them',
  model_tokens: 'Tokens as the model server counted them, read and written',
  model_cost: 'Cost of these tokens by the prices in the settings',
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
  model_outcomes: ['reason'],
  model_tokens: ['direction'],
  model_cost: [],
}

const mostKinds = 150

/** What was counted of one combination of labels since somebody read. */
interface Tally { counted: number; series: Counter.Internal }
/** The combinations of a counter, value by value in the order of its labels. */
interface Branch { tally: Tally | null; next: Map<string, Branch> }
const newBranch = (): Branch => ({ tally: null, next: new Map() })

/** Prometheus text for `/metrics`. Labels are closed lists; no contact is ever one. */
export function createMetrics(): { counters: Counters; text(load: Load): Promise<string> } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'camnang_' })
  const counters = Object.fromEntries(
    (Object.keys(help) as CounterName[]).map((name) => [
      name, new Counter({ name: `camnang_${name}_total`, help: help[name], labelNames: labels[name], registers: [registry] }),
    ]),
  ) as Record<CounterName, Counter>
  const gauges = Object.entries(loadGauges).map(([key, [name, text]]) => ({
    key: key as keyof typeof loadGauges, gauge: new Gauge({ name: `camnang_${name}`, help: text, registers: [registry] }),
  }))

  /** Kinds are the platforms' own names: the first ones are counted by name, whatever comes after together. */
  const kinds = new Set(['other'])
  function bounded(given: Record<string, string>): Record<string, string> {
    const { kind } = given
    if (kind === undefined || kinds.has(kind)) return given
    if (kinds.size >= mostKinds) return { ...given, kind: 'other' }
    kinds.add(kind)
    return given
  }

  /** Counting must cost a message nothing: each combination of labels is looked up in the registry once, and told what it counted when somebody reads. */
  const tallies: Tally[] = []
  const roots = Object.fromEntries((Object.keys(labels) as CounterName[]).map((name) => [name, newBranch()])) as Record<CounterName, Branch>
  function add(name: CounterName, given: Record<string, string> = {}, by = 1): void {
    let branch: Branch | undefined = roots[name]
    for (const label of labels[name]) branch = branch?.next.get(given[label]!)
    const tally = branch?.tally ?? begin(name, bounded(given))
    tally.counted += by
  }
  function begin(name: CounterName, given: Record<string, string>): Tally {
    let branch = roots[name]
    for (const label of labels[name]) {
      const next: Branch = branch.next.get(given[label]!) ?? newBranch()
      branch.next.set(given[label]!, next)
      branch = next
    }
    if (branch.tally === null) tallies.push(branch.tally = { counted: 0, series: counters[name].labels(given) })
    return branch.tally
  }
  function tell(): void {
    for (const tally of tallies) {
      tally.series.inc(tally.counted)
      tally.counted = 0
    }
  }

  return {
    counters: { add },
    text(load) {
      tell()
      for (const { key, gauge } of gauges) gauge.set(load[key])
      return registry.metrics()
    },
  }
}
