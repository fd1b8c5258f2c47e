import * as z from 'zod'
import type { SentMessage } from './person.ts'

/** What Messenger takes in one send, by Meta's documents and not by our channel's own limits, so that a wrong one shows. Anything else is error 100. */

const url = z.url({ protocol: /^https?$/, hostname: /\../ })
const payload = z.string().min(1).max(1_000)
const button = z.discriminatedUnion('type', [
  z.object({ type: z.literal('web_url'), title: z.string().min(1).max(20), url }),
  z.object({ type: z.literal('postback'), title: z.string().min(1).max(20), payload }),
  z.object({ type: z.literal('phone_number'), title: z.string().min(1).max(20), payload: z.string().regex(/^\+\d{6,15}$/) }),
])
const quickReply = z.object({ content_type: z.literal('text'), title: z.string().min(1).max(20), payload })
const template = z.discriminatedUnion('template_type', [
  z.strictObject({ template_type: z.literal('button'), text: z.string().min(1).max(640), buttons: z.array(button).min(1).max(3) }),
])
const attachment = z.discriminatedUnion('type', [
  z.object({ type: z.literal('template'), payload: template }),
  z.object({ type: z.enum(['image', 'audio', 'video', 'file']), payload: z.object({ url, is_reusable: z.boolean().optional() }) }),
])
const message = z.strictObject({
  text: z.string().min(1).max(2_000).optional(),
  attachment: attachment.optional(),
  quick_replies: z.array(quickReply).min(1).max(13).optional(),
  metadata: z.string().max(999).optional(),
}).refine(({ text, attachment }) => (text === undefined) !== (attachment === undefined), 'exactly one of text and attachment')

/** Tags that still pass; the three automatic ones are refused since 27 April 2026. */
const tag = z.enum(['HUMAN_AGENT'])
export const facebookSend = z.object({
  recipient: z.object({ id: z.string().min(1) }),
  messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']),
  tag: tag.optional(),
  message,
  reply_to: z.object({ mid: z.string().min(1) }).optional(),
}).refine(({ messaging_type, tag }) => (messaging_type === 'MESSAGE_TAG') === (tag !== undefined), 'tag')
export type FacebookSend = z.infer<typeof facebookSend>

/** A utility template: by name, with its blanks, and nothing beside it. */
export const facebookUtility = z.object({
  recipient: z.object({ id: z.string().min(1) }),
  messaging_type: z.literal('UTILITY'),
  message: z.strictObject({
    template: z.object({
      name: z.string().min(1), language: z.object({ code: z.string().min(2) }),
      components: z.array(z.object({ type: z.literal('body'), parameters: z.array(z.object({ type: z.literal('text'), parameter_name: z.string().min(1), text: z.string().min(1) })) })),
    }),
    metadata: z.string().max(999).optional(),
  }),
})
export type FacebookUtility = z.infer<typeof facebookUtility>

/** `mark_seen` and typing: taken, and shown to nobody here. */
export const facebookAction = z.object({ recipient: z.object({ id: z.string().min(1) }), sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']) })

/** The message as the phone shows it. */
export function shownByMessenger({ message, reply_to }: FacebookSend): Pick<SentMessage, 'text' | 'buttons' | 'media' | 'quotes'> {
  const { text = '', attachment, quick_replies: quickReplies = [] } = message
  const quick = quickReplies.map(({ title, payload }) => ({ title, payload, url: null, quick: true }))
  const quotes = reply_to?.mid ?? null
  if (attachment === undefined) return { text, buttons: quick, media: null, quotes }
  if (attachment.type !== 'template') return { text: '', buttons: quick, media: { kind: attachment.type, url: attachment.payload.url }, quotes }
  const buttons = attachment.payload.buttons.map((each) => ({
    title: each.title,
    payload: each.type === 'postback' ? each.payload : null,
    url: each.type === 'web_url' ? each.url : each.type === 'phone_number' ? `tel:${each.payload}` : null,
    quick: false,
  }))
  return { text: attachment.payload.text, buttons: [...buttons, ...quick], media: null, quotes }
}
