import { tellTerm, type Millis } from '../core/time.ts'
import type { FileSource } from './files.ts'

/** The settings that say how long something is kept, as far as citizens are told. */
export interface Terms { eventText: Millis; replyText: Millis; idleContact: Millis; dedupeKey: Millis; unanswered: Millis }

/** A sentence that promises another term than the setting keeps. */
export interface WrongTerm { file: string; line: number; setting: string; told: string; kept: string }

/** How the lines begin in which the notice and the assistant's article tell each term. */
const toldAs: readonly { about: RegExp; term: keyof Terms; setting: string }[] = [
  { about: /nguyên văn tin/iu, term: 'eventText', setting: 'RETAIN_EVENT_TEXT' },
  { about: /câu trả lời đã gửi/iu, term: 'replyText', setting: 'RETAIN_REPLY_TEXT' },
  { about: /cuộc trò chuyện (?:đang dở|không còn nhắn)/iu, term: 'idleContact', setting: 'RETAIN_IDLE_CONTACT' },
  { about: /mã kỹ thuật/iu, term: 'dedupeKey', setting: 'RETAIN_DEDUPE_KEY' },
  { about: /câu hỏi chưa trả lời/iu, term: 'unanswered', setting: 'RETAIN_UNANSWERED' },
]

const toldIn = /(?:^|\/)(?:privacy|bot-about-privacy)\.md$/

/** Where texts and settings part ways: a line that tells a term in days or hours which is not the setting's. */
export function wrongTerms({ content }: FileSource, terms: Terms): WrongTerm[] {
  return content.filter(({ name }) => toldIn.test(name)).flatMap(({ file, text }) => text.split('\n').flatMap((line, index): WrongTerm[] => {
    const found = toldAs.find(({ about }) => about.test(line))
    const told = /\d+ (?:ngày|giờ)/u.exec(line)?.[0]
    if (found === undefined || told === undefined) return []
    const kept = tellTerm(terms[found.term])
    return told === kept ? [] : [{ file, line: index + 1, setting: found.setting, told, kept }]
  }))
}
