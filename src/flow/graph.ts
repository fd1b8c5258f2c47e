import type { Flow, FlowSet, Step, Target } from './flow.ts'

/** How steps lead to one another, looked at without running them. */

export const nameOf = ({ flow, step }: Target): string => `${flow}/${step}`

export function stepOf(flows: FlowSet, { flow, step }: Target): Step | undefined {
  const steps: Flow['steps'] = flows.get(flow)?.steps ?? {}
  return Object.hasOwn(steps, step) ? steps[step] : undefined
}

export const startOf = (flow: Flow): Target => ({ flow: flow.id, step: flow.start })

export const stepsOf = (flows: FlowSet): Target[] =>
  [...flows.values()].flatMap((flow) => Object.keys(flow.steps).map((step) => ({ flow: flow.id, step })))

/** Where a step may lead next, in the order written; a step twice named stands there twice. */
function targetsOf(step: Step): Target[] {
  if (step.goto !== null) return [step.goto]
  return [
    ...step.choices.flatMap(({ then }) => (then.to === 'step' ? [then.target] : [])),
    ...(step.otherwise.to === 'step' ? [step.otherwise.target] : []),
  ]
}

/** Every step that can be come to from one of `from`, themselves among them. */
export function reachable(flows: FlowSet, from: readonly Target[]): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [...from]
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    const step = stepOf(flows, target)
    if (step === undefined || reached.has(nameOf(target))) continue
    reached.add(nameOf(target))
    open.push(...targetsOf(step))
  }
  return reached
}

/** Whether `goto` alone leads from a step back to itself. */
export function circles(from: Target, flows: FlowSet): boolean {
  const passed = new Set<string>()
  for (let at = stepOf(flows, from)?.goto ?? null; at !== null && !passed.has(nameOf(at)); at = stepOf(flows, at)?.goto ?? null) {
    if (nameOf(at) === nameOf(from)) return true
    passed.add(nameOf(at))
  }
  return false
}

/**
 * Loops that only lead round: from none of their steps can a citizen come to an article, a person or a free question.
 * One step stands for each loop, the one written first.
 */
export function loopsWithoutWayOut(flows: FlowSet): Target[] {
  const all = stepsOf(flows)
  const free = new Set(all.filter((target) => isWayOut(stepOf(flows, target)!)).map(nameOf))
  for (let grew = true; grew;) {
    const more = all.filter((target) => !free.has(nameOf(target)) && targetsOf(stepOf(flows, target)!).some((next) => free.has(nameOf(next)) || stepOf(flows, next) === undefined))
    for (const target of more) free.add(nameOf(target))
    grew = more.length > 0
  }
  const told = new Set<string>()
  return all.filter((target) => {
    if (free.has(nameOf(target)) || told.has(nameOf(target))) return false
    const onwards = reachable(flows, targetsOf(stepOf(flows, target)!))
    if (!onwards.has(nameOf(target))) return false
    for (const name of onwards) told.add(name)
    return true
  })
}

function isWayOut({ goto, choices, otherwise }: Step): boolean {
  return goto === null && (otherwise.to === 'answer' || choices.some(({ then }) => then.to !== 'step'))
}
