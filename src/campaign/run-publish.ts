import { channelOfMeans } from '../core/campaign.ts'
import { accountFrom, type AccountKey, type ChannelName } from '../core/contact.ts'
import { lacksForThis, SendError, type SendOutcome } from '../core/delivery.ts'
import { errorName } from '../core/error-name.ts'
import type { Log } from '../core/ports.ts'
import { DAY, MINUTE, SECOND, type Clock, type Millis } from '../core/time.ts'
import type { PlatformIds, PublishRequest, Publisher } from '../channels/publisher.ts'
import type { AccountGate } from '../delivery/attempt.ts'
import type { CampaignStore } from '../store/campaign-ports.ts'
import type { Campaign } from './campaign.ts'
import { prepare, type ComposeContext } from './compose.ts'
import { corrected } from './correction.ts'
import { afterQuiet, isQuiet } from './decide.ts'
import type { PlanLine } from './lines.ts'

/** A Zalo broadcast is up to four calls, each tried twice. */
const lease: Millis = 3 * MINUTE
/** An article is ready after some seconds; a platform that is down is asked again then. */
const soon: Millis = 5 * SECOND
const later: Millis = 5 * MINUTE
/** Nobody wants yesterday's post. */
const longestWait: Millis = 1 * DAY
const mostAtOnce = 4

export interface PublishingPorts {
  store: Pick<CampaignStore, 'claimPublications' | 'notePublication'>
  publishers: Partial<Record<ChannelName, Publisher>>
  gate: AccountGate
  /** Takes a place for one call where publications, messages and replies share a limit: gives back what frees it, or when to ask again. */
  place(account: AccountKey, id: string): Promise<(() => void) | Millis>
  /** The platform throttled: nothing of the account starts before. */
  hold(account: AccountKey, until: Millis): void
  /** What a publication is made of; null where its campaign does not run here any more or its approval does not hold. */
  lineOf(row: ClaimedPublication): { campaign: Campaign; line: PlanLine; compose: ComposeContext } | null
  /** A correction stopped its post. */
  isTakenBack(row: ClaimedPublication): boolean
  /** The platform, or the way to it, had something against one; what that says of the whole campaign is decided there. */
  refused(campaign: string, account: AccountKey, refusal: SendOutcome): void
  now: Clock
  log: Log
}

type ClaimedPublication = Awaited<ReturnType<CampaignStore['claimPublications']>>[number]
type Change = Parameters<CampaignStore['notePublication']>[2]

/** The publication is somebody else's by now. */
class ClaimLost extends Error {}

/** No place in the account's limit before `until`. */
class MustWait extends Error {
  readonly until: Millis
  constructor(until: Millis) {
    super('no place')
    this.until = until
  }
}

/** Puts up what is due, one after another: looked up before it is repeated. */
export async function publishDue(ports: PublishingPorts): Promise<void> {
  const { store, now, log } = ports
  for (const row of await store.claimPublications(now(), lease, mostAtOnce)) {
    try {
      await store.notePublication(row.id, row.claim, await ended(row, ports), true)
    } catch (error) {
      log.error({ publication: row.id, error: errorName(error) }, 'cannot note a publication')
    }
  }
}

/** What the row says after this try. */
async function ended(row: ClaimedPublication, ports: PublishingPorts): Promise<Change> {
  const { store, publishers, gate, now } = ports
  const at = now()
  const found = ports.lineOf(row)
  const unchanged = row.maybePublished ? 'publishing' : 'planned'
  if (ports.isTakenBack(row)) return row.maybePublished ? { status: 'uncertain', reason: 'no_answer' } : { status: 'skipped', reason: corrected }
  if (found === null || gate.isStopped(row.account)) return { status: unchanged, dueAt: at + soon }
  const { campaign, line: { terms, post, choice }, compose } = found
  const publisher = publishers[channelOfMeans(row.means)]
  const { accountId } = accountFrom(row.account)
  const refused = publisher === undefined ? 'kênh này chưa được cài đặt' : publisher.whyNot(accountId)
  if (publisher === undefined || refused !== null) return { status: 'failed', reason: refused }
  if (!row.maybePublished && isQuiet(terms.quiet, at)) {
    return terms.atNight === 'wait' ? { status: 'planned', dueAt: afterQuiet(terms.quiet, at) } : { status: 'skipped', reason: 'night_hours' }
  }
  const prepared = prepare(campaign, post, choice, compose)
  if (prepared.kind !== 'publication') return { status: 'failed', reason: 'unsupported_content' }
  let { platformIds: ids } = row
  let calls = 0
  let callOver = (): void => undefined
  const request: PublishRequest = {
    accountId, content: prepared.publication, ids, since: post.at,
    async keep(next) {
      if (!await store.notePublication(row.id, row.claim, { platformIds: next }, false)) throw new ClaimLost()
      ids = next
    },
    async turn() {
      callOver()
      callOver = () => undefined
      const place = await ports.place(row.account, `${row.id}#${++calls}`)
      if (typeof place === 'number') throw new MustWait(place)
      callOver = place
    },
  }
  try {
    const known = row.maybePublished ? await publisher.find(request) : null
    if (known === 'unknown') return { status: 'uncertain', reason: 'no_answer' }
    return { status: 'published', platformIds: known ?? await publisher.publish(request), publishedAt: now(), reason: null }
  } catch (error) {
    if (error instanceof ClaimLost) throw error
    // A part of it may be up already.
    if (error instanceof MustWait) return { status: Object.keys(ids).length > 0 ? 'publishing' : 'planned', platformIds: ids, dueAt: error.until }
    return failed(row, error, ids, post.at, ports)
  } finally {
    callOver()
  }
}

async function failed(row: ClaimedPublication, error: unknown, platformIds: PlatformIds, since: Millis, { gate, hold, refused, now, log }: PublishingPorts): Promise<Change> {
  const { outcome, code, trace } = error instanceof SendError ? error : { outcome: { kind: 'uncertain' } as SendOutcome, code: errorName(error), trace: null }
  log.warn({ publication: row.id, outcome: outcome.kind, code, ...(trace !== null && { trace }) }, 'not published')
  refused(row.campaign, row.account, outcome)
  const at = now()
  const again = (status: 'planned' | 'publishing', wait: Millis): Change =>
    (at - since > longestWait ? { status: status === 'planned' ? 'failed' : 'uncertain', platformIds, reason: code } : { status, platformIds, dueAt: at + wait, reason: code })
  switch (outcome.kind) {
    case 'throttled':
      if (outcome.retryAfter !== undefined) hold(row.account, at + outcome.retryAfter)
      return again('planned', outcome.retryAfter ?? MINUTE)
    case 'unavailable': return again('planned', soon)
    case 'not_now': return again('planned', outcome.retryAt === undefined ? 3 * later : outcome.retryAt - at)
    case 'uncertain': return again('publishing', soon)
    case 'bad_configuration':
      if (!lacksForThis(outcome)) await gate.stop(row.account, outcome.needs, code)
      return again('planned', later)
    case 'contact_gone':
    case 'rejected': return { status: 'failed', platformIds, reason: code }
  }
}
