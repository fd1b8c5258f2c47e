/** Whether each platform still delivers to us and still takes our token. Each check is one step of a job, and a page of `doctor`. */
import type { Telegram } from 'telegraf'
import { type AccountKey, accountKey } from '../core/contact.ts'
import { SendError } from '../core/delivery.ts'
import { HOUR, type Millis, SECOND } from '../core/time.ts'
import { failure, type Finding, fine, unknown, warning } from './finding.ts'
import { callGraph, type Graph, type PageAccess } from './graph.ts'
import { toSendError } from './outcome.ts'
import { fromTelegramError } from './telegram-client.ts'
import { SEND_TIMEOUT } from './transport.ts'
import { callZalo, type ZaloApi } from './zalo-call.ts'

/** What the Facebook webhook reads. A name Meta does not know fails the whole call. */
export const facebookFields = [
  'messages', 'messaging_postbacks', 'message_echoes', 'messaging_referrals', 'message_deliveries', 'message_reads', 'message_reactions', 'standby', 'feed',
  'messaging_policy_enforcement',
]

/** Read too, but Meta prints it in two spellings: without it a thread that was handed back is noticed only when the pause for staff ends. */
export const facebookHandovers = 'messaging_handovers'

/** What the Telegram webhook reads: everything else would only cost requests. */
export const telegramUpdates = ['message', 'callback_query', 'my_chat_member'] as const

/**
 * Looks whether our app is subscribed to the page, with all fields, and subscribes it where not: after an hour of failed
 * webhooks Meta takes the subscription away, and nothing gives it back but this call.
 */
export async function checkFacebook(graph: Graph, page: PageAccess, appId: string): Promise<Finding[]> {
  const account = accountKey({ channel: 'facebook', accountId: page.pageId })
  return checked(account, async () => {
    const answer = await callGraph(graph, page, 'GET', '/subscribed_apps', { fields: 'id,subscribed_fields' }) as { data?: { id?: string; subscribed_fields?: string[] }[] }
    const ours = answer.data?.find(({ id }) => String(id) === appId)
    const missing = facebookFields.filter((field) => !ours?.subscribed_fields?.includes(field))
    if (missing.length === 0) return [fine(account, 'Trang vẫn gửi sự kiện cho ứng dụng.')]
    const subscribe = (fields: string[]): Promise<unknown> => callGraph(graph, page, 'POST', '/subscribed_apps', { subscribed_fields: fields.join(',') })
    await subscribe([...facebookFields, facebookHandovers]).catch((error: unknown) => {
      if (error instanceof SendError && error.code.split('/')[0] === '100') return subscribe(facebookFields)
      throw error
    })
    const what = ours === undefined ? 'Trang đã ngừng gửi sự kiện cho ứng dụng; đã đăng ký lại.' : `Trang thiếu sự kiện ${missing.join(', ')}; đã đăng ký lại.`
    return [warning(account, what, 'Kiểm tra vì sao webhook bị gián đoạn: xem nhật ký và trang Webhooks của ứng dụng.')]
  })
}

export interface TelegramWebhook {
  url: string
  /** New first. */
  secrets: readonly string[]
}

/**
 * Compares the bot's webhook with ours and sets it where it differs; without an address of ours it only tells. Which secret
 * Telegram holds it does not say: while two are taken, and when ours was not, it is given the new one. An error is told for an hour.
 */
export async function checkTelegram(client: Telegram, botId: string, webhook: TelegramWebhook, now: Millis): Promise<Finding[]> {
  const account = accountKey({ channel: 'telegram', accountId: botId })
  return checked(account, async () => {
    const { url, allowed_updates: allowed = [], last_error_date: failedAt = 0, last_error_message: error = '', pending_update_count: waiting } = await client.getWebhookInfo()
    const findings: Finding[] = []
    const failedLately = now - failedAt * SECOND < HOUR
    const set = (): Promise<true> => client.setWebhook(webhook.url, { secret_token: webhook.secrets[0] ?? '', allowed_updates: telegramUpdates, max_connections: 20 })
    if (!URL.canParse(webhook.url)) {
      findings.push(warning(account, 'Chưa đặt PUBLIC_URL, nên không đặt được webhook cho bot.', 'Đặt PUBLIC_URL là địa chỉ https của máy chủ.'))
    } else if (url !== webhook.url || telegramUpdates.some((kind) => !allowed.includes(kind))) {
      await set()
      findings.push(warning(account, 'Webhook của bot trỏ sai địa chỉ hoặc thiếu loại sự kiện; đã đặt lại.', 'Kiểm tra xem có máy chủ khác dùng chung bot này không.'))
    } else if (webhook.secrets.length > 1 || (failedLately && error.includes('401'))) await set()
    if (failedLately) {
      findings.push(warning(account, `Telegram vừa không gọi được webhook: ${error} (còn ${waiting} sự kiện chờ).`, 'Kiểm tra PUBLIC_URL, chứng chỉ và tường lửa.'))
    }
    return findings.length > 0 ? findings : [fine(account, 'Webhook của bot hoạt động.')]
  })
}

/** `getoa` with the current token: whether it is taken, whether the OA is verified, which package it is on. */
export async function checkZalo(api: ZaloApi, oaId: string): Promise<Finding[]> {
  const account = accountKey({ channel: 'zalo', accountId: oaId })
  return checked(account, async () => {
    const { is_verified: verified, package_name: name = 'không rõ' } = await callZalo(api, oaId, { path: '/v2.0/oa/getoa' }, api.clock() + SEND_TIMEOUT)
    return verified === false
      ? [warning(account, 'OA chưa được xác thực; nhiều chức năng API bị từ chối.', 'Xác thực OA tại oa.zalo.me.')]
      : [fine(account, `OA nhận token; gói dịch vụ: ${String(name)}.`)]
  })
}

async function checked(account: AccountKey, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check()
  } catch (error) {
    const { outcome, code } = toSendError(fromTelegramError(error))
    return outcome.kind === 'bad_configuration'
      ? [failure(account, `Nền tảng từ chối token hoặc quyền (mã ${code}).`, needs[outcome.needs])]
      : [unknown(account, `Không kiểm tra được (mã ${code}).`, 'Thử lại sau; nếu kéo dài, kiểm tra đường mạng tới nền tảng.')]
  }
}

const needs = {
  consent: 'Cấp quyền lại: với Zalo chạy `camnang zalo connect`; với Facebook và Telegram thay token trong cấu hình rồi khởi động lại.',
  permission: 'Kiểm tra quyền của ứng dụng trong trang nhà phát triển của nền tảng.',
  money: 'Kiểm tra gói dịch vụ và số dư của tài khoản.',
  blocked: 'Xem thông báo vi phạm trong trang quản lý và liên hệ nền tảng.',
}
