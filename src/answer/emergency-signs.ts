import type { ReplyKey } from '../core/replies.ts'
import { digital, hearsay, papers, rumour } from './emergency-calm.ts'
import { childInDanger, despair } from './emergency-signs-despair.ts'
import { accidents, medical } from './emergency-signs-medical.ts'
import { fetchedOut, fire, trapped } from './emergency-signs-rescue.ts'
import { stabbed, unexploded, violence } from './emergency-signs-violence.ts'
import { anyOf, type MessagePattern } from './message-pattern.ts'

export type EmergencyReply = Extract<ReplyKey, `emergency_${string}`>

export interface Kind {
  reply: EmergencyReply
  signs: readonly string[]
  /** Where one of these fits too, the message is about something else. */
  unless: readonly MessagePattern[]
}

const lightning = anyOf('sét đánh')
const ownHand = anyOf('(lấy|cầm|dùng|«tự») … (cắt|cứa|rạch|đâm)', '(định|muốn|đòi|tính) … (cắt|cứa|rạch|chết|tự tử)', 'tự tử', 'muốn chết', '(lao|đâm đầu|nhảy) (ra|vào|vô)')

/** First that fits: who may die first comes first; a child before the same done to a grown-up. */
export const kinds: readonly Kind[] = [
  { reply: 'emergency_medical', signs: accidents, unless: [papers, hearsay, rumour, digital, ownHand] },
  { reply: 'emergency_suicide', signs: despair, unless: [rumour, anyOf('mai táng', 'mai táng phí', 'hưởng', 'bảo hiểm', 'khai tử', 'giấy chứng tử',
    'tin … tự tử', 'vụ tự tử', 'nhảy việc', 'căn cước', 'hộ khẩu', 'vneid', 'hồ sơ', 'thủ tục')] },
  { reply: 'emergency_police', signs: stabbed, unless: [papers, hearsay, rumour, digital] },
  { reply: 'emergency_fire', signs: fire, unless: [papers, hearsay, rumour, digital] },
  { reply: 'emergency_child', signs: childInDanger, unless: [lightning, papers, rumour, digital, anyOf('trên mạng', 'online', 'qua mạng', 'phòng (tránh|chống|ngừa)', 'là gì',
    'tập huấn', '(tuần|tháng|năm) (trước|ngoái|qua)', 'tin giả', 'có thật', 'cảnh báo')] },
  { reply: 'emergency_police', signs: violence, unless: [lightning, papers, hearsay, rumour, digital, anyOf('vay (app|tiền|nợ|online)', 'qua điện thoại')] },
  { reply: 'emergency_police', signs: unexploded, unless: [rumour, digital, anyOf('(phim|game|truyện|bảo tàng|triển lãm|mô hình|đồ chơi)')] },
  { reply: 'emergency_medical', signs: fetchedOut, unless: [papers, hearsay, rumour, digital] },
  { reply: 'emergency_rescue', signs: trapped, unless: [papers, hearsay, rumour, digital] },
  { reply: 'emergency_medical', signs: medical, unless: [papers, hearsay, rumour, digital] },
]
