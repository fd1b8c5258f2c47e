import { beforeEach, describe, expect, it } from 'vitest'
import { fine, unknown, warning, type Finding } from '../src/channels/finding.ts'
import { silentLog, type Alert } from '../src/core/ports.ts'
import { inBackground } from '../src/jobs/alerts.ts'
import { createAlarms } from '../src/jobs/alarms.ts'
import { due, handoverJob } from '../src/jobs/handovers.ts'
import { createJobs } from '../src/jobs/job.ts'
import { retentionJob } from '../src/jobs/retention.ts'
import { tokenJob } from '../src/jobs/tokens.ts'
import { watchJob } from '../src/jobs/watch.ts'
import { createWriteHealth, writingJob } from '../src/jobs/writing.ts'
import { HOUR, MINUTE, SECOND, type Millis } from '../src/core/time.ts'
import { memoryEntries } from './channels/entries.ts'
import { sampleContent } from './support/content.ts'
import { monday9 } from './support/dialogue.ts'
import { StoreUnavailable, type Handover, type HandoverMark, type Register, type RetentionTerms, type Store } from '../src/store/ports.ts'

describe('jobs', () => {
  it('run when they are due, a failing one does not keep the others', async () => {
    const ran: string[] = []
    const jobs = createJobs([
      { name: 'a', every: 10, step: async () => { ran.push('a'); throw new Error('x') } },
      { name: 'b', every: 25, step: async () => void ran.push('b') },
    ], silentLog)
    for (const now of [0, 9, 10, 20, 25]) await jobs.run(now)
    expect(ran).toEqual(['a', 'b', 'a', 'a', 'b'])
  })

  it('a clock set back two hours stops nothing', async () => {
    let runs = 0
    const jobs = createJobs([{ name: 'a', every: 10, step: async () => void runs++ }], silentLog)
    for (const now of [7_200_000, 0, 10]) await jobs.run(now)
    expect(runs).toBe(3)
  })

  it('two runs at once are one', async () => {
    let running = 0
    let most = 0
    const jobs = createJobs([{ name: 'a', every: 0, async step() {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
    } }], silentLog)
    await Promise.all([jobs.run(1), jobs.run(2)])
    expect(most).toBe(1)
  })

  it('that stop wait for the step under way and begin no other', async () => {
    const ran: string[] = []
    const held = Promise.withResolvers<void>()
    const jobs = createJobs([
      { name: 'slow', every: 0, async step() { await held.promise; ran.push('slow') } },
      { name: 'next', every: 0, step: async () => void ran.push('next') },
    ], silentLog)
    void jobs.run(1)
    const stopped = jobs.stop().then(() => ran.push('stopped'))
    held.resolve()
    await stopped
    await jobs.run(2)
    expect(ran).toEqual(['slow', 'stopped'])
  })

  it('that are long are told to stop', async () => {
    let swept = 0
    const job = retentionJob({
      store: { sweep: async () => { swept++; void jobs.stop(); return { removed: {}, more: true } } } as unknown as Store,
      terms: {} as RetentionTerms, sweepBackups: async () => ({ removed: 0, stuck: [] }), alarms: { set: async () => undefined }, log: silentLog,
    })
    const jobs = createJobs([job], silentLog)
    await jobs.run(1)
    expect(swept).toBe(1)
  })

  it('what one process does alone is done by the leading one', async () => {
    const ran: string[] = []
    let leads = false
    const jobs = createJobs([
      { name: 'alone', every: 0, alone: true, step: async () => void ran.push('alone') },
      { name: 'each', every: 0, step: async () => void ran.push('each') },
    ], silentLog, async () => leads)
    await jobs.run(1)
    leads = true
    await jobs.run(2)
    expect(ran).toEqual(['each', 'alone', 'each'])
  })

  it('what another process leads is not counted as run: who comes to lead does at once what is due', async () => {
    const ran: Millis[] = []
    let asked = 0
    let leads = false
    const daily = (name: string) => ({ name, every: 24 * HOUR, alone: true as const, step: async (now: Millis) => void ran.push(now) })
    const jobs = createJobs([daily('tokens'), daily('retention')], silentLog, async () => {
      asked++
      return leads
    })
    await jobs.run(0)
    expect([ran, asked]).toEqual([[], 1])
    leads = true
    await jobs.run(MINUTE)
    expect(ran).toEqual([MINUTE, MINUTE])
  })

  it('a process that cannot tell whether it leads asks again at the next step', async () => {
    const ran: Millis[] = []
    let fails = true
    const jobs = createJobs([{ name: 'tokens', every: 24 * HOUR, alone: true, step: async (now) => void ran.push(now) }], silentLog, async () => {
      if (fails) throw new StoreUnavailable('gone')
      return true
    })
    await jobs.run(0)
    fails = false
    await jobs.run(SECOND)
    expect(ran).toEqual([SECOND])
  })
})

