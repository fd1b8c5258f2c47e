import * as z from 'zod'
import type { Button, SentMessage } from './person.ts'

/**
 * What Zalo takes as a message, by Zalo's documents and not by our channel's own limits, so that a wrong one shows.
 * A value that is too long or too many is -210, any other fault -201, a kind of message it does not know -233.
 */

/** A public name: platforms refuse an address without a dot. */
const url = z.url({ protocol: /^https?$/, hostname: /\../ })
const title = z.string().min(1).max(100)
const phoneCode = z.string().regex(/^84\d{8,10}$/)
const button = z.discriminatedUnion('type', [
  z.object({ title, type: z.literal('oa.open.url'), payload: z.object({ url }) }),
  z.object({ title, type: z.literal('oa.query.show'), payload: z.string().min(1).max(1_000) }),
  z.object({ title, type: z.literal('oa.query.hide'), payload: z.string().min(1).max(1_000) }),
  z.object({ title, type: z.literal('oa.open.phone'), payload: z.object({ phone_code: phoneCode }) }),
  z.object({ title, type: z.literal('oa.open.sms'), payload: z.object({ content: z.string().max(160), phone_code: phoneCode }) }),
])
const media = z.object({ media_type: z.literal('image'), url: url.optional(), attachment_id: z.string().min(1).optional() })
  .refine((element) => (element.url === undefined) !== (element.attachment_id === undefined), 'exactly one of url and attachment_id')

const buttonsPayload = z.strictObject({ buttons: z.array(button).min(1).max(5) })
const mediaPayload = z.strictObject({ template_type: z.literal('media'), elements: z.array(media).length(1) })
const formPayload = z.strictObject({
  template_type: z.literal('request_user_info'),
  elements: z.array(z.object({ title, subtitle: z.string().min(1).max(500), image_url: url })).length(1),
})
const filePayload = z.strictObject({ token: z.string().min(1) })

const message = z.strictObject({
  text: z.string().min(1).max(2_000).optional(),
  attachment: z.object({ type: z.enum(['template', 'file']), payload: z.looseObject({ template_type: z.string().optional() }) }).optional(),
  quote_message_id: z.string().min(1).optional(),
})

export type Shown = Pick<SentMessage, 'text' | 'buttons' | 'media' | 'quotes'>

/** The message as the phone shows it, or Zalo's code for it and the name of what is wrong. */
export function readZaloMessage(raw: unknown): Shown | { error: number; what: string } {
  const outer = message.safeParse(raw)
  if (!outer.success) return refusal(outer.error)
  const { text = '', attachment, quote_message_id: quotes = null } = outer.data
  if (attachment === undefined) return text === '' ? { error: -201, what: 'message' } : { text, buttons: [], media: null, quotes }
  const type = attachment.type === 'file' ? 'file' : attachment.payload.template_type
  switch (type) {
    case undefined: {
      const payload = buttonsPayload.safeParse(attachment.payload)
      if (!payload.success) return refusal(payload.error)
      return text === '' ? { error: -201, what: 'text' } : { text, buttons: payload.data.buttons.map(shown), media: null, quotes }
    }
    case 'media': {
      const payload = mediaPayload.safeParse(attachment.payload)
      if (!payload.success) return refusal(payload.error)
      const [element] = payload.data.elements
      return { text, buttons: [], media: { kind: 'image', url: element?.url ?? '' }, quotes }
    }
    case 'file': {
      const payload = filePayload.safeParse(attachment.payload)
      return payload.success ? { text, buttons: [], media: { kind: 'file', url: '' }, quotes } : refusal(payload.error)
    }
    case 'request_user_info': {
      const payload = formPayload.safeParse(attachment.payload)
      return payload.success ? { text: payload.data.elements[0]!.title, buttons: [], media: null, quotes } : refusal(payload.error)
    }
    default: return { error: -233, what: 'template_type' }
  }
}

function shown({ title, type, payload }: z.infer<typeof button>): Button {
  if (type === 'oa.open.url') return { title, payload: null, url: payload.url, quick: false }
  if (type === 'oa.query.show' || type === 'oa.query.hide') return { title, payload, url: null, quick: false }
  return { title, payload: null, url: `${type === 'oa.open.sms' ? 'sms' : 'tel'}:+${payload.phone_code}`, quick: false }
}

function refusal({ issues }: z.ZodError): { error: number; what: string } {
  const [issue] = issues
  return { error: issue?.code === 'too_big' ? -210 : -201, what: issue?.path.join('.') ?? '' }
}
