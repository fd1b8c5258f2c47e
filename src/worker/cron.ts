import { errorName } from '../core/error-name.ts'
import { SECOND, type Millis } from '../core/time.ts'
import { eraseAgain } from '../store/d1/graves.ts'
import type { Store } from '../store/ports.ts'
import { countStatements, type Budget } from './budget.ts'
import { createInvocation, openStore } from './invocation.ts'
import { readJobsRun } from './jobs-run.ts'
import { createLeader } from './leader.ts'
import type { Invocation, InvocationPorts } from './parts.ts'

type CronPorts = Omit<InvocationPorts, 'store' | 'jobsRun'>

/** So long after its beginning no more rounds are begun. What is under way then may last into the next minute: see `createLeader`. */
const longest: Millis = 50 * SECOND
/** Of the 1,000 statements that D1 takes from one invocation: what is under way when they are reached makes up to 300 more. */
const mostStatements = 600
/** How often a running campaign is looked at. */
const lookAgain: Millis = 1 * SECOND

/**
 * What a timer does on Node: jobs, what others left waiting, campaigns. Goes on while a campaign runs or something is due within the minute, and ends early where
 * the invocation has made nearly as many statements as it may. What fails is told in the log; the next minute goes on from there.
 */
export async function runCron(ports: CronPorts): Promise<void> {
  const began = Date.now()
  const budget = countStatements(ports.env.DB, mostStatements)
  const surely = createAttempts(ports)
  await surely('run', async () => {
    const opened = await openStore(ports, budget.d1)
    await surely('erase again', () => eraseMissed(ports, budget))
    const leader = createLeader(opened, crypto.randomUUID(), Date.now)
    const store: Store = { ...opened, leads: leader.leads }
    const jobsRun = await readJobsRun(store)
    const invocation = await createInvocation({ ...ports, store, jobsRun: jobsRun.lastRun })
    await surely('work', () => workUntil(began + longest, invocation, store, budget))
    await surely('note what ran', jobsRun.keep)
    await surely('give leadership up', leader.giveUp)
    await surely('close', store.close)
  })
  ports.log.info({ statements: budget.made(), ms: Date.now() - began }, 'cron ended')
}

/** Does `work`; where it fails, what was to be done is told and the rest goes on. */
function createAttempts({ log }: CronPorts): (what: string, work: () => Promise<void>) => Promise<void> {
  return (what, work) => work().catch((error: unknown) => log.error({ what, error: errorName(error) }, 'a part of cron failed'))
}

async function eraseMissed({ env, log }: CronPorts, { d1 }: Budget): Promise<void> {
  const back = env.ERASED === undefined ? 0 : await eraseAgain(d1, env.ERASED, Date.now())
  if (back > 0) log.warn({ people: back }, 'erased again after a restore')
}

async function workUntil(end: Millis, { app, begin, settled }: Invocation, store: Store, budget: Budget): Promise<void> {
  const overdue = sleep(end - Date.now())
  const ended = Promise.race([budget.whenSpent, overdue.done])
  const goesOn = (): boolean => !budget.spent() && Date.now() < end
  try {
    await begin()
    for (let pause: Millis | null = 0; pause !== null && goesOn(); pause = await untilNext(store, end)) {
      await Promise.race([ended, sleep(pause).done])
      if (goesOn()) await Promise.race([ended, app.runJobs(Date.now()).then(settled).then(app.campaignsIdle)])
    }
  } finally {
    overdue.cancel()
    await app.breakOff()
    await settled()
  }
}

function sleep(time: Millis): { done: Promise<void>; cancel(): void } {
  const { promise: done, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, time)
  return { done, cancel: () => clearTimeout(timer) }
}

/** How long until there is something to do; null: nothing before `end`. */
async function untilNext(store: Store, end: Millis): Promise<Millis | null> {
  const now = Date.now()
  if (now + lookAgain > end) return null
  const campaigns = await store.listCampaigns()
  if (campaigns.some(({ status }) => status === 'running' || status === 'approved')) return lookAgain
  const due = await store.nextDueAt()
  return due === null || due > end ? null : Math.max(lookAgain, due - now)
}
