import type { Campaign } from '../campaign/campaign.ts'
import { confirmCorrection, correctionSteps, dropCorrection, proposeCorrection } from '../campaign/correct.ts'
import { voidedBy, type Done } from '../campaign/engine.ts'
import { exportCampaign } from '../campaign/export.ts'
import { campaignStatus, verifyLog } from '../campaign/figures.ts'
import { statusShape } from '../campaign/forecast.ts'
import { statusNames } from '../campaign/life.ts'
import { campaignOfId, handReach, isPublicationId } from '../campaign/settlement.ts'
import { addPhone, listPhones, removePhone, sendTrial } from '../campaign/trial.ts'
import { contentOf, noRules } from '../campaign/world.ts'
import { formatProblems } from '../content.ts'
import type { AuditLine } from '../core/campaign.ts'
import { isError } from '../core/problem.ts'
import { tellTime, vietnamDay } from '../core/time.ts'
import type { Settlement } from '../store/campaign-ports.ts'
import { openCampaigns, type CampaignDesk } from './campaign-desk.ts'
import { describePlan, describeStatus } from './campaign-text.ts'
import { report } from './campaign-report.ts'
import { readArguments, usage, type CampaignWords } from './campaign-words.ts'
import { UsageError, type Command, type Terminal } from './command.ts'

/** What each subcommand does with the words after its name; the number is the exit code. */
type Subcommand = (desk: CampaignDesk, typed: CampaignWords, terminal: Terminal) => Promise<number>

/** Announcements from the command line: the same actions as on the staff pages, with the same log. */
export const campaign: Command = async (args, terminal) => {
  const { words: [name = '', ...words], given } = readArguments(args)
  const found = Object.hasOwn(subcommands, name) ? subcommands[name]! : null
  if (found === null || words.length < found.least || words.length > (found.most ?? found.least)) throw new UsageError(`Cách dùng: ${usage}`)
  return openCampaigns(terminal, given, (desk) => found.run(desk, { words, given }, terminal))
}

/** Where nobody gave a reason: the log says who did it all the same. */
const reasonOf = ({ why }: CampaignWords['given']): string => why?.trim() || 'không ghi lý do (dòng lệnh)'

type Move = 'approve' | 'return' | 'pause' | 'resume' | 'cancel'

const move = (action: Move): Subcommand => async (desk, { words: [id = ''], given }, terminal) => {
  const by = { actor: desk.actor, why: reasonOf(given) }
  return told(action === 'approve' ? await desk.engine.approve(id, by, given.hash) : await desk.engine[action](id, by), given, terminal)
}

function told(done: Done, { json }: CampaignWords['given'], terminal: Terminal): number {
  if ('refused' in done) {
    if (json) terminal.out(JSON.stringify({ refused: done.refused }))
    else for (const why of done.refused) terminal.error(why)
    return 1
  }
  const { id, status, approval } = done.done
  if (json) terminal.out(JSON.stringify({ id, status, approval: approval?.hash ?? null }))
  else terminal.out(`Đợt ${id}: ${statusNames[status]}${approval === null ? '' : `, mã băm ${approval.hash}`}.`)
  return 0
}

const check: Subcommand = async (desk, { words: [id], given }, terminal) => {
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

/** What was handed in, is approved or runs; before that the file where there is one. */
async function campaignOf(desk: CampaignDesk, id: string) {
  const record = await desk.store.loadCampaign(id)
  const isWritten = record === null || record.status === 'draft' || record.status === 'returned'
  const read = isWritten ? (await desk.files()).campaigns.find(({ campaign: each }) => each.id === id) : undefined
  if (read !== undefined) return read.campaign
  return record === null ? null : contentOf(record)
}

const plan: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const wanted = await campaignOf(desk, id)
  if (wanted === null) return missing(id, given, terminal)
  const forecast = await desk.engine.plan(wanted)
  if (forecast === null) return failed(noRules, given, terminal)
  if (given.json) terminal.out(JSON.stringify({ ...statusShape((await desk.store.loadCampaign(id))?.status ?? 'draft', forecast), forecast }))
  else for (const line of describePlan(forecast)) terminal.out(line)
  return forecast.refusals.length === 0 ? 0 : 1
}

const submit: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const { campaigns, problems } = await desk.files()
  const read = campaigns.find(({ campaign: each }) => each.id === id)
  const by = { actor: desk.actor, why: given.why ?? '' }
  if (read === undefined) {
    const broken = problems.filter((problem) => isError(problem) && [`/${id}.yaml`, `/${id}.yml`].some((name) => problem.file.endsWith(name)))
    if (broken.length > 0) return failed(formatProblems(broken).join('\n'), given, terminal)
    return told(await desk.engine.submit(id, by), given, terminal)
  }
  if (given.overwrite !== true && await isOlder(desk, read.campaign)) {
    return failed(`Đợt "${id}" đã được sửa trên trang quản lý sau khi nhập từ tệp. Lấy bản mới về tệp: campaign export ${id}. Muốn bỏ bản trên trang, dùng bản trong tệp: thêm --overwrite.`, given, terminal)
  }
  const before = await desk.store.loadCampaign(id)
  const drafted = await desk.engine.draft(read.campaign, by)
  if ('refused' in drafted) return told(drafted, given, terminal)
  const voided = before === null ? [] : voidedBy(before, drafted.done, await desk.world())
  if (voided.length > 0 && given.json !== true) terminal.out(`Lưu ý: ${voided.join('; ')}.`)
  return told(await desk.engine.submit(id, by), given, terminal)
}

