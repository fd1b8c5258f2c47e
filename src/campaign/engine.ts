import type { ApprovalRecord, CampaignRecord, PublicationRow } from '../core/campaign.ts'
import { isError, type Problem } from '../core/problem.ts'
import type { Locate } from '../core/yaml.ts'
import type { Settlement } from '../store/campaign-ports.ts'
import { approvalHash, changesSince, manifestOf } from './approval.ts'
import { chained, chainStart } from './audit.ts'
import type { Campaign } from './campaign.ts'
import { canonicalJson } from './canonical.ts'
import { checkCampaign } from './check.ts'
import { auditLinesOf, editorsIn } from './editors.ts'
import type { Forecast } from './forecast.ts'
import { decideAction, transitions, voidsApproval, type Actor, type CampaignAction } from './life.ts'
import { forecastCampaign } from './reach.ts'
import { settlementTold } from './settlement.ts'
import { contentOf, noRules, type CampaignPorts, type CampaignWorld } from './world.ts'

/** Who does it, and why: a sentence, empty where nobody asked for one. */
export interface By { actor: Actor; why: string }

/** What became of an action: the record as it is now, or why it was refused, a sentence each. */
export type Done = { done: CampaignRecord } | { refused: string[] }

/** What else an action changes in the record, or why it cannot be. */
export type Amendment = { set: Partial<CampaignRecord> } | { refused: string[] }

/** What people and the program do to campaigns. Every change is one unit with its line in the audit log, and decided again when somebody was faster. */
export interface CampaignEngine {
  /** As a draft revision: new, or in place of what the record says. Content that is already there changes nothing. */
  draft(campaign: Campaign, by: By): Promise<Done>
  /** Errors keep a campaign from being submitted. `where`: the file it was read from, for lines. */
  check(campaign: Campaign, where?: { file: string; locate: Locate }): Promise<Problem[]>
  /** Who will get it and who cannot; null: the platform rules cannot be used. */
  plan(campaign: Campaign): Promise<Forecast | null>
  submit(id: string, by: By): Promise<Done>
  /** `seen`: the hash the approver looked at; refused when it is another by now. */
  approve(id: string, by: By, seen?: string): Promise<Done>
  /** As `approve`, for the follow-up of a correction that a second person has confirmed already, wherever that was. */
  confirmFollowUp(id: string, by: By): Promise<Done>
  /** What an approval would cover now, as a hash; null: no such campaign. */
  hash(id: string): Promise<string | null>
  return(id: string, by: By): Promise<Done>
  pause(id: string, by: By): Promise<Done>
  resume(id: string, by: By): Promise<Done>
  /** Queued messages and planned publications go with it; what is being sent ends by itself. */
  cancel(id: string, by: By): Promise<Done>
  schedule(id: string, by: By): Promise<Done>
  /** `publications`: its rows from now on. */
  start(id: string, by: By, publications: readonly PublicationRow[]): Promise<Done>
  finish(id: string, by: By): Promise<Done>
  /**
   * A person settles what nobody knows the end of, or notes how many a publication reached; the log says who decided what. What is
   * sent or published again lets a finished campaign run again.
   */
  settle(id: string, settlement: Settlement, by: By): Promise<Done>
  /** Any other action of `life.ts`; `amend` gives what else changes in the record. */
  act(id: string, action: CampaignAction, by: By, amend?: (record: CampaignRecord) => Amendment): Promise<Done>
  /** What has changed since it was approved; empty: the approval holds. */
  changes(record: CampaignRecord, world: CampaignWorld): string[]
}

/** Everybody writes to one log: so often another one may be faster before something is wrong. */
const mostTries = 100

