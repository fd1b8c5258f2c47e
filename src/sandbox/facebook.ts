import { facebookApi } from './facebook-api.ts'
import { createFacebookCommentsStandIn, type FacebookCommentsStandIn } from './facebook-comments.ts'
import type { FacebookProfile } from './facebook-profile.ts'
import { createFacebookWire } from './facebook-wire.ts'
import { People } from './people.ts'
import { createStandIn, type Opening, type StandIn, type StandInPorts } from './platform.ts'
import type { RateLimit } from './rate.ts'
import type { SandboxSecrets } from './secrets.ts'
import type { Wire } from './wire.ts'

/** Messenger on this machine: one page and the people who write to it. `opening` is of the profile our server pushed last. */
export function createFacebookStandIn(
  secrets: SandboxSecrets['facebook'],
  ports: Pick<StandInPorts, 'now'> & { rateLimit?: RateLimit | undefined } & { postBy(wire: Wire): StandInPorts['post'] },
): StandIn & { opening(): Opening; comments: Pick<FacebookCommentsStandIn, 'all' | 'says'> } {
  const { now } = ports
  const people = new People()
  const wire = createFacebookWire(secrets)
  const post = ports.postBy(wire)
  let profile: FacebookProfile = {}
  const comments = createFacebookCommentsStandIn({ pageId: secrets.pageId, people, newId: wire.newId, now, post })
  const standIn = createStandIn({ channel: 'facebook', accountId: secrets.pageId, wire, people, post, now }, (deliver, faults, desk) =>
    facebookApi({
      page: secrets, people, deliver, faults, desk, comments, rateLimit: ports.rateLimit, newId: wire.newId, now,
      profileChanged(next) {
        profile = next
      },
    }))
  return { ...standIn, opening: () => openingOf(profile), comments }
}

function openingOf({ ice_breakers: questions = [], persistent_menu: menus = [] }: FacebookProfile): Opening {
  return {
    questions: questions.flatMap(({ call_to_actions: actions }) => actions).map(({ question, payload }) => ({ title: question, payload })),
    menu: menus.flatMap(({ call_to_actions: actions }) => actions)
      .map((item) => (item.type === 'web_url' ? { title: item.title, url: item.url } : { title: item.title, payload: item.payload })),
  }
}
