import { html } from 'hono/html'
import { clean } from '../../core/text.ts'
import { notice, type Html } from '../components.ts'
import { doneNotice, type DoneSentences } from '../done-notice.ts'
import type { Asked } from '../guard.ts'
import { section } from './parts.ts'

/** What the routes of the content share. */

const doneSentences: DoneSentences = {
  luu: 'Đã lưu bản nháp. Bà con chưa thấy gì thay đổi.', trinh: 'Đã trình. Người có quyền duyệt thấy bản nháp này ở trang Tổng quan.', dang: 'Đã đăng. Trợ lý dùng lời mới trong vài giây.',
  'tra-lai': 'Đã trả lại người viết.', bo: 'Đã bỏ bản nháp.', ghep: 'Đã ghép với tệp mới. Xem lại phần thay đổi ở dưới.', 'tro-lai': 'Đã trở lại bản cũ. Trợ lý dùng lời này trong vài giây.',
}
export const noticeOf = (asked: Pick<Asked, 'c'>): Html | '' => doneNotice(asked, doneSentences)

/** A sentence somebody wrote into a form. */
export const wordsIn = ({ field }: Pick<Asked, 'field'>, name: string): string => clean(field(name)).trim()

export const notYet = ({ show }: Asked): Promise<Response> => show({ title: 'Nội dung', section, again: 10 }, html`<h1>Nội dung</h1>${notice('Nội dung đang được đọc, thử lại sau ít giây.', 'warn')}`)

export const nothing = ({ show }: Asked): Promise<Response> =>
  show({ title: 'Không có trang này', section, again: null }, html`<h1>Không có trang này</h1><p>Mục, kịch bản hoặc tệp này không còn, hoặc tệp mới nhất chưa dùng được.</p><p><a href="${section}">← Tất cả nội dung</a></p>`, 404)
