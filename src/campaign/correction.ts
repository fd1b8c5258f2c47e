import type { CorrectionRecord, MeansName } from '../core/campaign.ts'
import type { AccountKey } from '../core/contact.ts'
import { tellTime, type Millis } from '../core/time.ts'
import type { Post } from './campaign.ts'
import { rulesOf, type PlatformRules } from './rules.ts'

/** What can be done about something that has gone out, said before a second person confirms it. Pure. */

/** Whether a correction is about this post, once that has gone out. */
export const concerns = ({ posts }: Pick<CorrectionRecord, 'posts'>, post: string): boolean => posts === undefined || posts.includes(post)

/** Why somebody did not get such a post. Not `cancelled`: that ends all parts of a message at once, and in stores only then. */
export const corrected = 'corrected'

/** Which posts were put right or taken back when, by this correction or one before it; the latest first. */
export function correctedPosts(correction: CorrectionRecord | null, posts: readonly Pick<Post, 'id' | 'at'>[]): { post: string; kind: CorrectionRecord['kind']; at: Millis }[] {
  if (correction === null) return []
  const { kind, confirmedAt, previous = null } = correction
  const own = confirmedAt === null ? [] : posts.filter(({ id, at }) => at <= confirmedAt && concerns(correction, id)).map(({ id }) => ({ post: id, kind, at: confirmedAt }))
  return [...own, ...correctedPosts(previous, posts)]
}

/** Posts of which nothing more may go out. */
export const takenBack = (correction: CorrectionRecord | null, posts: readonly Pick<Post, 'id' | 'at'>[]): Set<string> => new Set(correctedPosts(correction, posts).map(({ post }) => post))

/** A post that has reached people, by one means on one account. */
export interface GoneOut {
  post: string
  account: AccountKey
  means: MeansName
  /** When it was published; for personal means when the first one went. */
  at: Millis
  /** People it was sent to; null for a publication. */
  people: number | null
  /** Beside them, those of whom nobody knows whether it came to them. */
  unknown: number
}

export interface CorrectionStep {
  post: string
  account: AccountKey
  means: MeansName
  /**
   * `hide`: the article is no longer shown. `delete`, `edit`: the publication itself. `follow_up`: a message to exactly those
   * reached, decided by the usual rules. `by_hand`: the platform lets no program do it.
   */
  step: 'hide' | 'delete' | 'edit' | 'follow_up' | 'by_hand'
  /** For staff: what is done and what is not undone by it. */
  what: string
}

export function planCorrection(kind: CorrectionRecord['kind'], gone: readonly GoneOut[], rules: PlatformRules, now: Millis): CorrectionStep[] {
  return gone.map(({ post, account, means, at, people, unknown }) => ({ post, account, means, ...stepFor(kind, means, { at, reached: `${people ?? 0} người đã nhận${unknown === 0 ? '' : `, ${unknown} chưa rõ`}`, deleteWithin: rulesOf(rules, means, account).delete_within?.value ?? null }, now) }))
}

interface Sent { at: Millis; reached: string; deleteWithin: Millis | null }

function stepFor(kind: CorrectionRecord['kind'], means: MeansName, { at, reached, deleteWithin }: Sent, now: Millis): Pick<CorrectionStep, 'step' | 'what'> {
  const recall = kind === 'recall'
  switch (means) {
    case 'zalo_broadcast':
      return recall
        ? { step: 'hide', what: 'ẩn bài viết trên OA; thông báo đã đến máy người theo dõi thì Zalo không cho thu lại, và Zalo không cho biết ai đã nhận' }
        : { step: 'edit', what: 'sửa bài viết trên OA; ai mở lại sẽ thấy bản đã sửa, Zalo không báo lại cho người đã xem' }
    case 'facebook_post':
      return recall ? { step: 'delete', what: 'xóa bài trên trang; bài người khác đã chụp hoặc chép lại thì không xóa được' } : { step: 'edit', what: 'sửa bài trên trang; Facebook giữ và cho xem bản trước khi sửa' }
    case 'telegram_channel': {
      const canDelete = deleteWithin === null || now - at <= deleteWithin
      if (!recall) return { step: 'edit', what: 'sửa bài trong kênh' }
      return canDelete ? { step: 'delete', what: 'xóa bài trong kênh' } : { step: 'edit', what: `bài đăng lúc ${tellTime(at, now)} đã quá hạn xóa của Telegram: thay bằng lời thu hồi` }
    }
    case 'zalo_template':
    case 'facebook_utility':
      return { step: 'by_hand', what: `${reached}; tin mẫu không sửa, không thu lại được, và lời ${recall ? 'thu hồi' : 'đính chính'} phải là một mẫu khác đã được nền tảng duyệt` }
    case 'zalo_consultation':
    case 'facebook_message':
    case 'telegram_direct':
      return { step: 'follow_up', what: `${reached}; gửi lời ${recall ? 'thu hồi' : 'đính chính'} cho đúng những người này, trừ ai đã dừng nhận hoặc đã ra ngoài khung phản hồi` }
  }
}
