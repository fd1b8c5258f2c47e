import { mainFlow, type Flow, type FlowChoice, type FlowSet, type Step, type Target } from './flow.ts'
import { nameOf, startOf, stepOf, stepsOf } from './graph.ts'

/** All flows as cards: every step once, in its flow, under the step from which fewest taps lead to it. Pure. */
export interface FlowMap {
  /** The main menu first, the others as near as they are to it. */
  flows: MapFlow[]
  steps: number
  articles: number
}

export interface MapFlow {
  id: string
  title: string
  /** Words that open it from anywhere. */
  triggers: string[]
  /** Its first step, then those that only other flows lead to, or nothing. */
  roots: MapCard[]
}

export interface MapCard {
  at: Target
  says: string
  /** How many taps from the greeting, a trigger being one; null where nothing leads here. */
  taps: number | null
  rows: MapRow[]
  remarks: string[]
}

export interface MapRow {
  /** Number as the citizen sees it; null for what is not shown. */
  number: number | null
  says: string
  leads: { to: 'article'; id: string; title: string } | { to: 'person' } | { to: 'card'; card: MapCard } | { to: 'elsewhere'; at: Target }
  /** An article that takes more taps from the greeting than people make. */
  isDeep: boolean
}

/** Beyond this, people give up. */
export const mostTaps = 4

export interface MapOptions {
  /** Titles of articles; null for an unknown one. */
  articleTitle: (id: string) => string | null
  /** Whether a menu of a platform, a printed code or a campaign opens the flow. */
  isOpened: (flow: string) => boolean
  /** What is wrong with a step, in a few words each. */
  remarks: (at: Target) => string[]
}

export function mapFlows(flows: FlowSet, options: MapOptions): FlowMap {
  const main = flows.get(mainFlow)
  const taps = new Map<string, number>()
  const opened = [...flows.values()].filter(({ id, triggers }) => id !== mainFlow && (triggers.length > 0 || options.isOpened(id)))
  spread(flows, taps, [main === undefined ? [] : [startOf(main)], opened.map(startOf)], () => true)
  const near = (flow: Flow): number => (flow.id === mainFlow ? -1 : taps.get(nameOf(startOf(flow))) ?? Number.MAX_SAFE_INTEGER)
  return {
    flows: [...flows.values()].sort((a, b) => near(a) - near(b)).map((flow) => mapFlow(flows, flow, taps, options)),
    steps: stepsOf(flows).length,
    articles: new Set(stepsOf(flows).flatMap((at) => stepOf(flows, at)!.choices.flatMap(({ then }) => (then.to === 'article' ? [then.article] : [])))).size,
  }
}

/** One way out of a step: a choice, any other text, or going on at once. */
interface Way { key: string; target: Target; taps: 0 | 1 }

function waysOf(at: Target, step: Step): Way[] {
  if (step.goto !== null) return [{ key: `${nameOf(at)}#goto`, target: step.goto, taps: 0 }]
  return [
    ...step.choices.flatMap(({ then }, index): Way[] => (then.to === 'step' ? [{ key: `${nameOf(at)}#${index}`, target: then.target, taps: 1 }] : [])),
    ...(step.otherwise.to === 'step' ? [{ key: `${nameOf(at)}#otherwise`, target: step.otherwise.target, taps: 1 } as const] : []),
  ]
}

/**
 * Goes out in rings of one tap, noting in `taps` what it comes to first, and by which way. `entries`: where people come in,
 * by how many taps that takes.
 */
function spread(flows: FlowSet, taps: Map<string, number>, entries: readonly (readonly Target[])[], within: (at: Target) => boolean): ReadonlyMap<string, string> {
  const ways = new Map<string, string>()
  let ring: { at: Target; by: string }[] = []
  for (let count = 0; ring.length > 0 || count < entries.length; count++) {
    ring.push(...(entries[count] ?? []).map((at) => ({ at, by: '' })))
    const next: typeof ring = []
    for (let one = ring.shift(); one !== undefined; one = ring.shift()) {
      const step = stepOf(flows, one.at)
      if (step === undefined || taps.has(nameOf(one.at)) || !within(one.at)) continue
      taps.set(nameOf(one.at), count)
      ways.set(nameOf(one.at), one.by)
      for (const way of waysOf(one.at, step)) (way.taps === 0 ? ring : next).push({ at: way.target, by: way.key })
    }
    ring = next
  }
  return ways
}