/** Whether a file says something else than the store, where somebody has written on the staff pages since. */
async function isOlder(desk: CampaignDesk, campaign: Campaign): Promise<boolean> {
  const record = await desk.store.loadCampaign(campaign.id)
  if (record === null || exportCampaign(contentOf(record)) === exportCampaign(campaign)) return false
  let lastEdit: AuditLine | null = null
  for await (const lines of desk.store.auditLines()) lastEdit = lines.findLast(({ campaign: id, action }) => id === campaign.id && action === 'edit') ?? lastEdit
  return lastEdit?.via === 'console'
}

const status: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const [shape, record] = [await campaignStatus(id, desk.store), await desk.store.loadCampaign(id)]
  if (shape === null || record === null) return missing(id, given, terminal)
  if (given.json) terminal.out(JSON.stringify(shape))
  else for (const line of describeStatus(shape, record, await desk.store.listPublications({ campaign: id }))) terminal.out(line)
  return 0
}

const list: Subcommand = async (desk, { given }, terminal) => {
  const records = await desk.store.listCampaigns()
  if (given.json) terminal.out(JSON.stringify(records.map(({ id, status: at, author, changedAt }) => ({ id, status: at, author, changedAt }))))
  else if (records.length === 0) terminal.out('Kho dữ liệu chưa có đợt nào. Đợt viết trong tệp: xem bằng campaign check, trình duyệt bằng campaign submit MÃ')
  else for (const { id, status: at, author, changedAt } of records) terminal.out([id, statusNames[at], author, tellTime(changedAt, Date.now())].join('\t'))
  return 0
}

const audit: Subcommand = async (desk, { words: [id], given }, terminal) => {
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

const exported: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const record = await desk.store.loadCampaign(id)
  if (record === null) return missing(id, given, terminal)
  terminal.out(exportCampaign(contentOf(record)).trimEnd())
  return 0
}

const correct: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const kind = given.recall === true ? 'recall' : 'correct'
  const { rules } = await desk.world()
  if (rules === null) return failed(noRules, given, terminal)
  const about = given.post === undefined ? {} : { posts: given.post.split(',').map((post) => post.trim()) }
  const steps = await correctionSteps(id, { kind, ...about }, rules, { store: desk.store, now: Date.now })
  const done = await proposeCorrection(desk.engine, id, { kind, text: given.text ?? '', ...about }, { actor: desk.actor, why: reasonOf(given) }, Date.now())
  if ('refused' in done) return told(done, given, terminal)
  if (given.json) terminal.out(JSON.stringify({ id, status: done.done.status, steps }))
  else {
    for (const { post, account, what } of steps) terminal.out(`${post} (${account}): ${what}`)
    if (done.done.status === 'paused') terminal.out('Xác nhận rồi thì ai chưa nhận các bài này cũng không nhận nữa.')
    terminal.out(`Chờ người thứ hai: campaign confirm ${id}`)
  }
  return 0
}

const confirm: Subcommand = async (desk, { words: [id = ''], given }, terminal) => told(await confirmCorrection(desk.engine, id, { actor: desk.actor, why: given.why ?? '' }, Date.now()), given, terminal)
const drop: Subcommand = async (desk, { words: [id = ''], given }, terminal) => told(await dropCorrection(desk.engine, id, { actor: desk.actor, why: reasonOf(given) }), given, terminal)

const uncertain: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const publications = (await desk.store.listPublications({ campaign: id })).filter(({ status: at }) => at === 'uncertain')
  const rows = [
    ...publications.map(({ id: publication, account, dueAt }) => ({ kind: 'publication' as const, id: publication, contactKey: '', account, at: dueAt, settled: false })),
    ...(await desk.store.listUncertain(id, 10_000)).map((row) => ({ kind: 'delivery' as const, ...row })),
  ]
  if (given.json) terminal.out(JSON.stringify(rows))
  else for (const row of rows) terminal.out([row.id, tellTime(row.at, Date.now()), row.kind === 'publication' ? 'bài đăng, chưa rõ đã lên hay chưa' : row.settled ? 'đã xem' : 'chưa xem'].join('\t'))
  return 0
}

/** Of a message nobody can learn more; whether a publication is up, a person can see. */
const settle: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
  const chosen = (['send-again', 'leave', 'published', 'not-published'] as const).filter((name) => given[name] === true)
  const settlement = isPublicationId(id) ? publicationSettlement(id, chosen) : deliverySettlement(id, chosen)
  return told(await desk.engine.settle(campaignOfId(id), settlement, { actor: desk.actor, why: given.why ?? '' }), given, terminal)
}

