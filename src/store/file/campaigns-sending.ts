import type { Millis } from '../../core/time.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../campaign-ports.ts'
import { claimedDelivery } from './claiming.ts'
import { readCampaign, writeCampaign } from './campaigns-document.ts'
import { inOrder, ledgerOf } from './campaigns-ledger.ts'
import { factsOf } from './campaigns-plan.ts'
import { replaced, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import { laneSubject } from './contact-index.ts'
import type { AnonymousDocument } from './erasure.ts'
import type { GroupCommit } from './group-commit.ts'
import { laneOf, withSendingOf } from './outbox.ts'
import type { State, Unit } from './unit.ts'

/** Hands planned deliveries out, stops them, and lets staff settle what nobody knows. */
export function campaignSending(state: State, commits: GroupCommit): Pick<CampaignStore, 'claimCampaignDeliveries' | 'stopDeliveries' | 'settleUncertain' | 'listUncertain'> {
  const { index, laneLeases } = state
  const isBusy = (key: string, now: Millis): boolean => index.isHeld(laneLeases.of(laneSubject(key, 'planned')), now)

  function claim(unit: Unit, key: string, id: string, now: Millis, lease: Millis): ClaimedCampaignDelivery | null {
    const found = unit.contact(key)
    const row = found?.deliveries.find((one) => one.id === id)
    if (!found || !row?.planned || isBusy(key, now)) return null
    const { campaign, post, means } = row.planned
    const facts = factsOf(state, found, `${campaign}/${post}`)
    const sending = withSendingOf(found, { ...row, waitsSince: now })
    unit.saveContact(sending.document)
    return { ...claimedDelivery(sending.document, sending.row, unit.claimLane(key, 'planned', now, now + lease)), campaign, post, means, facts }
  }

  function giveBack(unit: Unit, campaign: string, { id, claim: token }: { id: string; claim: string }, now: Millis): boolean {
    const subject = laneLeases.subjectOf(token)
    const key = subject === null ? '' : subject.slice(subject.indexOf(':') + 1)
    const document = unit.contact(key)
    const row = document?.deliveries.find((one) => one.id === id)
    if (!document || row?.status !== 'sending' || row.planned?.campaign !== campaign || laneSubject(key, laneOf(row)) !== subject) return false
    unit.releaseLane(key, 'planned')
    saveWith(unit, document, { ...row, status: 'queued', attempts: row.attempts - 1, dueAt: now, waitsSince: now })
    return true
  }

  function cancel(unit: Unit, campaign: string, now: Millis): number {
    let changed = 0
    for (const key of [...index.planned.keys()]) {
      const document = unit.contact(key)
      if (document === null) continue
      const busy = isBusy(key, now)
      const deliveries = document.deliveries.map((row): StoredDelivery => {
        if (row.planned?.campaign !== campaign) return row
        if (row.status === 'queued') return { ...row, status: 'skipped', reason: 'cancelled', dueAt: null, finishedAt: now }
        return row.status === 'sending' && !busy ? { ...row, status: 'uncertain', reason: 'no_answer', dueAt: null, finishedAt: now } : row
      })
      const ended = deliveries.filter((row, n) => row !== document.deliveries[n]).length
      changed += ended
      if (ended > 0) unit.saveContact({ ...document, deliveries })
    }
    return changed + cancelPublications(unit, campaign)
  }

  function cancelPublications(unit: Unit, campaign: string): number {
    const document = readCampaign(unit, campaign)
    const planned = document?.publications.filter(({ status }) => status === 'planned') ?? []
    if (document === null || planned.length === 0) return 0
    writeCampaign(unit, { ...document, publications: document.publications.map((row) => (planned.includes(row) ? { ...row, status: 'skipped', reason: 'cancelled' } : row)) })
    return planned.length
  }

  function sendAgain(unit: Unit, document: ContactDocument, row: StoredDelivery, now: Millis): boolean {
    const planned = row.planned!
    const status = readCampaign(unit, planned.campaign)?.record.status
    if (row.part === null || (status !== 'running' && status !== 'paused')) return false
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

  return {
    claimCampaignDeliveries: (account, limit, now, lease) => commits.run((unit) => {
      index.see(now)
      const runs = new Map<string, boolean>()
      const isRunning = (id: string): boolean => {
        const known = runs.get(id) ?? readCampaign(unit, id)?.record.status === 'running'
        runs.set(id, known)
        return known
      }
      const due = [...index.planned].filter(([key]) => index.get(key)?.account === account)
        .flatMap(([key, rows]) => rows.flatMap((row) => {
          const at = isRunning(row.campaign) ? index.plannedDueAt(key, row) : null
          return at === null || at > now ? [] : [{ key, id: row.id, seq: row.seq, at, order: row.status === 'sending' ? 0 : 1 }]
        }))
      const taken: ClaimedCampaignDelivery[] = []
      // What a dead process was sending comes first, so that staff soon see what is unknown.
      for (const { key, id } of due.sort((a, b) => a.order - b.order || a.at - b.at || a.seq - b.seq)) {
        if (taken.length >= limit) break
        const delivery = claim(unit, key, id, now, lease)
        if (delivery !== null) taken.push(delivery)
      }
      return taken
    }),
    stopDeliveries: (campaign, how, unsent, now) => commits.run((unit) => {
      index.see(now)
      const back = unsent.filter((one) => giveBack(unit, campaign, one, now)).length
      return how === 'hold' ? back : cancel(unit, campaign, now)
    }),
    settleUncertain: (id, how, now) => commits.run((unit) => {
      const document = unit.contact(id.slice(id.indexOf(':') + 1, id.lastIndexOf('#')))
      const row = document?.deliveries.find((one) => one.id === id)
      if (!document || !row) return how === 'leave' && leaveAnonymous(unit, id)
      if (row.status !== 'uncertain' || row.planned === undefined) return false
      if (how === 'send_again') return sendAgain(unit, document, row, now)
      saveWith(unit, document, { ...row, planned: { ...row.planned, settled: true } })
      return true
    }),
    listUncertain: async (campaign, limit) => [...ledgerOf(state)].filter((row) => row.campaign === campaign && row.status === 'uncertain')
      .sort((a, b) => a.at - b.at || a.seq - b.seq || inOrder<{ id: string }>((row) => [row.id])(a, b)).slice(0, limit)
      .map(({ id, contactKey, account, at, settled }) => ({ id, contactKey, account, at, settled })),
  }
}

const saveWith = (unit: Unit, document: ContactDocument, row: StoredDelivery): void => unit.saveContact({ ...document, deliveries: replaced(document.deliveries, row) })
