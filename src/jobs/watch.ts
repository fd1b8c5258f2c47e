import type { Store } from '../store/ports.ts'
import { HOUR, MINUTE, SECOND, vietnamTime, type Millis } from '../core/time.ts'
import type { Alarms } from './alarms.ts'
import type { Job } from './job.ts'

export interface WatchPorts {
  store: Store
  alarms: Alarms
  /** Free share of the disk the store is on, 0 to 1; null where that is not known. */
  freeDisk: () => Promise<number | null>
  /** Webhook requests since the last call, and how many of them were refused as not authentic. */
  requests: () => { all: number; unauthorized: number }
}

const backlogLimit = 1 * MINUTE
const queueLimit = 5 * MINUTE
const silenceLimit = 12 * HOUR
/** With less of the disk free people are told. */
export const leastFreeDisk = 0.05
/** So many requests make a share worth telling, however long it takes until they have come. */
const fewestRequests = 20

/** What the operator must hear of without looking: backlog, silence, disk, refused requests, dead events. */
export function watchJob({ store, alarms, freeDisk, requests }: WatchPorts): Job {
  const seen = { all: 0, unauthorized: 0 }
  return {
    name: 'watch',
    every: 30 * SECOND,
    async step(now) {
      const load = await store.load(now)
      const slow = load.oldestWaiting > backlogLimit || load.oldestQueued > queueLimit
      await alarms.set('backlog', slow ? 'slow' : null, slow
        ? { kind: 'backlog', text: `Tin nhắn đang bị dồn: ${load.waitingEvents} tin chờ xử lý, ${load.queuedDeliveries} tin chờ gửi.` }
        : null)
      await alarms.set('dead', load.deadEvents === 0 ? null : String(load.deadEvents), load.deadEvents === 0
        ? null
        : { kind: 'dead_events', text: `Có ${load.deadEvents} tin nhắn không xử lý được. Chạy lệnh doctor để xem.` }, (before) => Number(before) < load.deadEvents)
      for (const [account, lastAt] of Object.entries(load.lastEventAt)) if (lastAt !== undefined) await watchSilence(alarms, account, lastAt, now)
      await watchDisk(alarms, await freeDisk())
      const { all, unauthorized } = requests()
      seen.all += all
      seen.unauthorized += unauthorized
      if (seen.all < fewestRequests) return
      await watchRequests(alarms, seen)
      Object.assign(seen, { all: 0, unauthorized: 0 })
    },
  }
}

/** Nothing heard by day for half a day may mean that the platform has switched the webhook off. */
async function watchSilence(alarms: Alarms, account: string, lastAt: Millis, now: Millis): Promise<void> {
  const { hour } = vietnamTime(now)
  if (hour < 8 || hour >= 20) return
  const silent = now - lastAt > silenceLimit
  await alarms.set(`silence:${account}`, silent ? 'silent' : null, silent
    ? { kind: 'silence', account, text: 'Nhiều giờ không nhận được tin nhắn nào. Kiểm tra webhook của kênh này.' }
    : null)
}

async function watchDisk(alarms: Alarms, free: number | null): Promise<void> {
  if (free === null) return
  const full = free < leastFreeDisk
  await alarms.set('disk', full ? 'full' : null, full ? { kind: 'disk', text: `Ổ đĩa sắp đầy: còn ${Math.round(free * 100)} %.` } : null)
}

async function watchRequests(alarms: Alarms, { all, unauthorized }: { all: number; unauthorized: number }): Promise<void> {
  const many = unauthorized / all > 0.5
  await alarms.set('unauthorized', many ? 'many' : null, many
    ? { kind: 'unauthorized', text: 'Phần lớn yêu cầu gửi đến webhook bị từ chối vì sai chữ ký. Kiểm tra khóa bí mật của kênh.' }
    : null)
}
