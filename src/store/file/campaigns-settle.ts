import type { Millis } from '../../core/time.ts'
import type { CampaignStore, Settlement } from '../campaign-ports.ts'
import { NotSettled, orRefused } from '../settlement.ts'
import { appendNext, changePublication, putRecord, readCampaign, upOrGoing } from './campaigns-document.ts'
import { replaced, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import type { AnonymousDocument } from './erasure.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Unit } from './unit.ts'

/** What staff decide about something nobody knows the end of, with its line in the log. */
export function campaignSettlements(commits: GroupCommit): Pick<CampaignStore, 'settle'> {
  return {
    settle: (settlement, { line, expectedVersion, reopened }, now) => orRefused(commits.run((unit) => {
      if (!settlement.id.startsWith(`${line.campaign}/`)) return 'refused' as const
      if (!appendNext(unit, line, line.campaign, expectedVersion)) return 'stale' as const
      if (reopened !== null) putRecord(unit, { ...reopened, version: expectedVersion + 1 })
      if (!isSettled(unit, settlement, now)) throw new NotSettled()
      return 'settled' as const
    })),
  }
}

function isSettled(unit: Unit, settlement: Settlement, now: Millis): boolean {
  const { kind, id } = settlement
  if (kind === 'reach') return changePublication(unit, id, (row) => ({ ...row, reach: { ...settlement.reach } }))
  return kind === 'publication' ? settlePublication(unit, settlement, now) : settleDelivery(unit, settlement, now)
}

const mayGoOn = (unit: Unit, campaign: string): boolean => ['running', 'paused'].includes(readCampaign(unit, campaign)?.record.status ?? '')

const settlePublication = (unit: Unit, { id, how }: Extract<Settlement, { kind: 'publication' }>, now: Millis): boolean => changePublication(unit, id, (row) => {
  if (row.status !== 'uncertain') return null
  if (how === 'published') return { ...row, status: 'published', publishedAt: upOrGoing(row), reason: null }
  if (how === 'not_published') return { ...row, status: 'failed', reason: 'not_published' }
  return mayGoOn(unit, row.campaign) ? { ...row, status: 'planned', reason: null, dueAt: now } : null
})

function settleDelivery(unit: Unit, { id, how }: Extract<Settlement, { kind: 'delivery' }>, now: Millis): boolean {
  const document = unit.contact(id.slice(id.indexOf(':') + 1, id.lastIndexOf('#')))
  const row = document?.deliveries.find((one) => one.id === id)
  if (!document || !row) return how === 'leave' && leaveAnonymous(unit, id)
  if (row.status !== 'uncertain' || row.planned === undefined) return false
  if (how === 'send_again') return sendAgain(unit, document, row, now)
  unit.saveContact({ ...document, deliveries: replaced(document.deliveries, { ...row, planned: { ...row.planned, settled: true } }) })
  return true
}

function sendAgain(unit: Unit, document: ContactDocument, row: StoredDelivery, now: Millis): boolean {
  const planned = row.planned!
  if (row.part === null || !mayGoOn(unit, planned.campaign)) return false
  const queued = (one: StoredDelivery): StoredDelivery => ({ ...one, status: 'queued', reason: null, finishedAt: null, dueAt: null, waitsSince: now })
  const isRest = (one: StoredDelivery): boolean => one.planned?.campaign === planned.campaign && one.planned.post === planned.post && one.planned.n > planned.n
    && one.status === 'skipped' && one.reason === row.reason && one.part !== null
  const first = { ...queued(row), dueAt: now, maybeSent: false, planned: { ...planned, settled: false } }
  unit.saveContact({ ...document, deliveries: document.deliveries.map((one) => (one.id === row.id ? first : isRest(one) ? queued(one) : one)) })
  return true
}

/** Of an erased contact's row nothing can be done but to mark it. */
function leaveAnonymous(unit: Unit, id: string): boolean {
  for (const name of unit.names('anonymous')) {
    const kept = unit.read<AnonymousDocument>(name)
    const row = kept?.deliveries.find((one) => one.id === id)
    if (!kept || row?.status !== 'uncertain' || row.planned === undefined) continue
    unit.write(name, { ...kept, deliveries: replaced(kept.deliveries, { ...row, planned: { ...row.planned, settled: true } }) })
    return true
  }
  return false
}
