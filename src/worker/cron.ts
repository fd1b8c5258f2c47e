import { SECOND, type Millis } from '../core/time.ts'
import { eraseAgain } from '../store/d1/graves.ts'
import type { Store } from '../store/ports.ts'
import { countStatements } from './budget.ts'
import { createInvocation, openStore } from './invocation.ts'
import { readJobsRun } from './jobs-run.ts'
import { createLeader } from './leader.ts'
import type { InvocationPorts } from './parts.ts'

/** So long after its beginning no more rounds are begun. What is under way then may last into the next minute: see `createLeader`. */
const longest: Millis = 50 * SECOND
/** Of the 1,000 statements that D1 takes from one invocation: what is under way when they are reached makes up to 300 more. */
const mostStatements = 600
/** How often a running campaign is looked at. */
const lookAgain: Millis = 1 * SECOND

/**
 * What a timer does on Node: jobs, what others left waiting, campaigns. Goes on while a campaign runs or something is due within the minute, and ends early where
 * the invocation has made nearly as many statements as it may.
 */
export async function runCron(ports: Omit<InvocationPorts, 'store' | 'jobsRun'>): Promise<void> {
  const began = Date.now()
  const ended = Promise.withResolvers<void>()
  const budget = countStatements(ports.env.DB, mostStatements, ended.resolve)
  const opened = await openStore(ports, budget.d1)
  const back = ports.env.ERASED === undefined ? 0 : await eraseAgain(budget.d1, ports.env.ERASED, Date.now())
  if (back > 0) ports.log.warn({ people: back }, 'erased again after a restore')
  const store: Store = { ...opened, leads: createLeader(opened, crypto.randomUUID(), Date.now) }
  const jobsRun = await readJobsRun(store)
  const { app, begin, settled } = await createInvocation({ ...ports, store, jobsRun: jobsRun.lastRun })
  await begin()
  for (let pause: Millis | null = 0; pause !== null && !budget.spent(); pause = await untilNext(store, began)) {
    await Promise.race([ended.promise, sleep(pause)])
    if (budget.spent()) break
    await app.runJobs(Date.now())
    await Promise.race([ended.promise, settled().then(app.campaignsIdle)])
  }
  await app.stop()
  await settled()
  await jobsRun.keep()
  await store.close()
  ports.log.info({ statements: budget.made(), ms: Date.now() - began }, 'cron ended')
}

const sleep = (time: Millis): Promise<void> => new Promise((resolve) => setTimeout(resolve, time))

/** How long until there is something to do; null: nothing before this invocation ends. */
async function untilNext(store: Store, began: Millis): Promise<Millis | null> {
  const end = began + longest
  const now = Date.now()
  if (now + lookAgain > end) return null
  const campaigns = await store.listCampaigns()
  if (campaigns.some(({ status }) => status === 'running' || status === 'approved')) return lookAgain
  const due = await store.nextDueAt()
  return due === null || due > end ? null : Math.max(lookAgain, due - now)
}
