import type { Publisher } from '../channels/publisher.ts'
import { channelOfMeans, type CampaignRecord, type CorrectionRecord, type LedgerCount, type PublicationRow } from '../core/campaign.ts'
import { accountFrom, type ChannelName } from '../core/contact.ts'
import { SendError } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import { lengthOf } from '../core/text.ts'
import { MINUTE, vietnamMoment, type Clock, type Millis } from '../core/time.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import type { Campaign, Post } from './campaign.ts'
import { prepare, type ComposeContext } from './compose.ts'
import { concerns, planCorrection, type CorrectionStep, type GoneOut } from './correction.ts'
import type { By, CampaignEngine, Done } from './engine.ts'
import { isPublication } from './means.ts'
import type { PlatformRules } from './rules.ts'
import { contentOf } from './world.ts'

/** Putting right, or taking back, what has gone out. */

export interface CorrectionPorts {
  store: CampaignStore
  engine: CampaignEngine
  publishers: Partial<Record<ChannelName, Publisher>>
  now: Clock
  log: Log
}

/** What has reached people so far. */
async function goneOut(id: string, store: Pick<CampaignStore, 'readLedger' | 'listPublications'>): Promise<GoneOut[]> {
  const [ledger, publications] = [await store.readLedger({ campaign: id }), await store.listPublications({ campaign: id })]
  const reached = ledger.filter(({ status, people }) => people > 0 && (status === 'sent' || status === 'uncertain'))
  const peopleIn = (rows: readonly LedgerCount[], which: LedgerCount['status']): number => rows.reduce((sum, { status, people }) => (status === which ? sum + people : sum), 0)
  const messages = [...Map.groupBy(reached, ({ post, account }) => `${post} ${account}`).values()].map((rows): GoneOut => ({
    post: rows[0]!.post, account: rows[0]!.account, means: rows[0]!.means,
    at: vietnamMoment(rows.map(({ day }) => day).sort()[0]!), people: peopleIn(rows, 'sent'), unknown: peopleIn(rows, 'uncertain'),
  }))
  return [...publications.filter(isUp).map(({ post, account, means, publishedAt, dueAt }): GoneOut => ({ post, account, means, at: publishedAt ?? dueAt, people: null, unknown: 0 })), ...messages]
}

const isUp = ({ status }: PublicationRow): boolean => status === 'published' || status === 'edited' || status === 'uncertain'

/** What would be done, said before anybody confirms it. Without `posts`: of all that has gone out. */
export const correctionSteps = async (id: string, correction: Pick<CorrectionRecord, 'kind' | 'posts'>, rules: PlatformRules, { store, now }: { store: Pick<CampaignStore, 'readLedger' | 'listPublications'>; now: Clock }): Promise<CorrectionStep[]> =>
  planCorrection(correction.kind, (await goneOut(id, store)).filter(({ post }) => concerns(correction, post)), rules, now())

/** With the word before it, it fits where platforms take least: below a picture on Telegram. */
export const longestCorrection = 1_000

/** A running campaign pauses with it. Once it is confirmed, nothing more of the posts it is about goes out. */
export const proposeCorrection = (engine: CampaignEngine, id: string, { kind, text, posts }: Pick<CorrectionRecord, 'kind' | 'text' | 'posts'>, by: By, now: Millis): Promise<Done> =>
  engine.act(id, 'propose_correction', by, (record) => {
    const unknown = (posts ?? []).filter((post) => !contentOf(record).posts.some((each) => each.id === post))
    if (unknown.length > 0) return { refused: unknown.map((post) => `đợt không có bài "${post}"`) }
    if (text.trim() === '') return { refused: ['phải ghi lời đính chính hoặc thu hồi'] }
    if (lengthOf(text) > longestCorrection) return { refused: [`lời đính chính hoặc thu hồi dài nhất ${longestCorrection} ký tự`] }
    const previous = record.correction
    return { set: { correction: {
      kind, text, reason: by.why, proposedBy: by.actor.name, proposedAt: now, confirmedBy: null, confirmedAt: null, ...(posts !== undefined && { posts: [...posts] }), ...(previous !== null && { previous }),
    } } }
  })

/** By a second person; what follows is done by the program, and again after a crash. */
export const confirmCorrection = (engine: CampaignEngine, id: string, by: By, now: Millis): Promise<Done> =>
  engine.act(id, 'confirm_correction', by, ({ correction }) => ({ set: { correction: { ...correction!, confirmedBy: by.actor.name, confirmedAt: now } } }))

export const dropCorrection = (engine: CampaignEngine, id: string, by: By): Promise<Done> => engine.act(id, 'drop_correction', by, ({ correction }) => ({ set: { correction: correction!.previous ?? null } }))

/** Does what a confirmed correction says, as far as it is not done yet. True when nothing is left to do. */
export async function applyCorrection(record: CampaignRecord, compose: ComposeContext, rules: PlatformRules, ports: CorrectionPorts): Promise<boolean> {
  const { store } = ports
  const correction = record.correction!
  const steps = await correctionSteps(record.id, correction, rules, ports)
  const rows = await store.listPublications({ campaign: record.id })
  let finished = true
  for (const row of rows.filter((each) => isUp(each) && each.reason !== noteOf(correction))) {
    const step = steps.find(({ post, account }) => post === row.post && account === row.account)
    if (step !== undefined && isPublication(row.means)) finished = await correctOne(row, step, record, compose, ports) && finished
  }
  const followed = steps.filter(({ step }) => step === 'follow_up')
  if (followed.length > 0) await ensureFollowUp(record, followed, ports)
  return finished
}

