import type { Log } from '../core/ports.ts'
import { MINUTE, type Millis } from '../core/time.ts'
import type { RetentionTerms, Store } from '../store/ports.ts'
import type { SweptBackups } from '../store/backup-sweep.ts'
import type { Alarms } from './alarms.ts'
import type { Job } from './job.ts'

export interface RetentionPorts {
  store: Store
  terms: RetentionTerms
  /** Deletes the backups whose term is over at `now`. */
  sweepBackups: (now: Millis) => Promise<SweptBackups>
  alarms: Alarms
  log: Log
}

const batch = 500
/** In one step, so that other jobs get their turn. With `every`: 5.7 million rows of each term a day, several times what a million people leave in a day when all of them write. */
const mostBatches = 40
const every: Millis = 5 * MINUTE

/** Deletes the backups that have outlived their term (which makes room for the rest), then in batches what else has; what is left over is taken at the next step. */
export function retentionJob(ports: RetentionPorts): Job {
  return {
    name: 'retention',
    alone: true,
    every,
    async step(now, isStopping = () => false) {
      await sweepBackups(ports, now)
      await sweepStore(ports, now, isStopping)
    },
  }
}

async function sweepStore({ store, terms, log }: RetentionPorts, now: Millis, isStopping: () => boolean): Promise<void> {
  for (let done = 0; done < mostBatches && !isStopping(); done++) {
    const { removed, more } = await store.sweep(terms, now, batch)
    if (Object.values(removed).some((count) => count > 0)) log.info({ removed }, 'retention')
    if (!more) return
  }
}

/** A backup that outlives its term keeps what the store has forgotten: people hear of it. */
async function sweepBackups({ sweepBackups: sweep, alarms, log }: RetentionPorts, now: Millis): Promise<void> {
  const { removed, stuck } = await sweep(now)
  if (removed > 0) log.info({ removed }, 'old backups deleted')
  if (stuck.length > 0) log.error({ stuck }, 'old backups cannot be deleted')
  await alarms.set('backups', stuck.length === 0 ? null : 'stuck', stuck.length === 0
    ? null
    : { kind: 'backups', text: `Không xóa được ${stuck.length} tệp sao lưu đã quá hạn (RETAIN_BACKUPS). Hãy xóa giúp, hoặc cho máy chủ quyền ghi vào thư mục sao lưu.` })
}
