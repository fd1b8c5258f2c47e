import type { ZaloAccount, ZaloSettings } from '../src/config.ts'
import { Gathering } from './gather.ts'
import { glanceAtJson } from './json.ts'
import { idOf, objectOf, type Json } from './read.ts'
import { holdsMac, zaloHeader, zaloMac, zaloTimestamp } from './sign.ts'
import type { ParseContext, Parsed, Verification, Webhook } from './webhook.ts'
import { readZaloEvent } from './zalo-events.ts'

/** Zalo Official Accounts. One app serves all of them at one address; the body names the OA. */
export function createZaloWebhook(settings: ZaloSettings): Webhook {
  const ours = new Map(settings.accounts.map((account) => [account.oaId, account]))

  function verify(rawBody: Uint8Array, sent: string | null, addressedTo?: string): Verification {
    const glance = glanceAtJson(rawBody)
    if (glance === undefined) return { ok: false, unreadable: true }
    if (sent === null) return { ok: false }
    const timestamp = zaloTimestamp(glance.value)
    const proven = candidates(glance.value, addressedTo).filter(({ secretKeys }) =>
      secretKeys.some((key) => key !== '' && holdsMac(sent, 'mac=', zaloMac(settings.appId, rawBody, timestamp, key))))
    if (proven.length === 0) return { ok: false }
    return { ok: true, accountId: proven.length === 1 ? proven[0]!.oaId : null, glance }
  }

  /** Whose keys may have signed it: the OA the body names, or any of ours where it names none we know. */
  function candidates(payload: unknown, addressedTo: string | undefined): ZaloAccount[] {
    const named = namedIds(objectOf(payload) ?? {}).map((id) => ours.get(id)).filter((account) => account !== undefined)
    const possible = named.length > 0 ? named : settings.accounts
    return addressedTo === undefined ? possible : possible.filter(({ oaId }) => oaId === addressedTo)
  }

  /** An event is taken only for the OA whose key proved it, so that one OA's key speaks for no other. */
  function parse(payload: unknown, context: ParseContext): Parsed {
    const found = new Gathering()
    const raw = objectOf(payload)
    if (raw === null || typeof raw.event_name !== 'string') found.ignore('unknown_shape')
    else readZaloEvent(found, raw, raw.event_name, { ...context, isOurs: (oaId) => ours.has(oaId) && (context.accountId ?? oaId) === oaId })
    return found
  }

  return { channel: 'zalo', bodyLimit: 256 * 1024, proofHeader: zaloHeader, verify, parse }
}

/** Every place where a body may name its OA; a person's id among them does no harm, since it is none of ours. */
function namedIds(raw: Json): string[] {
  return [idOf(raw.oa_id), idOf(objectOf(raw.recipient)?.id), idOf(objectOf(raw.sender)?.id)].filter((id) => id !== null)
}
