import pino from 'pino'
import type { Log } from '../core/ports.ts'

/** JSON lines on standard error, written in the background so that a log line costs a message nothing. */
export function createLog(level: string): Log & { flush(): void } {
  const destination = pino.destination({ dest: 2, sync: false })
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    flush: () => destination.flushSync(),
  }
}
