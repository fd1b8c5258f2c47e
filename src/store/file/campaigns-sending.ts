import type { PublicationRow } from '../../core/campaign.ts'
import type { Millis } from '../../core/time.ts'
import type { CampaignStore, ClaimedCampaignDelivery } from '../campaign-ports.ts'
import { claimedDelivery } from './claiming.ts'
import { changePublication, readCampaign } from './campaigns-document.ts'
import { inOrder, ledgerOf } from './campaigns-ledger.ts'
import { withPartsGoingOn } from './campaigns-parts.ts'
import { factsOf } from './campaigns-plan.ts'
import { replaced, type ContactDocument, type StoredDelivery } from './contact-document.ts'
import { laneSubject } from './contact-index.ts'
import type { GroupCommit } from './group-commit.ts'
import { laneOf, withSendingOf } from './outbox.ts'
import type { State, Unit } from './unit.ts'

/** Hands planned deliveries out, stops them, and shows staff what nobody knows. */
export function campaignSending(state: State, commits: GroupCommit): Pick<CampaignStore, 'claimCampaignDeliveries' | 'stopDeliveries' | 'listUncertain'> {
  const { index, laneLeases, publicationLeases } = state
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
      const deliveries = document?.deliveries.map((row): StoredDelivery => (
        row.planned?.campaign === campaign && row.status === 'queued' ? { ...row, status: 'skipped', reason: 'cancelled', dueAt: null, finishedAt: now } : row)) ?? []
      const ended = deliveries.filter((row, n) => row !== document?.deliveries[n]).length
      changed += ended
      if (document && ended > 0) unit.saveContact({ ...document, deliveries })
    }
    return changed + endLost(unit, campaign, now) + cancelPublications(unit, campaign, now)
  }

  /** What a killed process was sending. */
  function endLost(unit: Unit, campaign: string, now: Millis): number {
    let changed = 0
    for (const key of [...index.planned.keys()]) {
      const document = unit.contact(key)
      const lost = document?.deliveries.find(({ planned, status }) => planned?.campaign === campaign && status === 'sending')
      if (!document || lost === undefined || isBusy(key, now)) continue
      const ended: StoredDelivery = { ...lost, status: 'uncertain', reason: 'no_answer', dueAt: null, finishedAt: now }
      unit.saveContact({ ...document, deliveries: withPartsGoingOn(replaced(document.deliveries, ended), ended, now) })
      changed++
    }
    return changed
  }

  function cancelPublications(unit: Unit, campaign: string, now: Millis): number {
    const isLost = ({ id, status }: PublicationRow): boolean => status === 'publishing' && !index.isHeld(publicationLeases.of(id), now)
    const over = readCampaign(unit, campaign)?.publications.filter((row) => row.status === 'planned' || isLost(row)) ?? []
    for (const { id } of over) {
      unit.releasePublication(id)
      changePublication(unit, id, (row) => (row.status === 'planned' ? { ...row, status: 'skipped', reason: 'cancelled' } : { ...row, status: 'uncertain', reason: 'no_answer' }))
    }
    return over.length
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
      return how === 'hold' ? back + endLost(unit, campaign, now) : cancel(unit, campaign, now)
    }),
    listUncertain: async (campaign, limit) => [...ledgerOf(state)].filter((row) => row.campaign === campaign && row.status === 'uncertain')
      .sort((a, b) => a.at - b.at || a.seq - b.seq || inOrder<{ id: string }>((row) => [row.id])(a, b)).slice(0, limit)
      .map(({ id, contactKey, account, at, settled }) => ({ id, contactKey, account, at, settled })),
  }
}

const saveWith = (unit: Unit, document: ContactDocument, row: StoredDelivery): void => unit.saveContact({ ...document, deliveries: replaced(document.deliveries, row) })