describe('an alert', () => {
  it('that nobody takes holds up no job, and is waited for at the end', async () => {
    const taken = Promise.withResolvers<void>()
    const told: string[] = []
    const alerts = inBackground(async ({ text }) => {
      await taken.promise
      told.push(text)
    })
    const jobs = createJobs([{ name: 'a', every: 10, step: () => alerts.tell({ kind: 'disk', text: 'một' }) }], silentLog)
    for (const now of [0, 10, 20]) await jobs.run(now)
    expect(told).toEqual([])
    taken.resolve()
    await alerts.settled()
    expect(told).toEqual(['một', 'một', 'một'])
  })
})

describe('what an open handover needs', () => {
  const ports = { province: () => sampleContent().province, answerWithin: 30 * MINUTE, pause: 240 * MINUTE }
  const open: Handover = { id: 'e', contactKey: 'k', account: 'zalo:oa', reason: 'asked', askedAt: monday9, firstStaffAnswerAt: null, closedAt: null, marks: [] }
  it.each<[string, Handover, number, string[]]>([
    ['just asked', open, 0, ['staff_alerted', 'window_told']],
    ['staff know', { ...open, marks: ['staff_alerted'] }, 5, ['window_told']],
    ['30 working minutes later', { ...open, marks: ['staff_alerted'] }, 30, ['staff_reminded', 'citizen_told', 'window_told']],
    ['everybody told', { ...open, marks: ['staff_alerted', 'staff_reminded', 'citizen_told', 'window_told'] }, 90, []],
  ])('%s', (_, handover, minutes, expected) => {
    expect(due(ports, handover, monday9 + minutes * MINUTE)).toEqual(expected)
  })

  describe('once a person has answered', () => {
    const answered: Handover = { ...open, firstStaffAnswerAt: monday9, marks: ['staff_alerted'] }
    /** Minutes after the first answer. */
    async function done(given: { at: number; heard: number; said?: [kind: string, at: number][]; handover?: Handover }): Promise<string[]> {
      const acts: string[] = []
      const minute = (n: number): Millis => monday9 + n * MINUTE
      const job = handoverJob({
        ...ports, replyWindow: () => null, inboxGrew: () => undefined, tell: async ({ kind }) => void acts.push(kind),
        store: {
          listHandovers: async () => [given.handover ?? answered],
          exportContact: async () => ({
            profile: { lastInboundAt: minute(given.heard) },
            events: (given.said ?? []).map(([kind, at]) => ({ kind, sentAt: minute(at), text: null, ...(kind === 'staff_message' && { automatic: false }) })),
          }),
          markHandover: async (_: string, mark: string) => { acts.push(mark); return true },
          closeHandover: async () => { acts.push('closed'); return true },
        } as unknown as Store,
      })
      await job.step(minute(given.at))
      return acts
    }
    it.each([
      ['it closes when nobody wrote for the pause', { at: 241, heard: -5 }, ['closed']],
      ['it stays within the pause', { at: 239, heard: -5 }, []],
      ['it stays while the citizen’s words are unanswered, and staff are reminded', { at: 241, heard: 10 }, ['unread_reminded', 'handover_waiting']],
      ['staff are reminded only after the working time they have', { at: 241, heard: 230 }, []],
      ['a later answer counts, on our pages', { at: 300, heard: 10, said: [['staff_reply', 0], ['staff_reply', 100]] }, []],
      ['and in the platform’s own app', { at: 350, heard: 10, said: [['staff_message', 100]] }, ['closed']],
      ['one about personal data is closed by people alone', { at: 10_000, heard: -5, handover: { ...answered, reason: 'erasure' } }, []],
    ] as const)('%s', async (_, given, acts) => expect(await done({ ...given, said: [...('said' in given ? given.said : [])] as [string, number][] })).toEqual(acts))
  })

  it('is seen to for who asks today, also where five hundred were never answered', async () => {
    const all = Array.from({ length: 601 }, (_, n): Handover => ({ ...open, id: `e${n}`, askedAt: monday9 - (600 - n) * HOUR, marks: n < 600 ? ['staff_alerted', 'staff_reminded', 'citizen_told', 'window_told'] : [] }))
    const told: string[] = []
    const job = handoverJob({
      ...ports, replyWindow: () => null, inboxGrew: () => undefined,
      tell: async ({ kind }) => void told.push(kind),
      store: {
        listHandovers: async ({ limit }: { limit: number }) => all.slice(0, limit),
        handoversAsked: async (from: Millis, to: Millis) => all.filter(({ askedAt }) => askedAt >= from && askedAt <= to),
        markHandover: async () => true,
      } as Partial<Store> as Store,
    })
    await job.step(monday9)
    expect(told).toEqual(['handover'])
  })

  it('is told to the citizen later where it could not be recorded at first', async () => {
    const waiting: Handover = { ...open, marks: ['staff_alerted', 'staff_reminded'] }
    const recorded: string[] = []
    let full = true
    const job = handoverJob({
      ...ports, replyWindow: () => null, inboxGrew: () => undefined, tell: async () => undefined,
      store: {
        listHandovers: async () => [waiting],
        findContact: async () => ({ contact: { channel: 'zalo', accountId: 'oa', userId: 'lan' } }),
        markHandover: async (_id: string, mark: HandoverMark) => waiting.marks.push(mark) > 0,
        recordEvents: async (events: { id: string }[]) => {
          if (full) throw new StoreUnavailable('full')
          recorded.push(...events.map(({ id }) => id))
        },
      } as unknown as Store,
    })
    await expect(job.step(monday9 + HOUR)).rejects.toThrow(StoreUnavailable)
    full = false
    await job.step(monday9 + HOUR)
    await job.step(monday9 + HOUR)
    expect(recorded).toEqual(['reminder:e:no_answer_yet'])
  })

  it('nights do not count as waiting', () => {
    const asked: Handover = { ...open, askedAt: monday9 + 8 * 60 * MINUTE, marks: ['staff_alerted'] }
    expect(due(ports, asked, monday9 + 20 * 60 * MINUTE)).toEqual(['window_told'])
  })
})

