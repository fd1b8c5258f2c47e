import { People } from './people.ts'
import { createStandIn, type StandIn, type StandInPorts } from './platform.ts'
import type { RateLimit } from './rate.ts'
import type { SandboxSecrets } from './secrets.ts'
import type { Wire } from './wire.ts'
import { zaloApi } from './zalo-api.ts'
import { ZaloTokens } from './zalo-tokens.ts'
import { createZaloWire } from './zalo-wire.ts'

/** Zalo on this machine: one OA and its followers. */
export function createZaloStandIn(secrets: SandboxSecrets['zalo'], ports: Pick<StandInPorts, 'now'> & { rateLimit?: RateLimit | undefined } & { postBy(wire: Wire): StandInPorts['post'] }): StandIn {
  const { now } = ports
  const people = new People()
  const wire = createZaloWire(secrets)
  const tokens = new ZaloTokens(secrets, now)
  return createStandIn({ channel: 'zalo', accountId: secrets.oaId, wire, people, post: ports.postBy(wire), now }, (deliver, faults, desk) =>
    zaloApi({ oaId: secrets.oaId, people, tokens, deliver, faults, desk, rateLimit: ports.rateLimit, newId: wire.newId, now }))
}
