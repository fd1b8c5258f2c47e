import { facebookApi } from './facebook-api.ts'
import type { FacebookProfile } from './facebook-profile.ts'
import { createFacebookWire } from './facebook-wire.ts'
import { People } from './people.ts'
import { createStandIn, type StandIn, type StandInPorts } from './platform.ts'
import type { SandboxSecrets } from './secrets.ts'
import type { Wire } from './wire.ts'

/** Messenger on this machine: one page and the people who write to it. `profile` is what our server pushed last. */
export function createFacebookStandIn(
  secrets: SandboxSecrets['facebook'],
  ports: Pick<StandInPorts, 'now'> & { postBy(wire: Wire): StandInPorts['post'] },
): StandIn & { profile(): FacebookProfile } {
  const { now } = ports
  const people = new People()
  const wire = createFacebookWire(secrets)
  let profile: FacebookProfile = {}
  const standIn = createStandIn({ channel: 'facebook', accountId: secrets.pageId, wire, people, post: ports.postBy(wire), now }, (deliver, faults) =>
    facebookApi({
      page: secrets, people, deliver, faults, newId: wire.newId, now,
      profileChanged(next) {
        profile = next
      },
    }))
  return { ...standIn, profile: () => profile }
}