it('staff and citizens hear once of a handover that two look at in the same moment', async () => {
  const heard: string[] = []
  const marks = new Set<string>()
  const handover: Handover = { id: 'e', contactKey: 'k', account: 'facebook:page', reason: 'asked', askedAt: monday9, firstStaffAnswerAt: null, closedAt: null, marks: [] }
  const store = {
    listHandovers: async () => [handover],
    markHandover: async (_: string, mark: string) => { const first = !marks.has(mark); marks.add(mark); return first },
    findContact: async () => ({ contact: { channel: 'facebook', accountId: 'page', userId: 'lan' }, profile: { lastInboundAt: monday9 } }),
    // A known id is a duplicate, and nobody hears it again.
    recordEvents: async (events: { id: string }[]) => void heard.push(...events.map(({ id }) => id).filter((id) => !heard.includes(id))),
  } as unknown as Store
  const job = handoverJob({
    store, province: () => sampleContent().province, answerWithin: 30 * MINUTE, pause: 240 * MINUTE, replyWindow: () => 5 * 60 * MINUTE,
    tell: async ({ kind }) => void heard.push(kind), inboxGrew: () => undefined,
  })
  const at = monday9 + 4 * 60 * MINUTE
  await Promise.all([job.step(at), job.step(at)])
  expect(heard.toSorted()).toEqual(['handover', 'handover_waiting', 'reminder:e:no_answer_yet', 'reminder:e:window_closing'])
})

it('an alarm that another process told meanwhile is not told again', async () => {
  const told: string[] = []
  const register = { readEntry: async () => null, writeEntry: async () => false, listEntries: async () => [] }
  await createAlarms(register, async ({ kind }) => void told.push(kind)).set('disk', 'low', { kind: 'disk', text: 't' })
  expect(told).toEqual([])
})