function publicationSettlement(id: string, chosen: readonly string[]): Settlement {
  const ways = { 'send-again': 'publish_again', published: 'published', 'not-published': 'not_published' } as const
  const [how, ...others] = chosen.map((name) => (Object.hasOwn(ways, name) ? ways[name as keyof typeof ways] : null))
  if (how === undefined || how === null || others.length > 0) throw new UsageError('Bài đăng thì chọn một: --send-again (đăng lại), --published (đã thấy bài trên kênh) hoặc --not-published (không thấy bài).')
  return { kind: 'publication', id, how }
}

function deliverySettlement(id: string, [way, ...others]: readonly string[]): Settlement {
  if ((way !== 'send-again' && way !== 'leave') || others.length > 0) throw new UsageError('Chọn một: --send-again (gửi lại) hoặc --leave (để nguyên).')
  return { kind: 'delivery', id, how: way === 'leave' ? 'leave' : 'send_again' }
}

const reach: Subcommand = async (desk, { words: [id = '', number = ''], given }, terminal) => {
  const today = vietnamDay(Date.now())
  const noted = handReach(number, given.day ?? today, desk.actor.name, today)
  if ('refused' in noted) throw new UsageError(noted.refused)
  return told(await desk.engine.settle(campaignOfId(id), { kind: 'reach', id, ...noted }, { actor: desk.actor, why: given.why ?? '' }), given, terminal)
}

const noPhones = 'Chưa có điện thoại nào: campaign phones add MÃ_NGƯỜI_NHẮN TÊN'

const phones: Subcommand = async (desk, { words: [what, contactKey = '', ...name], given }, terminal) => {
  if (what === 'add') {
    const found = await desk.store.findContact(contactKey)
    if (found === null) return failed('Không có người nhắn nào mang mã này: điện thoại phải nhắn cho tài khoản một lần trước.', given, terminal)
    await addPhone(desk.store, { contactKey, account: `${found.contact.channel}:${found.contact.accountId}`, name: name.join(' ') || desk.actor.name })
    return done('Đã thêm.', given, terminal)
  }
  if (what === 'remove') return (await removePhone(desk.store, contactKey)) ? done('Đã bỏ.', given, terminal) : failed('Không có điện thoại này.', given, terminal)
  const all = await listPhones(desk.store)
  if (given.json) terminal.out(JSON.stringify(all))
  else if (all.length === 0) terminal.out(noPhones)
  else for (const phone of all) terminal.out([phone.contactKey, phone.account, phone.name].join('\t'))
  return 0
}

const trial: Subcommand = async (desk, { words: [id = '', post = ''], given }, terminal) => {
  const wanted = await campaignOf(desk, id)
  if (wanted === null) return missing(id, given, terminal)
  const results = await sendTrial({ id, content: wanted }, post, await listPhones(desk.store), (await desk.world()).compose, desk.store, Date.now())
  if (results === null) return failed(`Đợt không có bài "${post}".`, given, terminal)
  if (given.json) terminal.out(JSON.stringify(results))
  else if (results.length === 0) terminal.out(noPhones)
  else for (const { name, result } of results) terminal.out(`${name}: ${trialWords[result]}`)
  return 0
}

const trialWords = { queued: 'đã xếp gửi', no_contact: 'chưa từng nhắn cho tài khoản này', not_by_this_post: 'bài không gửi qua kênh này' } as const

function done(text: string, { json }: CampaignWords['given'], terminal: Terminal): number {
  terminal.out(json ? JSON.stringify({ done: true }) : text)
  return 0
}

function failed(text: string, { json }: CampaignWords['given'], terminal: Terminal): number {
  if (json) terminal.out(JSON.stringify({ refused: [text] }))
  else terminal.error(text)
  return 1
}

const missing = (id: string, given: CampaignWords['given'], terminal: Terminal): number => failed(`Không có đợt nào mã "${id}".`, given, terminal)

const subcommands: Readonly<Record<string, { run: Subcommand; least: number; most?: number }>> = {
  list: { run: list, least: 0 }, check: { run: check, least: 0, most: 1 }, plan: { run: plan, least: 1 }, submit: { run: submit, least: 1 },
  approve: { run: move('approve'), least: 1 }, return: { run: move('return'), least: 1 }, pause: { run: move('pause'), least: 1 }, resume: { run: move('resume'), least: 1 },
  cancel: { run: move('cancel'), least: 1 }, status: { run: status, least: 1 }, report: { run: report, least: 0, most: 1 }, audit: { run: audit, least: 0, most: 1 },
  export: { run: exported, least: 1 }, correct: { run: correct, least: 1 }, confirm: { run: confirm, least: 1 }, drop: { run: drop, least: 1 },
  uncertain: { run: uncertain, least: 1 }, settle: { run: settle, least: 1 }, reach: { run: reach, least: 2 }, phones: { run: phones, least: 0, most: 10 }, trial: { run: trial, least: 2 },
}
