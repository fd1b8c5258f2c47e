import type { Contact } from '../core/contact.ts'
import { lacksForThis, SendError } from '../core/delivery.ts'
import { onceForFixed } from '../core/fixed.ts'
import type { Channel } from './channel.ts'
import { toSendError } from './outcome.ts'
import { sendForms } from './parts.ts'
import { SEND_TIMEOUT } from './transport.ts'
import { generallyUnsendable, isOutsideWindow } from './window.ts'
import { callZalo, type ZaloApi } from './zalo-call.ts'
import { isFormRefused } from './zalo-errors.ts'
import { renderZalo, toRequest, zaloLimits } from './zalo-message.ts'

/** Consultation messages (`/v3.0/oa/message/cs`) of all our OAs; anonymous visitors through v2.0. */
export function createZaloChannel(api: ZaloApi): Channel {
  return {
    name: 'zalo',
    replyWindow: zaloLimits.freeWindow,
    render: onceForFixed(renderZalo),
    whyUnsendable(part, context) {
      return generallyUnsendable(part, context) ?? (part.template === undefined && isOutsideWindow(context, zaloLimits.freeWindow) ? 'outside_reply_window' : null)
    },
    async send(contact, part, deliveryId) {
      const deadline = api.clock() + SEND_TIMEOUT
      try {
        const { message_id: id } = await sendForms(part, (form) => callZalo(api, contact.accountId, toRequest(contact, form), deadline), isFormRefused)
        return { platformMessageId: typeof id === 'string' && id !== '' ? id : `none:${deliveryId}` }
      } catch (error) {
        throw isVisitor(contact) ? withoutVisitors(toSendError(error)) : toSendError(error)
      }
    },
  }
}

const isVisitor = ({ userId }: Contact): boolean => userId.startsWith('anon:')

/** Anonymous visitors are written to by a call of its own: an OA that was not granted it, or pays for less, still writes to everybody else. */
const withoutVisitors = (error: SendError): SendError =>
  lacksForThis(error.outcome) ? new SendError({ kind: 'rejected' }, error.code) : error