it('a token that ends soon is told once, anew when more is wrong, and not forgotten while nobody can be asked', async () => {
  const told: Alert[] = []
  const account = 'facebook:1029384756'
  let findings: Finding[] = []
  const job = tokenJob(async () => findings, createAlarms(memoryEntries() as unknown as Register, async (alert) => void told.push(alert)))
  const says = async (...given: Finding[]): Promise<string[]> => {
    findings = given
    told.length = 0
    await job.step(0)
    return told.map(({ kind, text }) => `${kind} ${text}`)
  }
  expect(await says(fine(account, 'còn hạn'))).toEqual([])
  expect(await says(warning(account, 'Hết hạn ngày 05/12/2026.', 'x'))).toEqual(['account_state Hết hạn ngày 05/12/2026.'])
  expect(await says(unknown(account, 'chưa hỏi được', 'x'))).toEqual([])
  expect(await says(warning(account, 'Hết hạn ngày 05/12/2026.', 'x'))).toEqual([])
  expect(await says(warning(account, 'Hết hạn ngày 05/12/2026.', 'x'), warning(account, 'Thiếu quyền.', 'x'))).toEqual(['account_state Hết hạn ngày 05/12/2026. Thiếu quyền.'])
  expect(await says(fine(account, 'còn hạn'))).toEqual([])
  expect(await says(warning(account, 'Thiếu quyền.', 'x'))).toEqual(['account_state Thiếu quyền.'])
})

