import type { Campaign } from '../campaign/campaign.ts'
import { confirmCorrection, correctionSteps, dropCorrection, proposeCorrection } from '../campaign/correct.ts'
import { voidedBy } from '../campaign/engine.ts'
import { exportCampaign } from '../campaign/export.ts'
import { campaignOfId, handReach, isPublicationId } from '../campaign/settlement.ts'
import { contentOf, noRules } from '../campaign/world.ts'
import { formatProblems } from '../content.ts'
import type { AuditLine } from '../core/campaign.ts'
import { isError } from '../core/problem.ts'
import { vietnamDay } from '../core/time.ts'
import type { Settlement } from '../store/campaign-ports.ts'
import { failed, told, type Subcommand } from './campaign-answer.ts'
import type { CampaignDesk } from './campaign-desk.ts'
import type { CampaignWords } from './campaign-words.ts'
import { UsageError } from './command.ts'

/** Subcommands that change a campaign; each leaves a line in the log. */

/** Where nobody gave a reason: the log says who did it all the same. */
const reasonOf = ({ why }: CampaignWords['given']): string => why?.trim() || 'không ghi lý do (dòng lệnh)'

type Move = 'approve' | 'return' | 'pause' | 'resume' | 'cancel'

export const move = (action: Move): Subcommand => async (desk, { words: [id = ''], given }, terminal) => {
  const by = { actor: desk.actor, why: reasonOf(given) }
  return told(action === 'approve' ? await desk.engine.approve(id, by, given.hash) : await desk.engine[action](id, by), given, terminal)
}

export const submit: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
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

export const correct: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
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

export const confirm: Subcommand = async (desk, { words: [id = ''], given }, terminal) => told(await confirmCorrection(desk.engine, id, { actor: desk.actor, why: given.why ?? '' }, Date.now()), given, terminal)
export const drop: Subcommand = async (desk, { words: [id = ''], given }, terminal) => told(await dropCorrection(desk.engine, id, { actor: desk.actor, why: reasonOf(given) }), given, terminal)

/** Of a message nobody can learn more; whether a publication is up, a person can see. */
export const settle: Subcommand = async (desk, { words: [id = ''], given }, terminal) => {
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

export const reach: Subcommand = async (desk, { words: [id = '', number = '', again], given }, terminal) => {
  const today = vietnamDay(Date.now())
  const noted = handReach({ number, day: given.day ?? today, ...(again !== undefined && { again }) }, desk.actor.name, today)
  if ('refused' in noted) throw new UsageError(noted.refused)
  if ('unlikely' in noted) throw new UsageError(`${noted.unlikely} người là nhiều hơn thường thấy: xem lại trên trang của kênh; đúng thì ghi số ấy hai lần: campaign reach ${id} ${noted.unlikely} ${noted.unlikely}`)
  return told(await desk.engine.settle(campaignOfId(id), { kind: 'reach', id, ...noted }, { actor: desk.actor, why: given.why ?? '' }), given, terminal)
}