/** Stands in the row of what was corrected, so that it is done once. */
const noteOf = ({ proposedAt }: CorrectionRecord): string => `correction:${proposedAt}`

/** False when it must be tried again. */
async function correctOne(row: PublicationRow, { step }: CorrectionStep, record: CampaignRecord, compose: ComposeContext, { store, publishers, log }: CorrectionPorts): Promise<boolean> {
  const correction = record.correction!
  const publisher = publishers[channelOfMeans(row.means)]
  const { accountId } = accountFrom(row.account)
  const original = contentOf(record)
  const post = original.posts.find(({ id }) => id === row.post)
  const choice = post?.means.find(({ means }) => means === row.means)
  if (publisher === undefined || post === undefined || choice === undefined) return true
  try {
    if (step === 'edit') {
      const prepared = prepare(original, { ...post, message: { ...post.message, text: correctionText(correction), links: [] } }, choice, compose)
      if (prepared.kind === 'publication') await publisher.edit(accountId, row.platformIds, prepared.publication)
    } else await publisher.withdraw(accountId, row.platformIds)
    await store.correctPublication(row.id, { status: step === 'edit' ? 'edited' : 'withdrawn', reason: noteOf(correction) })
    return true
  } catch (error) {
    log.warn({ publication: row.id, code: error instanceof SendError ? error.code : errorName(error) }, 'not corrected')
    const mayPass = !(error instanceof SendError) || ['throttled', 'unavailable', 'not_now', 'uncertain'].includes(error.outcome.kind)
    if (!mayPass) await store.correctPublication(row.id, { status: 'published', reason: `correction_failed:${error.code}` })
    return !mayPass
  }
}

const correctionText = ({ kind, text }: CorrectionRecord): string => `${kind === 'recall' ? 'THU HỒI' : 'ĐÍNH CHÍNH'}: ${text}`

/** `<campaign>-dc-<n>`: the follow-up of a correction is a campaign of its own, approved by the two who agreed on the correction. */
export const followUpId = ({ id, correction }: Pick<CampaignRecord, 'id' | 'correction'>): string => `${id}-dc-${Math.floor(correction!.proposedAt / MINUTE)}`

async function ensureFollowUp(record: CampaignRecord, steps: readonly CorrectionStep[], { store, engine }: CorrectionPorts): Promise<void> {
  const correction = record.correction!
  const id = await freeFollowUpId(record, store)
  const by = (name: string, role: 'editor' | 'approver'): By => ({ actor: { name, role, via: 'job' }, why: correction.reason })
  if (await store.loadCampaign(id) === null) await engine.draft(followUpOf(record, id, steps), by(correction.proposedBy, 'editor'))
  const made = await store.loadCampaign(id)
  if (made?.status === 'draft') await engine.act(id, 'submit', by(correction.proposedBy, 'editor'))
  if (made?.status === 'draft' || made?.status === 'submitted') await engine.confirmFollowUp(id, by(correction.confirmedBy!, 'approver'))
}

/** Its id, or the one it has already: a second correction within a minute gets a number. */
async function freeFollowUpId(record: CampaignRecord, store: Pick<CampaignStore, 'loadCampaign'>): Promise<string> {
  const correction = record.correction!
  for (let n = 1; ; n++) {
    const id = n === 1 ? followUpId(record) : `${followUpId(record)}-${n}`
    const there = await store.loadCampaign(id)
    if (there === null) return id
    const { posts, followUp } = contentOf(there)
    if (posts.every(({ message }) => message.text === correctionText(correction)) && Object.values(followUp?.posts ?? {}).every((post) => concerns(correction, post))) return id
  }
}

/** One post for each corrected one, by the same means, to the same accounts. */
function followUpOf(record: CampaignRecord, id: string, steps: readonly CorrectionStep[]): Campaign {
  const original = contentOf(record)
  const correction = record.correction!
  const posts = [...Map.groupBy(steps, ({ post }) => post)].map(([name, group], index): [string, Post] => {
    const post = original.posts.find((each) => each.id === name)!
    return [name, {
      id: `dc-${index + 1}`, title: post.title, at: Math.floor(correction.confirmedAt! / MINUTE) * MINUTE, atNight: 'wait',
      message: { text: correctionText(correction), media: null, links: [], buttons: [] },
      audience: { channels: [], accounts: group.map(({ account }) => account), commune: [], role: [], tags: [], language: [], lastSeenSince: null },
      means: post.means.filter(({ means }) => group.some((step) => step.means === means)), people: [],
    }]
  })
  return {
    id, sample: false, name: `${correction.kind === 'recall' ? 'Thu hồi' : 'Đính chính'}: ${original.name}`, purpose: correction.reason, period: original.period, theme: original.theme, slogans: [], keyDays: [],
    posts: posts.map(([, post]) => post), followUp: { campaign: original.id, posts: Object.fromEntries(posts.map(([name, { id: own }]) => [own, name])) },
  }
}
