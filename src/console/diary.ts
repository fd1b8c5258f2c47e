import { chainStart, createAuditCheck } from '../campaign/audit.ts'
import type { AuditLine } from '../core/campaign.ts'
import { DAY, vietnamMoment, type Clock, type Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import type { AccessLine, AccessLog } from './access-log.ts'

/** The two logs, a page at a time: what staff did here, and what became of campaigns. Each is a chain of its own. */

export type LogName = 'access' | 'campaigns'

/** Empty: any. Days as `2026-11-21`, both included. */
export interface LogFilter { who: string; action: string; about: string; from: string; to: string }

/** One line of either log, as it is told. */
export interface LogLine { seq: number; at: Millis; who: string; action: string; about: string; count: number | null; why: string }

export interface LogPage {
  lines: LogLine[]
  /** Where the next page goes on (lines before this one); null: nothing is left. */
  next: number | null
  /** How far back was looked, where that was not to the end: the time of the last line looked at. */
  lookedTo: Millis | null
}

/** What the last look over a whole chain found. */
export interface ChainCheck {
  at: Millis
  by: string
  lines: number
  /** Hash of the last line: whoever notes it down can later show that nothing before it was changed. */
  head: string
  /** The first line that is not as it was written; null when all are. */
  brokenAt: number | null
}

export interface Diary {
  /** Lines before `before` (null: the newest), newest first. Looks at some thousands of lines at most, whatever the filter. */
  page(log: LogName, filter: LogFilter, before: number | null): Promise<LogPage>
  /** Null: nobody has looked yet. */
  lastCheck(log: LogName): Promise<ChainCheck | null>
  /** Reads the whole chain and notes what it found. */
  check(log: LogName, by: string): Promise<ChainCheck>
}

const linesShown = 50
/** Lines looked at for one page. */
const mostLooked = 3_000
const stretch = 1_000

type DiaryStore = Pick<Store, 'readEntry' | 'writeEntry' | 'auditHead' | 'auditStart' | 'auditLines'>

export function createDiary(store: DiaryStore, log: AccessLog, now: Clock): Diary {
  const stretchOf = (name: LogName, before: number | null): Promise<LogLine[]> => (name === 'access' ? log.before(before).then((lines) => lines.map(lineOfAccess)) : campaignLines(before))

  /** Newest first, read forwards from where the stretch begins. */
  async function campaignLines(before: number | null): Promise<LogLine[]> {
    const last = Math.min((await store.auditHead())?.seq ?? 0, (before ?? Infinity) - 1)
    const lines: AuditLine[] = []
    if (last < 1) return []
    for await (const batch of store.auditLines(Math.max(0, last - stretch))) {
      lines.push(...batch.filter(({ seq }) => seq <= last))
      if (lines.at(-1)?.seq === last || batch.some(({ seq }) => seq > last)) break
    }
    return lines.map(lineOfCampaigns).reverse()
  }

  return {
    async page(name, filter, before) {
      const lines: LogLine[] = []
      let [at, looked] = [before, 0]
      for (;;) {
        const some = await stretchOf(name, at)
        const oldest = some.at(-1)
        if (oldest === undefined) return { lines, next: null, lookedTo: null }
        for (const line of some) {
          if (!fits(line, filter)) continue
          if (lines.length === linesShown) return { lines, next: lines.at(-1)!.seq, lookedTo: null }
          lines.push(line)
        }
        at = oldest.seq
        looked += some.length
        // Lines are in the order of time: before the first day wanted there is nothing more.
        if (filter.from !== '' && oldest.at < vietnamMoment(filter.from)) return { lines, next: null, lookedTo: null }
        if (looked >= mostLooked) return { lines, next: at, lookedTo: oldest.at }
      }
    },

    async lastCheck(name) {
      const entry = await store.readEntry(entryOf(name))
      return entry === null ? null : (JSON.parse(entry.value) as ChainCheck)
    },

    async check(name, by) {
      const found = { ...(name === 'access' ? await log.verify() : await verifyCampaigns(store)), at: now(), by }
      const entry = await store.readEntry(entryOf(name))
      await store.writeEntry(entryOf(name), JSON.stringify(found satisfies ChainCheck), entry?.version ?? 0)
      return found
    },
  }
}

const entryOf = (name: LogName): string => `log-check:${name}`

const lineOfAccess = ({ seq, at, who, action, about, count, reason }: AccessLine): LogLine => ({ seq, at, who, action, about, count, why: reason })
const lineOfCampaigns = ({ seq, at, who, action, campaign, why }: AuditLine): LogLine => ({ seq, at, who, action, about: campaign, count: null, why })

function fits({ who, action, about, at }: LogLine, filter: LogFilter): boolean {
  const has = (text: string, wanted: string): boolean => wanted === '' || text.toLowerCase().includes(wanted.toLowerCase())
  return has(who, filter.who) && has(about, filter.about) && (filter.action === '' || action === filter.action)
    && (filter.from === '' || at >= vietnamMoment(filter.from)) && (filter.to === '' || at < vietnamMoment(filter.to) + DAY)
}

async function verifyCampaigns(store: DiaryStore): Promise<Pick<ChainCheck, 'lines' | 'head' | 'brokenAt'>> {
  const check = createAuditCheck(null, (await store.auditStart()) ?? chainStart)
  for await (const batch of store.auditLines()) batch.forEach((line) => check.add(line))
  const result = check.result()
  return result.ok ? { lines: result.lines, head: result.head, brokenAt: null } : { lines: result.seq - 1, head: '', brokenAt: result.seq }
}
