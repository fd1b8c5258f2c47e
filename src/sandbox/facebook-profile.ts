import * as z from 'zod'

/** How a page presents itself in Messenger before anybody has written, within Meta's limits. */

const item = z.discriminatedUnion('type', [
  z.object({ type: z.literal('postback'), title: z.string().min(1).max(30), payload: z.string().min(1).max(1_000) }),
  z.object({ type: z.literal('web_url'), title: z.string().min(1).max(30), url: z.url({ protocol: /^https?$/ }) }),
])
const question = z.object({ question: z.string().min(1).max(80), payload: z.string().min(1).max(1_000) })
const hasDefault = (list: { locale: string }[]): boolean => list.some(({ locale }) => locale === 'default')
const locale = z.string()

export const facebookProfile = z.object({
  get_started: z.object({ payload: z.string().min(1).max(1_000) }).optional(),
  greeting: z.array(z.object({ locale, text: z.string().min(1).max(160) })).refine(hasDefault, 'default locale').optional(),
  ice_breakers: z.array(z.object({ locale, call_to_actions: z.array(question).min(1).max(4) })).refine(hasDefault, 'default locale').optional(),
  persistent_menu: z.array(z.object({ locale, composer_input_disabled: z.boolean(), call_to_actions: z.array(item).min(1).max(20) })).refine(hasDefault, 'default locale').optional(),
})
export type FacebookProfile = z.infer<typeof facebookProfile>

/** The names a page can be subscribed with; any other fails the whole call. */
export const webhookFields: ReadonlySet<string> = new Set([
  'messages', 'messaging_postbacks', 'message_echoes', 'messaging_referrals', 'messaging_optins', 'message_deliveries', 'message_reads', 'message_reactions',
  'message_edits', 'standby', 'messaging_handovers', 'messaging_policy_enforcement', 'messaging_feedback', 'feed',
])
