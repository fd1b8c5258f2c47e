import { checkLetters, withoutUnseen } from '../content/check-letters.ts'
import { checkTexts, linkProblems } from '../content/check-links.ts'
import { checkWording } from '../content/check-wording.ts'
import { unhedged } from '../content/hedges.ts'
import type { Known } from '../content/known-contacts.ts'
import { leftOvers } from '../content/left-overs.ts'
import { abolishedIn } from '../content/old-words.ts'
import type { ShownText } from '../content/shown-text.ts'
import type { Problem } from '../core/problem.ts'
import type { Locate, Path } from '../core/yaml.ts'
import { askedSecrets } from './asks-secrets.ts'

export interface WordsGiven { file: string; locate: Locate; contacts: Known | null }

/** What `content check` says of articles, said of texts that belong together: letters, old names, places nobody filled in, numbers, pages, length; and what no office asks for. */
export function checkWords(texts: readonly [Path, string][], { file, locate, contacts }: WordsGiven): Problem[] {
  const shown = texts.map(([path, text]): ShownText & { path: Path; written: string } =>
    ({ file, path, written: text, text: withoutUnseen(text), locate: (piece) => locate(path, piece) }))
  return [
    ...shown.flatMap(({ path, written }) => checkLetters([{ file, name: '', text: written }]).map((problem) => ({ ...problem, ...locate(path) }))),
    ...shown.flatMap(({ text, locate: at }) => text.normalize('NFC').replaceAll('\u00a0', ' ').split('\n').flatMap(abolishedIn).map(({ name, todo }): Problem =>
      ({ file, ...at(name), severity: 'error', what: `tên gọi cũ "${name}"`, todo }))),
    ...leftOvers(shown),
    ...checkWording(shown, new Map()),
    ...(contacts === null ? [] : checkTexts(shown, contacts)),
    ...shown.flatMap(({ text, locate: at }) => askedSecrets(text).map((piece): Problem => ({
      file, ...at(piece), severity: 'error', what: `“${piece}”: bài đòi bà con đưa mã OTP, mật khẩu hoặc số giấy tờ`, todo: 'bỏ câu này: cơ quan nhà nước không bao giờ hỏi những thứ đó qua tin nhắn',
    }))),
  ]
}

/** The same of a link, with its title. `url`: as it is opened. */
export function checkLink(path: Path, { title, url }: { title: string; url: string }, { file, locate, contacts }: WordsGiven): Problem[] {
  if (contacts === null) return []
  return [
    ...linkProblems(url, contacts, 'button').map((fault): Problem => ({ file, ...locate([...path, 'url']), ...fault })),
    ...unhedged(`${title}: ${url}`, contacts).map((raw): Problem => ({
      file, ...locate([...path, 'title']), severity: 'error', what: `liên kết dẫn tới "${raw}", trang được đánh dấu KIỂM trong contacts.yaml, mà tên nói như chắc chắn`, todo: 'thêm “(kiểm tra lại khi mở)” vào tên liên kết, hoặc kiểm trang này rồi đổi thành CÒN',
    })),
  ]
}
