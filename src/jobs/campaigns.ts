import type { CampaignRunner } from '../campaign/run.ts'
import { SECOND } from '../core/time.ts'
import type { Job } from './job.ts'

/** Starts, plans, sends, publishes, pauses and finishes what is due; what a step begins goes on beside the other jobs. */
export const campaignJob = (runner: Pick<CampaignRunner, 'step'>): Job => ({ name: 'campaigns', every: 1 * SECOND, step: () => runner.step() })