export function createEngine(ports: CampaignPorts): CampaignEngine {
  const { store, world, settings, now } = ports

  /** `also`: what the log says beside the reason given. */
  interface Decided { next: CampaignRecord; action: CampaignAction; publications?: readonly PublicationRow[]; also?: string }

  async function change(id: string, { actor, why }: By, decide: (record: CampaignRecord | null) => Promise<Decided | Done>): Promise<Done> {
    for (let tries = 0; tries < mostTries; tries++) {
      const record = await store.loadCampaign(id)
      const head = (await store.auditHead()) ?? chainStart
      const decided = await decide(record)
      if (!('next' in decided)) return decided
      const { next, action, publications = [], also = '' } = decided
      const at = now()
      const line = chained(head, {
        at, who: actor.name, via: actor.via, why: told(why, also), action, campaign: id, before: record?.status ?? null, after: next.status, approval: next.approval?.hash ?? null,
      })
      const expectedVersion = record?.version ?? 0
      const saved = { ...next, version: expectedVersion + 1, changedAt: at }
      if (await store.saveCampaign({ record: saved, expectedVersion, line, publications }) === 'saved') return { done: saved }
    }
    throw new Error(`campaign ${id}: the log changed at every try`)
  }

  function act(id: string, action: CampaignAction, by: By, amend: (record: CampaignRecord) => Amendment = nothingElse, publications: readonly PublicationRow[] = [], approveVia = settings.approveVia): Promise<Done> {
    return change(id, by, async (record) => {
      if (record === null) return unknown(id)
      const editors = transitions[action].secondPerson === 'author' ? editorsIn((await auditLinesOf([id], store)).get(id)!) : []
      const decided = decideAction({ ...record, editors }, action, by.actor, by.why, { approveVia })
      if ('refused' in decided) return { refused: [decided.refused] }
      const amended = amend(record)
      if ('refused' in amended) return amended
      return { next: moved(record, decided.to, transitions[action].needsReason === true ? by.why : null, amended.set), action, publications }
    })
  }

  const approving = ({ actor }: By, { compose }: CampaignWorld, seen: string | undefined) => (record: CampaignRecord): Amendment => {
    const manifest = manifestOf(contentOf(record), compose)
    const hash = approvalHash(manifest)
    if (seen !== undefined && seen !== hash) return { refused: ['nội dung đã đổi từ lúc xem; xem lại rồi duyệt'] }
    const approval: ApprovalRecord = { by: actor.name, at: now(), hash, manifest }
    return { set: { approval } }
  }

  async function settle(id: string, settlement: Settlement, by: By): Promise<Done> {
    const { action, what } = settlementTold(settlement)
    for (let tries = 0; tries < mostTries; tries++) {
      const record = await store.loadCampaign(id)
      const head = (await store.auditHead()) ?? chainStart
      if (record === null) return unknown(id)
      const decided = decideAction(record, action, by.actor, by.why, settings)
      if ('refused' in decided) return { refused: [decided.refused] }
      const reopens = decided.to !== record.status
      const changed = reopens ? changesOf(record, await world()) : []
      if (changed.length > 0) return { refused: changed.map((each) => `${each}: duyệt không còn hiệu lực nên không gửi lại được`) }
      const at = now()
      const reopened = reopens ? { ...moved(record, decided.to, null, {}), version: record.version + 1, changedAt: at } : null
      const line = chained(head, {
        at, who: by.actor.name, via: by.actor.via, why: told(what, by.why), action, campaign: id,
        before: record.status, after: decided.to, approval: record.approval?.hash ?? null,
      })
      const ended = await store.settle(settlement, { line, expectedVersion: record.version, reopened }, at)
      if (ended === 'settled') return { done: reopened ?? record }
      if (ended === 'refused') return { refused: [action === 'note_reach' ? 'không có bài đăng này' : 'không còn ở trạng thái chưa rõ, hoặc không gửi lại được nữa'] }
    }
    throw new Error(`campaign ${id}: the log changed at every try`)
  }

  async function check(campaign: Campaign, where: { file: string; locate: Locate } = { file: campaign.id, locate: () => ({ line: 1, column: 1 }) }): Promise<Problem[]> {
    const { compose, rules } = await world()
    return rules === null ? [] : checkCampaign({ campaign, ...where }, { compose, rules, settings })
  }

  /** What keeps it from being submitted or approved. */
  async function faults(campaign: Campaign): Promise<string[]> {
    if (campaign.sample) return ['đây là đợt mẫu (sample: true): chép thành đợt mới rồi mới trình']
    const surroundings = await world()
    const forecast = await forecastCampaign(campaign, ports, surroundings)
    if (forecast === null) return [noRules]
    return [...(await check(campaign)).filter(isError).map(({ what, todo }) => `${what} → ${todo}`), ...forecast.refusals, ...tooLarge(forecast, store.audienceLimit)]
  }

  return {
    check,
    settle,
    act: (id, action, by, amend) => act(id, action, by, amend),
    plan: async (campaign) => forecastCampaign(campaign, ports, await world()),
    changes: changesOf,
    draft: (campaign, by) => change(campaign.id, by, async (record) => {
      const { actor } = by
      const surroundings = await world()
      if (record === null) {
        if (!transitions.edit.who.includes(actor.role)) return { refused: [`${actor.name} không có quyền soạn đợt`] }
        const fresh: CampaignRecord = {
          id: campaign.id, status: 'draft', version: 0, content: campaign, author: actor.name, lastEditor: actor.name, approval: null, correction: null, reason: null, changedAt: now(),
        }
        return { next: fresh, action: 'edit' }
      }
      if (canonicalJson(record.content) === canonicalJson(campaign)) return { done: record }
      const decided = decideAction(record, 'edit', actor, by.why, settings)
      if ('refused' in decided) return { refused: [decided.refused] }
      const next = moved(record, decided.to, null, { content: campaign, lastEditor: actor.name })
      return { next, action: 'edit', also: voidedBy(record, next, surroundings).join('; ') }
    }),
    async submit(id, by) {
      const record = await store.loadCampaign(id)
      if (record === null) return unknown(id)
      const wrong = await faults(contentOf(record))
      if (wrong.length > 0) return { refused: wrong }
      return act(id, 'submit', by, ({ version }) => (version === record.version ? { set: {} } : { refused: ['đợt vừa được sửa; xem lại rồi trình'] }))
    },
    approve: async (id, by, seen) => act(id, 'approve', by, approving(by, await world(), seen)),
    confirmFollowUp: async (id, by) => act(id, 'approve', by, approving(by, await world(), undefined), [], 'any'),
    async hash(id) {
      const record = await store.loadCampaign(id)
      return record === null ? null : approvalHash(manifestOf(contentOf(record), (await world()).compose))
    },
    return: (id, by) => act(id, 'return', by),
    pause: (id, by) => act(id, 'pause', by),
    async resume(id, by) {
      const surroundings = await world()
      return act(id, 'resume', by, (record) => {
        const changed = changesOf(record, surroundings)
        return changed.length === 0 ? { set: {} } : { refused: changed.map((what) => `${what}: duyệt không còn hiệu lực; sửa lại như lúc duyệt, hoặc hủy đợt và trình đợt mới`) }
      })
    },
    async cancel(id, by) {
      const done = await act(id, 'cancel', by)
      if ('done' in done) await store.stopDeliveries(id, 'cancel', [], now())
      return done
    },
    schedule: (id, by) => act(id, 'schedule', by),
    start: (id, by, publications) => act(id, 'start', by, nothingElse, publications),
    finish: (id, by) => act(id, 'finish', by),
  }
}

