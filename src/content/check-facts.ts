import { nearest, type Problem } from '../core/problem.ts'
import type { FlowFile } from '../flow/parse.ts'
import { campaignsNamed, type Calendars } from './calendar.ts'
import type { KnownArticles } from './known-articles.ts'

/** What steps of flows state, and who answers for it: an article with its review date, a campaign with its calendar. */
export const checkFacts = (flows: readonly FlowFile[], known: KnownArticles, calendars: Calendars): Problem[] =>
  [...lostArticles(flows, known), ...undatedFacts(flows), ...lostCampaigns(flows, calendars)]

const said = ({ written }: FlowFile, step: string) => ['steps', step, written.steps[step]?.ask === undefined ? 'say' : 'ask']

/** Steps that lean on an article nobody answers from any more: their facts have no owner and no date. */
function lostArticles(flows: readonly FlowFile[], known: KnownArticles): Problem[] {
  return flows.flatMap(({ flow, written, locate }) => Object.values(flow.steps).flatMap((step) => step.facts.flatMap((id, index): Problem[] => {
    const standing = known.standing(id)
    if (standing === 'used' || standing === 'unread') return []
    const near = nearest(id, known.used)
    const path = ['steps', step.id, 'facts', ...(Array.isArray(written.steps[step.id]?.facts) ? [index] : [])]
    return [{
      file: flow.file, ...locate(path), severity: standing === 'withdrawn' ? 'warning' : 'error', what: standing === 'withdrawn' ? `bước "${step.id}" dựa vào mục "${id}" đã rút nên không nói nữa` : `bước "${step.id}" dựa vào mục "${id}" không có`,
      todo: standing === 'withdrawn' ? 'xem lại thông tin của bước, rồi ghi mục thay nó' : near === null ? 'sửa mã, hoặc bỏ dòng facts' : `có phải "${near}"?`,
    }]
  })))
}

/** Counts, sums and dates change: a step that tells them needs an article that falls due. */
const figure = /\d[\d.,]* ?(?:giờ|ngày|tháng|năm|tuổi|đồng|nghìn|ngàn|triệu|tỷ|%)(?!\p{L})|\d{1,2}\/\d{1,2}\/\d{4}/u

function undatedFacts(flows: readonly FlowFile[]): Problem[] {
  return flows.flatMap((file) => Object.values(file.flow.steps).flatMap((step): Problem[] => {
    const found = step.facts.length > 0 ? undefined : figure.exec(step.ask)?.[0]
    return found === undefined ? [] : [{
      file: file.flow.file, ...file.locate(said(file, step.id), found), severity: 'warning',
      what: `bước "${step.id}" nêu "${found}" mà không theo mục hỏi–đáp nào, quá hạn cũng không ai hay`, todo: 'thêm dòng facts: <mã mục hỏi–đáp có thông tin ấy>',
    }]
  }))
}

/** Steps that tell the calendar of a campaign nobody wrote: citizens hear that nothing is to come, whatever is. */
function lostCampaigns(flows: readonly FlowFile[], calendars: Calendars): Problem[] {
  return flows.flatMap((file) => Object.values(file.flow.steps).flatMap((step) => [...step.ask.matchAll(/\{\{\s*calendar\.([a-z0-9-]+)\s*\}\}/g)].flatMap(([raw, name]): Problem[] =>
    (campaignsNamed(calendars, name!).length > 0 ? [] : [{
      file: file.flow.file, ...file.locate(said(file, step.id), raw), severity: 'warning',
      what: `bước "${step.id}" nói lịch của đợt "${name}" mà content/campaigns không có đợt nào mã "${name}" hay "${name}-…"`, todo: 'viết tệp đợt có khóa calendar, hoặc sửa tên đợt',
    }]))))
}
