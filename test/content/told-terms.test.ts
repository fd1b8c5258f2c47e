import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { FileSource } from '../../src/content.ts'
import { wrongTerms } from '../../src/content/told-terms.ts'
import { DAY, HOUR } from '../../src/core/time.ts'
import { readContentFolders } from '../../src/node/files.ts'

const terms = { eventText: 7 * DAY, replyText: 30 * DAY, idleContact: 90 * DAY, dedupeKey: 30 * DAY, unanswered: 90 * DAY }
let files: FileSource
beforeAll(async () => {
  const folder = (name: string) => join(import.meta.dirname, '../..', name)
  files = await readContentFolders({ flowsDir: folder('flows'), contentDir: folder('content'), defaultsDir: folder('content') })
})

it('finds nothing where the texts tell what the defaults keep', () => {
  expect(wrongTerms(files, terms)).toEqual([])
})

it.each([
  ['eventText', 3 * DAY, 'RETAIN_EVENT_TEXT', '7 ngày', '3 ngày'], ['replyText', 36 * HOUR, 'RETAIN_REPLY_TEXT', '30 ngày', '36 giờ'], ['idleContact', 180 * DAY, 'RETAIN_IDLE_CONTACT', '90 ngày', '180 ngày'],
  ['dedupeKey', 2 * DAY, 'RETAIN_DEDUPE_KEY', '30 ngày', '2 ngày'], ['unanswered', 30 * DAY, 'RETAIN_UNANSWERED', '90 ngày', '30 ngày'],
] as const)('finds %s told otherwise in the notice and in the assistant’s article', (term, kept, setting, told, keptTold) => {
  expect(wrongTerms(files, { ...terms, [term]: kept }).map(({ file, line: _, ...rest }) => ({ ...rest, name: file.split('/').at(-1) })).sort((a, b) => a.name!.localeCompare(b.name!))).toEqual([
    { setting, told, kept: keptTold, name: 'bot-about-privacy.md' }, { setting, told, kept: keptTold, name: 'privacy.md' },
  ])
})

it('leaves a text alone that tells no number', () => {
  const content = [{ name: 'privacy.md', file: 'content/privacy.md', text: 'Nguyên văn tin bà con nhắn: không giữ lâu.' }]
  expect(wrongTerms({ flows: [], content, defaults: [] }, terms)).toEqual([])
})