/** What made the approval of `before` void, a sentence each; empty: it had none, or it still has it. */
export function voidedBy(before: CampaignRecord, after: CampaignRecord, { compose }: Pick<CampaignWorld, 'compose'>): string[] {
  if (before.approval === null || after.approval !== null) return []
  const changes = changesSince(before.approval, manifestOf(contentOf(after), compose))
  return [`duyệt của ${before.approval.by} không còn hiệu lực`, ...changes]
}

const told = (...texts: string[]): string => texts.filter((text) => text !== '').join('; ')

const nothingElse = (): Amendment => ({ set: {} })

const unknown = (id: string): { refused: string[] } => ({ refused: [`không có đợt nào mã "${id}" trong kho`] })

const changesOf = (record: CampaignRecord, { compose }: CampaignWorld): string[] =>
  record.approval === null ? ['chưa được duyệt'] : changesSince(record.approval, manifestOf(contentOf(record), compose))

const moved = (record: CampaignRecord, status: CampaignRecord['status'], reason: string | null, amended: Partial<CampaignRecord>): CampaignRecord =>
  ({ ...record, status, reason, ...(voidsApproval(record.status, status) && { approval: null }), ...amended })

/** What a store that keeps one document a contact does not take. */
function tooLarge({ posts }: Forecast, limit: number | null): string[] {
  if (limit === null) return []
  return posts.flatMap(({ id, lines }) => {
    const people = lines.reduce((sum, { ledger, audience }) => (ledger === 'personal' ? sum + audience : sum), 0)
    return people > limit ? [`bài "${id}" gửi ${people} người; kho file: chỉ nhận đến ${limit} người, hãy dùng kho sqlite:`] : []
  })
}