function mapFlow(flows: FlowSet, flow: Flow, taps: ReadonlyMap<string, number>, options: MapOptions): MapFlow {
  const placed = new Map<string, number>()
  const ways = new Map<string, string>()
  const roots: Target[] = []
  for (const at of [startOf(flow), ...Object.keys(flow.steps).map((step) => ({ flow: flow.id, step }))]) {
    if (placed.has(nameOf(at))) continue
    roots.push(at)
    for (const [name, way] of spread(flows, placed, [[at]], ({ flow: id }) => id === flow.id)) ways.set(name, way)
  }
  const draw = (at: Target): MapCard => card(flows, at, { taps, options, drawnBy: (way, target) => ways.get(nameOf(target)) === way && target.flow === flow.id, draw })
  return { id: flow.id, title: flow.title, triggers: heard(flow.triggers), roots: roots.map(draw) }
}

interface Drawing {
  taps: ReadonlyMap<string, number>
  options: MapOptions
  /** Whether the target's card hangs on this way. */
  drawnBy: (way: string, target: Target) => boolean
  draw: (at: Target) => MapCard
}

function card(flows: FlowSet, at: Target, { taps, options, drawnBy, draw }: Drawing): MapCard {
  const step = stepOf(flows, at)!
  const count = taps.get(nameOf(at)) ?? null
  const leadsTo = (key: string, target: Target): MapRow['leads'] => (drawnBy(`${nameOf(at)}#${key}`, target) ? { to: 'card', card: draw(target) } : { to: 'elsewhere', at: target })

  const draws = (index: number): boolean => {
    const { then } = step.choices[index]!
    return then.to === 'step' && drawnBy(`${nameOf(at)}#${index}`, then.target)
  }
  let number = 0
  const rows = rowsOf(step.choices).map((indexes): MapRow => {
    const index = indexes.find(draws) ?? indexes[0]!
    const choice = step.choices[index]!
    return {
      number: choice.title === null ? null : ++number,
      says: choice.title ?? `nghe: ${heard(indexes.flatMap((each) => step.choices[each]!.matchers)).join(', ')}`,
      leads: leadsOf(choice, options) ?? leadsTo(String(index), choice.then.to === 'step' ? choice.then.target : at),
      isDeep: count !== null && count >= mostTaps && choice.then.to === 'article',
    }
  })
  if (step.goto !== null) rows.push({ number: null, says: 'đi tiếp ngay', leads: leadsTo('goto', step.goto), isDeep: false })
  else if (step.otherwise.to === 'step') rows.push({ number: null, says: 'nhắn lời khác', leads: leadsTo('otherwise', step.otherwise.target), isDeep: false })

  const isDeep = (count !== null && count > mostTaps) || rows.some((row) => row.isDeep)
  return { at, taps: count, says: step.ask, rows, remarks: [...(count === null ? ['không ai tới được'] : []), ...(isDeep ? [`sâu quá ${mostTaps} lần chạm`] : []), ...options.remarks(at)] }
}

function leadsOf({ then }: FlowChoice, { articleTitle }: MapOptions): MapRow['leads'] | null {
  if (then.to === 'handover') return { to: 'person' }
  return then.to === 'article' ? { to: 'article', id: then.article, title: articleTitle(then.article) ?? then.article } : null
}

/** The choices by their places in the list, one row each; what nobody sees shares a row with whatever else leads to the same place. */
function rowsOf(choices: readonly FlowChoice[]): number[][] {
  const rows = new Map<string, number[]>()
  choices.forEach(({ title, then }, index) => {
    const key = title !== null ? `#${index}` : then.to === 'step' ? nameOf(then.target) : then.to === 'article' ? `#${then.article}` : '#'
    rows.set(key, [...rows.get(key) ?? [], index])
  })
  return [...rows.values()]
}

/** Words as they are; of patterns, which say nothing to most readers, how many. */
function heard(matchers: FlowChoice['matchers']): string[] {
  const patterns = matchers.filter((matcher) => 'pattern' in matcher).length
  return [...matchers.flatMap((matcher) => ('words' in matcher ? [matcher.words] : [])), ...(patterns === 0 ? [] : [`${patterns} mẫu câu`])]
}

/** All cards below some, each before what is drawn under it. */
export function cardsOf(roots: readonly MapCard[]): MapCard[] {
  return roots.flatMap((root) => [root, ...cardsOf(root.rows.flatMap(({ leads }) => (leads.to === 'card' ? [leads.card] : [])))])
}

export const allCards = ({ flows }: FlowMap): MapCard[] => flows.flatMap(({ roots }) => cardsOf(roots))