describe('whether anything can be recorded', () => {
  /** A register that fails while `broken` stands. */
  function setUp() {
    const state = { broken: null as Error | null, alerts: [] as Alert[], writes: 0 }
    const register: Register = {
      readEntry: async () => null,
      listEntries: async () => [],
      async writeEntry() {
        if (state.broken !== null) throw state.broken
        state.writes++
        return true
      },
    }
    const health = createWriteHealth()
    const job = writingJob({ register, health, tell: async (alert) => void state.alerts.push(alert) })
    return { state, health, job }
  }
  const full = new StoreUnavailable('SQLite: database or disk is full')

  it('is known from the last attempt, with its first moment and reason', async () => {
    const { health } = setUp()
    const results = [health.noting(Promise.resolve(1), 5), health.noting(Promise.reject(full), 10), health.noting(Promise.reject(full), 20)]
    expect((await Promise.allSettled(results)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(health.trouble).toEqual({ since: 10, reason: 'SQLite: database or disk is full' })
    await health.noting(Promise.resolve(), 30)
    expect(health.trouble).toBeNull()
  })

  it('is not in doubt when a row of its own was wrong', async () => {
    const { health } = setUp()
    await expect(health.noting(Promise.reject(new TypeError('a row')), 10)).rejects.toThrow('a row')
    expect(health.trouble).toBeNull()
  })

  it('gives the system’s code, never its text, which names files', async () => {
    const { health } = setUp()
    const cause = Object.assign(new Error('ENOSPC: no space left, write /srv/secret'), { code: 'ENOSPC' })
    await health.noting(Promise.reject(new StoreUnavailable('the store folder cannot be written', { cause })), 10).catch(() => undefined)
    expect(health.trouble?.reason).toBe('the store folder cannot be written (ENOSPC)')
  })

  it('is tried without any message, both ways', async () => {
    const { state, health, job } = setUp()
    state.broken = full
    await job.step(10)
    expect(health.trouble).toEqual({ since: 10, reason: full.message })
    state.broken = null
    await job.step(20)
    expect([health.trouble, state.writes]).toEqual([null, 1])
  })

  it('is told once, and as over only after five calm minutes', async () => {
    const { state, job } = setUp()
    const kinds = (): string[] => state.alerts.map(({ kind }) => kind)
    for (const [minute, broken] of [[0, true], [1, true], [2, false], [4, true], [5, false], [8, false]] as const) {
      state.broken = broken ? full : null
      await job.step(minute * MINUTE)
    }
    expect(kinds()).toEqual(['store'])
    await job.step(9 * MINUTE)
    await job.step(10 * MINUTE)
    expect(kinds()).toEqual(['store', 'recovered'])
  })
})

describe('what the operator hears of', () => {
  const calm = { waitingEvents: 0, queuedDeliveries: 0, oldestWaiting: 0, oldestQueued: 0, deadEvents: 0, lastEventAt: {} }
  async function alarmsAt(hour: number, load: Partial<typeof calm> & { lastEventAt?: Record<string, number> }): Promise<string[]> {
    const now = monday9 + (hour - 9) * 60 * MINUTE
    const told: string[] = []
    const job = watchJob({
      store: { load: async () => ({ ...calm, ...load }) } as unknown as Store, freeDisk: async () => null, requests: () => ({ all: 0, unauthorized: 0 }),
      alarms: { set: async (key, state) => { if (state !== null) told.push(`${key} ${state}`) } },
    })
    await job.step(now)
    return told
  }
  it.each([
    ['events that wait over a minute', 9, { oldestWaiting: MINUTE + 1 }, ['backlog slow']],
    ['events that wait a minute', 9, { oldestWaiting: MINUTE }, []],
    ['replies that wait over five minutes', 9, { oldestQueued: 5 * MINUTE + 1 }, ['backlog slow']],
    ['replies that wait five minutes', 9, { oldestQueued: 5 * MINUTE }, []],
    ['events nobody could handle', 9, { deadEvents: 2 }, ['dead 2']],
    ['half a day without a word, in the morning', 8, { lastEventAt: { 'zalo:oa': monday9 - 13.5 * 60 * MINUTE } }, ['silence:zalo:oa silent']],
    ['half a day without a word, at night', 7, { lastEventAt: { 'zalo:oa': monday9 - 24 * 60 * MINUTE } }, []],
    ['half a day without a word, in the evening', 20, { lastEventAt: { 'zalo:oa': monday9 - 24 * 60 * MINUTE } }, []],
  ])('%s', async (_, hour, load, told) => {
    expect(await alarmsAt(hour, load)).toEqual(told)
  })
})

describe('the watch, look after look', () => {
  let told: string[]
  let load: { deadEvents: number }
  let requests: { all: number; unauthorized: number }
  const entries = new Map<string, { value: string; version: number }>()
  const register = {
    readEntry: async (name: string) => entries.get(name) ?? null,
    writeEntry: async (name: string, value: string | null) => { if (value === null) entries.delete(name); else entries.set(name, { value, version: 1 }); return true },
  } as unknown as Store
  const look = async (): Promise<void> => {
    const job = watchJob({
      store: { load: async () => ({ waitingEvents: 0, queuedDeliveries: 0, oldestWaiting: 0, oldestQueued: 0, lastEventAt: {}, ...load }) } as unknown as Store, freeDisk: async () => null, requests: () => requests,
      alarms: createAlarms(register, async ({ kind }) => void told.push(kind)),
    })
    for (let n = 0; n < 3; n++) await job.step(monday9 + n * 30 * SECOND)
  }
  beforeEach(() => {
    told = []
    entries.clear()
    load = { deadEvents: 0 }
    requests = { all: 0, unauthorized: 0 }
  })

  it('tells that most requests are refused also where few come', async () => {
    requests = { all: 7, unauthorized: 7 }
    await look()
    expect(told).toEqual(['unauthorized'])
  })

  it('tells of a new event that nobody could handle, and not that an old one is gone', async () => {
    for (const [dead, then] of [[5, ['dead_events']], [4, []], [3, []], [4, ['dead_events']], [0, []], [1, ['dead_events']]] as const) {
      told = []
      load.deadEvents = dead
      await look()
      expect(told).toEqual(then)
    }
  })
})

describe('retention', () => {
  it('goes on for a while within one step, and leaves the rest for the next', async () => {
    let swept = 0
    const job = retentionJob({
      store: { sweep: async () => ({ removed: {}, more: ++swept % 60 !== 0 }) } as unknown as Store,
      terms: { eventText: 1, replyText: 1, idleContact: 1, campaignKey: 1, dedupeKey: 1, unanswered: 1, audit: 1 },
      sweepBackups: async () => ({ removed: 0, stuck: [] }), alarms: { set: async () => undefined }, log: silentLog,
    })
    await job.step(0)
    expect(swept).toBe(40)
    await job.step(1)
    expect(swept).toBe(60)
  })

  it('tells people of backups it cannot delete, once', async () => {
    const told: (string | null)[] = []
    const logged: unknown[] = []
    let stuck = ['/backups/one.db']
    const job = retentionJob({
      store: { sweep: async () => ({ removed: {}, more: false }) } as unknown as Store,
      terms: { eventText: 1, replyText: 1, idleContact: 1, campaignKey: 1, dedupeKey: 1, unanswered: 1, audit: 1 },
      sweepBackups: async () => ({ removed: 0, stuck }),
      alarms: { set: async (key, state, alert) => void told.push(`${key} ${state} ${alert?.kind}`) },
      log: { ...silentLog, error: (fields) => void logged.push(fields) },
    })
    await job.step(0)
    stuck = []
    await job.step(1)
    expect(told).toEqual(['backups stuck backups', 'backups null undefined'])
    expect(logged).toEqual([{ stuck: ['/backups/one.db'] }])
  })
})
