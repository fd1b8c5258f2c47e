import { errorName } from '../core/error-name.ts'
import { SEND_TIMEOUT, type Transport } from '../channels/transport.ts'
import type { Alert, Log } from '../core/ports.ts'
import type { Clock } from '../core/time.ts'

/** Posts alerts as JSON to `ALERT_URL` (a chat webhook, a pager); without one they stand in the log only. Never rejects. */
export function createAlertSender(url: string | null, send: Transport, log: Log, now: Clock): (alert: Alert) => Promise<void> {
  return async (alert) => {
    log.warn({ alert: alert.kind, account: alert.account, contact: alert.contactKey, text: alert.text }, 'alert')
    if (url === null) return
    try {
      const body = JSON.stringify({ ...alert, at: new Date(now()).toISOString() })
      const { status } = await send({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body, timeout: SEND_TIMEOUT })
      if (status >= 300) log.error({ alert: alert.kind, status }, 'alert not taken')
    } catch (error) {
      log.error({ alert: alert.kind, error: errorName(error) }, 'alert not sent')
    }
  }
}

/**
 * The same without waiting for the far side: jobs run one after another, and a place for alerts that does not answer would
 * hold back tokens, announcements and terms of keeping. `settled` resolves when all that are under way have ended.
 */
export function inBackground(tell: (alert: Alert) => Promise<void>): { tell: (alert: Alert) => Promise<void>; settled: () => Promise<unknown> } {
  const underWay = new Set<Promise<void>>()
  return {
    async tell(alert) {
      const told: Promise<void> = tell(alert).finally(() => underWay.delete(told))
      underWay.add(told)
    },
    settled: () => Promise.all(underWay),
  }
}
