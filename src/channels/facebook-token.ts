import { accountKey } from '../core/contact.ts'
import { DAY, type Millis, SECOND, showDay, vietnamDay } from '../core/time.ts'
import { type Finding, fine, unknown, warning } from './finding.ts'
import { callNode, type Graph, type PageAccess, pageAccess } from './graph.ts'
import { toSendError } from './outcome.ts'

/** What our calls need: to answer, to stay subscribed, to read and write posts, to answer comments. */
const neededScopes = ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_engagement']
/** Time for a person to make a new token. */
const toldBefore: Millis = 14 * DAY

interface TokenInfo { is_valid?: unknown; expires_at?: unknown; data_access_expires_at?: unknown; scopes?: unknown }

/** How the app itself proves who it is: nobody else may ask about a token. */
export const appAccess = (appId: string, appSecret: string): PageAccess => pageAccess(appId, `${appId}|${appSecret}`, appSecret)

/**
 * What Meta says of a page's token: when it ends, and what it may do. It says so before citizens notice; that a token is
 * dead, each call tells. The one call that has a token in its address, since Meta takes it nowhere else.
 */
export async function checkFacebookToken(graph: Graph, app: PageAccess, { pageId, pageToken }: { pageId: string; pageToken: string }, now: Millis): Promise<Finding[]> {
  const account = accountKey({ channel: 'facebook', accountId: pageId })
  try {
    const { data } = await callNode(graph, app, 'GET', 'debug_token', { input_token: pageToken }) as { data?: TokenInfo }
    if (data?.is_valid !== true) return [unknown(account, 'Chưa biết hạn của token của trang: Meta không nhận token này.', renew)]
    const troubles = troublesOf(data, now).map((what) => warning(account, what, renew))
    return troubles.length > 0 ? troubles : [fine(account, 'Token của trang còn hạn và đủ quyền.')]
  } catch (error) {
    return [unknown(account, `Chưa hỏi được Meta về hạn của token của trang (mã ${toSendError(error).code}).`, 'Thử lại sau; tin nhắn vẫn gửi được.')]
  }
}

const renew = 'Tạo token mới có đủ quyền (tốt nhất là của người dùng hệ thống, không có hạn), đặt vào cấu hình rồi khởi động lại.'

function troublesOf({ expires_at: ends, data_access_expires_at: accessEnds, scopes }: TokenInfo, now: Millis): string[] {
  const missing = Array.isArray(scopes) ? neededScopes.filter((scope) => !scopes.includes(scope)) : []
  return [
    ...(isSoon(ends, now) ? [`Token của trang hết hạn ngày ${dayOf(ends)}.`] : []),
    ...(isSoon(accessEnds, now) ? [`Quyền đọc dữ liệu của token của trang hết hạn ngày ${dayOf(accessEnds)}.`] : []),
    ...(missing.length > 0 ? [`Token của trang thiếu quyền ${missing.join(', ')}.`] : []),
  ]
}

/** In seconds; 0 and nothing: never. */
const isSoon = (at: unknown, now: Millis): at is number => typeof at === 'number' && at > 0 && at * SECOND - now < toldBefore
const dayOf = (at: number): string => showDay(vietnamDay(at * SECOND))
