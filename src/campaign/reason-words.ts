import type { SkipReason } from '../core/campaign.ts'
import type { UnsendableReason } from '../core/delivery.ts'

/** Why a delivery or publication ended as it did, in words for staff and reports. Pure. */

/** Reasons that only a send or an action brings. */
type EndReason = 'cancelled' | 'corrected' | 'no_answer' | 'rejected' | 'interrupted' | 'not_published'

const words: Readonly<Record<SkipReason | UnsendableReason | EndReason, string>> = {
  unsupported_content: 'kênh không mang được nội dung', blocked: 'người nhận đã chặn', opted_out: 'đã dừng nhận tin', no_consent: 'chưa đồng ý nhận tin', outside_reply_window: 'ngoài thời hạn nền tảng cho nhắn',
  daily_cap: 'đã đủ số tin trong ngày', night_hours: 'rơi vào giờ yên lặng', quota: 'hết hạn mức của nền tảng', too_late: 'đã quá muộn để gửi', staff_answered: 'cán bộ đã trả lời', erased: 'người nhận đã xóa dữ liệu',
  account_stopped: 'tài khoản không gửi được', cancelled: 'đợt bị hủy', corrected: 'bài đã được đính chính hoặc thu hồi', no_answer: 'nền tảng không trả lời', rejected: 'nền tảng từ chối', interrupted: 'bị ngắt giữa chừng, chưa rõ đã gửi chưa',
  not_published: 'cán bộ xác nhận chưa đăng',
}

/** What a correction did to a post that was out: `correction:<when>`, `correction_failed:<code>`. */
const ofCorrection: readonly [prefix: string, word: string][] = [['correction:', 'theo lời đính chính, thu hồi'], ['correction_failed:', 'chưa đính chính, thu hồi được']]

/** In words; null: an error code of a platform, which has none. */
export function reasonWords(reason: string): string | null {
  if (Object.hasOwn(words, reason)) return words[reason as keyof typeof words]
  return ofCorrection.find(([prefix]) => reason.startsWith(prefix))?.[1] ?? null
}

/** In words; an error code of a platform stands as it is. */
export const reasonName = (reason: string): string => reasonWords(reason) ?? reason
