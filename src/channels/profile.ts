/** How the bot presents itself before anybody has written: the same words for each platform, in its own shape. */
import { getStartedPayload } from '../core/payload.ts'
import { cutTitle } from './parts.ts'

export interface AccountProfile {
  /** Shown above the first message. Facebook shows 160 characters of it. */
  greeting: string
  /** What the bot is and who runs it. Telegram shows 512 characters of it. */
  description: string
  menu: ProfileItem[]
  iceBreakers: ProfileItem[]
  commands: { command: string; description: string }[]
}

/** What a tap brings: our payload, or a page. */
export type ProfileItem = { title: string; payload: string } | { title: string; url: string }

export const profileLimits = {
  facebook: { greeting: 160, iceBreakers: 4, menu: 20, menuTitle: 30, question: 80 },
  telegram: { commands: 100, command: 32, commandDescription: 256, description: 512, shortDescription: 120 },
  zalo: { menuTitle: 35 },
}

/**
 * The body of `messenger_profile`. Typing is never switched off: citizens must be able to ask in their own words. Meta takes no
 * empty list: a menu or ice breakers that the province has not written are left as they are.
 */
export function facebookProfile({ greeting, menu, iceBreakers }: AccountProfile): object {
  const limits = profileLimits.facebook
  const questions = iceBreakers.filter((item) => 'payload' in item).slice(0, limits.iceBreakers)
  const actions = menu.slice(0, limits.menu).map((item) => ({ title: cutTitle(item.title, limits.menuTitle), ...('url' in item ? { type: 'web_url', url: item.url } : { type: 'postback', payload: item.payload }) }))
  return {
    get_started: { payload: getStartedPayload },
    greeting: [{ locale: 'default', text: cutTitle(greeting, limits.greeting) }],
    ...(questions.length > 0 && { ice_breakers: [{ locale: 'default', call_to_actions: questions.map(({ title, payload }) => ({ question: cutTitle(title, limits.question), payload })) }] }),
    ...(actions.length > 0 && { persistent_menu: [{ locale: 'default', composer_input_disabled: false, call_to_actions: actions }] }),
  }
}

/** Zalo's menu has no call that is known to work: what an administrator enters in OA Manager, by hand. */
export function zaloProfileText({ greeting, menu }: AccountProfile): string {
  const lines = menu.map((item, i) => {
    const does = 'url' in item ? `Mở liên kết: ${item.url}` : `Gửi tin nhắn đến OA: ${item.title}`
    return `${i + 1}. ${cutTitle(item.title, profileLimits.zalo.menuTitle)}\n   ${does}`
  })
  return [
    'Nhập tay tại oa.zalo.me (OA Manager):',
    '',
    'Lời chào (Công cụ → Tin nhắn chào mừng):',
    greeting,
    '',
    'Menu (Công cụ → Menu):',
    ...lines,
    '',
    'Tắt tin nhắn tự động và trả lời theo từ khóa của OA, để không trả lời hai lần.',
  ].join('\n')
}
