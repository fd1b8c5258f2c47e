import { exportCampaign } from '../campaign/export.ts'
import { campaignStatus, verifyLog } from '../campaign/figures.ts'
import { statusShape } from '../campaign/forecast.ts'
import { statusNames } from '../campaign/life.ts'
import { contentOf, noRules } from '../campaign/world.ts'
import { formatProblems } from '../content.ts'
import { isError } from '../core/problem.ts'
import { tellTime } from '../core/time.ts'
import { failed, missing, type Subcommand } from './campaign-answer.ts'
import { campaignOf } from './campaign-desk.ts'
import { describePlan, describeStatus } from './campaign-text.ts'

/** Subcommands that only look: nothing is changed by them. */

export const check: Subcommand = async (desk, { words: [id], given }, terminal) => {
  const { campaigns, problems } = await desk.files()
  const wanted = campaigns.filter((read) => id === undefined || read.campaign.id === id)
  const stored = id === undefined || wanted.length > 0 ? null : await desk.store.loadCampaign(id)
  if (id !== undefined && wanted.length === 0 && stored === null && problems.length === 0) return missing(id, given, terminal)
  const found = [
    ...problems, ...(await Promise.all(wanted.map(async ({ campaign: each, ...where }) => desk.engine.check(each, where)))).flat(),
    ...(stored === null ? [] : await desk.engine.check(contentOf(stored))),
  ]
  const errors = found.filter(isError).length
  if (given.json) terminal.out(JSON.stringify(found, null, 2))
  else {
    for (const line of formatProblems(found)) terminal.out(line)
    terminal.out(errors === 0 ? `Dùng được: ${wanted.length + (stored === null ? 0 : 1)} đợt.` : `Có ${errors} lỗi phải sửa.`)
  }
  return errors === 0 ? 0 : 1
}

export const plan: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const wanted = await campaignOf(desk, id)
  if (wanted === null) return missing(id, given, terminal)
  const forecast = await desk.engine.plan(wanted)
  if (forecast === null) return failed(noRules, given, terminal)
  if (given.json) terminal.out(JSON.stringify({ ...statusShape((await desk.store.loadCampaign(id))?.status ?? 'draft', forecast), forecast }))
  else for (const line of describePlan(forecast)) terminal.out(line)
  return forecast.refusals.length === 0 ? 0 : 1
}

export const status: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const [shape, record] = [await campaignStatus(id, desk.store), await desk.store.loadCampaign(id)]
  if (shape === null || record === null) return missing(id, given, terminal)
  if (given.json) terminal.out(JSON.stringify(shape))
  else for (const line of describeStatus(shape, record, await desk.store.listPublications({ campaign: id }))) terminal.out(line)
  return 0
}

export const list: Subcommand = async (desk, { given }, terminal) => {
  const records = await desk.store.listCampaigns()
  if (given.json) terminal.out(JSON.stringify(records.map(({ id, status: at, author, changedAt }) => ({ id, status: at, author, changedAt }))))
  else if (records.length === 0) terminal.out('Kho dữ liệu chưa có đợt nào. Đợt viết trong tệp: xem bằng campaign check, trình duyệt bằng campaign submit MÃ')
  else for (const { id, status: at, author, changedAt } of records) terminal.out([id, statusNames[at], author, tellTime(changedAt, Date.now())].join('\t'))
  return 0
}

export const audit: Subcommand = async (desk, { words: [id], given }, terminal) => {
  const result = await verifyLog(desk.store, given.expect ?? null)
  const lines = []
  for await (const batch of desk.store.auditLines()) lines.push(...batch.filter(({ campaign: each }) => id === undefined || each === id))
  if (given.json) terminal.out(JSON.stringify({ ...result, lines }))
  else {
    for (const { seq, at, who, via, action, campaign: each, before, after, why } of lines) terminal.out([seq, tellTime(at, Date.now()), each, who, via, action, `${before ?? '-'}>${after}`, why].join('\t'))
    terminal.out(result.ok ? `Nhật ký nguyên vẹn. Mã cuối: ${result.head}` : `Dòng ${result.seq}: ${result.what}`)
  }
  return result.ok ? 0 : 1
}

export const exported: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const record = await desk.store.loadCampaign(id)
  if (record === null) return missing(id, given, terminal)
  terminal.out(exportCampaign(contentOf(record)).trimEnd())
  return 0
}

export const uncertain: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const publications = (await desk.store.listPublications({ campaign: id })).filter(({ status: at }) => at === 'uncertain')
  const rows = [
    ...publications.map(({ id: publication, account, dueAt }) => ({ kind: 'publication' as const, id: publication, contactKey: '', account, at: dueAt, settled: false })),
    ...(await desk.store.listUncertain(id, 10_000)).map((row) => ({ kind: 'delivery' as const, ...row })),
  ]
  if (given.json) terminal.out(JSON.stringify(rows))
  else for (const row of rows) terminal.out([row.id, tellTime(row.at, Date.now()), row.kind === 'publication' ? 'bài đăng, chưa rõ đã lên hay chưa' : row.settled ? 'đã xem' : 'chưa xem'].join('\t'))
  return 0
}
