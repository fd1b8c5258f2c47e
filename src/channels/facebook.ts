import { SendError } from '../core/delivery.ts'
import { onceForFixed } from '../core/fixed.ts'
import type { Clock, Millis } from '../core/time.ts'
import type { Channel, Sent } from './channel.ts'
import { isFormRefused } from './facebook-errors.ts'
import { facebookLimits, renderFacebook, toRequest } from './facebook-message.ts'
import { facebookPages, type FacebookPagesOptions } from './facebook-pages.ts'
import { callGraph, callMeasured, type PageAccess } from './graph.ts'
import { timeLeft } from './outcome.ts'
import { sendForms } from './parts.ts'
import { SEND_TIMEOUT } from './transport.ts'
import { generallyUnsendable, isOutsideWindow } from './window.ts'

export interface FacebookChannelOptions extends FacebookPagesOptions { clock: Clock }

/** The Send API for all our pages. The token travels in a header, never in an address. */
export function createFacebookChannel(options: FacebookChannelOptions): Channel {
  const { clock } = options
  const pages = facebookPages(options)

  async function sendBody(page: PageAccess, body: Record<string, unknown>, timeout: Millis): Promise<Sent> {
    try {
      const { answer, used } = await callMeasured(pages.graph, page, 'POST', `${page.pageId}/messages`, body, timeout)
      const { message_id: id } = answer as { message_id?: unknown }
      if (typeof id !== 'string') throw new SendError({ kind: 'uncertain' }, 'no_message_id')
      return { platformMessageId: id, ...(used > 0 && { used }) }
    } catch (error) {
      throw body['tag'] === undefined ? error : withoutTag(error)
    }
  }

  return {
    name: 'facebook',
    replyWindow: facebookLimits.window,
    render: onceForFixed(renderFacebook),
    whyUnsendable(part, context) {
      const window = context.origin === 'staff' ? facebookLimits.humanAgentWindow : facebookLimits.window
      return generallyUnsendable(part, context) ?? (part.template === undefined && isOutsideWindow(context, window) ? 'outside_reply_window' : null)
    },
    send(contact, part, deliveryId, context) {
      const deadline = clock() + SEND_TIMEOUT
      return sendForms(part, (form) => sendBody(pages.of(contact.accountId), toRequest(contact, form, deliveryId, context), timeLeft(deadline, clock())), isFormRefused)
    },
    async typing(contact) {
      const page = pages.find(contact.accountId)
      // Goes out by itself after some 20 seconds, or with the answer.
      if (page !== undefined) await callGraph(pages.graph, page, 'POST', '/messages', { recipient: { id: contact.userId }, sender_action: 'typing_on' })
    },
  }
}

/** Where Meta has not granted "Human Agent", the tag alone lacks a permission: the window is closed, and nothing else is wrong with the page. */
const withoutTag = (error: unknown): unknown =>
  error instanceof SendError && error.outcome.kind === 'bad_configuration' && error.outcome.needs === 'permission'
    ? new SendError({ kind: 'contact_gone', reason: 'outside_reply_window' }, error.code, error.trace)
    : error
