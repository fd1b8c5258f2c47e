import { accountFrom, type AccountKey } from '../core/contact.ts'
import { showDay } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { Settlement } from '../store/campaign-ports.ts'
import type { CampaignAction } from './life.ts'

/** How a settlement is written into the log: which post on which channel, never whom. */
export function settlementTold(settlement: Settlement): { action: CampaignAction; what: string } {
  if (settlement.kind === 'reach') {
    const { value, day } = settlement.reach
    return { action: 'note_reach', what: `${placeOf(settlement.id)}: ${value} người, số ngày ${showDay(day)}` }
  }
  return { action: isAgain(settlement) ? 'send_again' : 'settle', what: `${placeOf(settlement.id)}: ${words[settlement.how]}` }
}

const isAgain = ({ how }: Exclude<Settlement, { kind: 'reach' }>): boolean => how === 'send_again' || how === 'publish_again'

const words = { send_again: 'gửi lại 1 lượt', leave: 'để nguyên 1 lượt', published: 'đã thấy bài trên kênh', not_published: 'không thấy bài trên kênh', publish_again: 'đăng lại' } as const

/** `<campaign>/<post>:<contact key>#<n>` or `<campaign>/<post>@<account>`. */
function placeOf(id: string): string {
  const [, post = '', separator, rest = ''] = /^[^/]*\/([^:@]*)([:@])(.*)$/.exec(id) ?? []
  if (separator !== '@') return `bài ${post}`
  const { channel, accountId } = accountFrom(rest as AccountKey)
  return `bài ${post} trên ${channel} …${accountId.slice(-4)}`
}

/** Whether the id is of a publication; of a delivery the contact follows with a colon. */
export const isPublicationId = (id: string): boolean => /^[^:@]+@/.test(id)

/** The campaign whose delivery or publication it is. */
export const campaignOfId = (id: string): string => id.slice(0, Math.max(0, id.indexOf('/')))

const mostReach = 1_000_000_000
/** More than one post of a province reaches: perhaps a digit too many. */
const plausibleReach = 500_000

interface TypedReach {
  number: string
  /** The same once more, where the number is unlikely. */
  again?: string
  /** On which it was read on the channel's own page: `YYYY-MM-DD`, not later than `today`. */
  day: string
}

/** A reach as a person typed it. `unlikely`: it is to be typed once more. */
export function handReach({ number, again = '', day }: TypedReach, who: string, today: string): { reach: Extract<Settlement, { kind: 'reach' }>['reach'] } | { refused: string } | { unlikely: number } {
  const value = reachIn(number)
  if (value === null || value > mostReach) return { refused: 'Số người tiếp cận phải là số nguyên.' }
  if (!dayText.safeParse(day).success || day > today) return { refused: 'Ngày phải viết năm-tháng-ngày và không sau hôm nay.' }
  if (value > plausibleReach && reachIn(again) !== value) return { unlikely: value }
  return { reach: { value, source: 'by_hand', who, day } }
}

const reachIn = (text: string): number | null => (/^(\d+|\d{1,3}([. ]\d{3})+)$/.test(text.trim()) ? Number(text.replaceAll(/[.\s]/g, '')) : null)
