import type { FlowContext, FlowMove, FlowSet, FlowState } from '../../src/flow/flow.ts'
import { parseFlows } from '../../src/flow/parse.ts'

/** Flows from YAML texts; fails the test when they are wrong. */
export function flowsOf(...texts: string[]): FlowSet {
  const { flows, problems } = parseFlows(texts.map((text, index) => ({ file: `${index}.yaml`, text })))
  if (problems.length > 0) throw new Error(problems.map(({ file, line, what }) => `${file}:${line} ${what}`).join('\n'))
  return flows
}

export const context = (text = ''): FlowContext =>
  ({ text, province: { name: 'tỉnh Mẫu', hotline: '0259 3822 333' }, today: '21/11/2026', review: () => ({ after: '' }), calendar: (campaign) => `lịch ${campaign}`, moreTitle: 'Xem thêm', firstPageTitle: 'Về đầu' })

/** What was said, one line per message, choices after `|`. */
export function shown(move: FlowMove | null): string[] {
  if (move?.kind !== 'said') throw new Error(`said nothing: ${move?.kind ?? 'null'}`)
  return move.messages.map(({ text, choices = [] }) => [text, ...choices.map(({ title }) => title)].join(' | '))
}

export const at = (flow: string, step: string, more: Partial<FlowState> = {}): FlowState => ({ at: { flow, step }, page: 0, trail: [], saved: {}, ...more })
