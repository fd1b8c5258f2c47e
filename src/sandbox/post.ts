import type { ChannelName } from '../core/contact.ts'
import type { Log } from '../core/ports.ts'
import { type Millis, SECOND } from '../core/time.ts'
import type { PooledTransport } from '../node/transport.ts'
import type { Wire } from './wire.ts'

/** The stricter of the platforms' deadlines is two seconds; a rehearsal also has to survive a server that is just starting. */
const DEADLINE: Millis = 10 * SECOND

/** Posts what happened to `<target>/webhooks/<channel>`, proven as the platform proves it: our status, 0 for no answer. */
export function createPoster(channel: ChannelName, target: () => string, wire: Wire, transport: PooledTransport['send'], log: Log): (payload: object) => Promise<number> {
  return async (payload) => {
    const body = wire.bytes(payload)
    try {
      const { status } = await transport({
        method: 'POST',
        url: `${target()}/webhooks/${channel}`,
        headers: { 'content-type': 'application/json', ...wire.sign(body) },
        body,
        timeout: DEADLINE,
      })
      if (status !== 200) log.warn({ channel, status }, 'sandbox: webhook not taken')
      return status
    } catch {
      log.warn({ channel }, 'sandbox: webhook without an answer')
      return 0
    }
  }
}
