import { phraseReader } from './chat-spellings.ts'
import { clean } from '../core/text.ts'

/** How the regions speak to us and end a sentence, with and without marks: only in talk, elsewhere many of these are other words. */
const said = phraseReader(`
  mày = mi | mầy | mừi
  bạn = bậu | bau | đằng ấy | dang ay
  chúng mày = tụi bây | bọn bây | bọn mi | tụi mi | chúng bây
  tôi = tau | tao | choa | tui
  từ giờ = từ chừ | tu chu
  làm sao = man rang | lam rang | làm reng
  là gì = la chi | là chi
  tên gì = ten chi
  nói gì = noi chi | nói chi
  không hiểu = no hieu | nỏ hiểu | hổng hiểu | hong hieu
  gì = cái chi | cai chi | cấy chi
  ở đâu = o mo
  bao giờ = khi mo
  hôm nay = bữa ni | bua ni | bữa nay | bua nay
  chiều nay = chiều ni | chieu ni
  giả vờ = giả đò | gia do | giả bộ | gia bo | làm bộ
  chào bạn = chào bậu | chao bau
  vậy = rứa | rua | dzậy | dzay | zậy | zay`)
/** At the end they only soften. */
const softeners = /(?: (?:nghen|hen|hỉ|hè|hi|he|nghe|nha|nhe|nhé|hí|đi nghe|di nghe))+$/u

/** A message in common words, for the patterns of small talk: "mi là ai rứa hè" as "mày là ai vậy". */
export function plainTalk(message: string): string {
  const words = clean(message).toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const plain = said(words).join(' ')
  return words.length > TALK ? message : plain.replace(softeners, '')
}
/** Longer messages tell something. */
const TALK = 20
