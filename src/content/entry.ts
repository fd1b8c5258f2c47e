import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { keys, readYaml, someText, type Locate } from '../core/yaml.ts'
import type { TextFile } from './files.ts'
import { knownNames, placeholderProblems } from './placeholders.ts'
import type { Entry } from './types.ts'

/** What `command:<name>` may name. */
const commandNames = ['menu', 'human', 'stop', 'start', 'data', 'erase'] as const

const opens = someText.regex(
  new RegExp(`^(flow:[a-z0-9-]+|article:[a-z0-9-]+|command:(${commandNames.join('|')})|https://\\S+)$`),
  `nơi mở ra viết sai → viết flow:<mã>, article:<mã>, command:<${commandNames.join(' | ')}> hoặc https://…`,
)
const item = keys({ title: someText.describe('Chữ hiện ra.'), opens: opens.describe('flow:<mã>, article:<mã>, command:<menu|human|stop|start|data|erase> hoặc https://…') })

export const entrySchema = keys({
  greeting: someText.describe('Lời chào lần đầu, tối đa 600 ký tự; phải nói rõ đây là máy. Dùng được {{province.KHÓA}}, {{privacy_url}}.'),
  persistent_menu: z.array(item).optional().describe('Menu luôn hiện của Facebook, mỗi dòng tối đa 30 ký tự; Zalo nhập tay đúng các dòng này.'),
  ice_breakers: z.array(item).optional().describe('Câu gợi ý của Facebook khi mới mở khung chat: tối đa 4 câu, mỗi câu 80 ký tự.'),
  commands: z.array(keys({ command: someText.regex(/^[a-z0-9_]{1,32}$/, 'tên lệnh viết sai → dùng chữ thường không dấu, số, gạch dưới, không có dấu /'), description: someText, opens })).optional().describe('Lệnh trong nút menu của Telegram.'),
  refs: z.record(z.string().regex(/^[\w-]{1,64}$/, 'mã QR viết sai → dùng 1–64 chữ không dấu, số, gạch ngang, gạch dưới'), opens).optional().describe('Mã QR và đường dẫn: mã trên tờ rơi dẫn đến đâu.'),
}).describe('Cách bà con bước vào: lời chào, menu, câu gợi ý, mã QR.')

export interface EntryFile { entry: Entry; file: string; locate: Locate }

/** `entry.yaml`: the greeting, menus, and where QR codes lead. */
export function parseEntry({ file, text }: TextFile, province: Readonly<Record<string, string>>): { read: EntryFile | null; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, entrySchema)
  if (value === null) return { read: null, problems }
  const entry: Entry = {
    greeting: value.greeting,
    persistentMenu: value.persistent_menu ?? [],
    iceBreakers: value.ice_breakers ?? [],
    commands: value.commands ?? [],
    refs: value.refs ?? {},
  }
  const wrong = placeholderProblems(file, locate, ['greeting'], entry.greeting, knownNames(province, ['privacy_url']))
  return { read: wrong.length > 0 ? null : { entry, file, locate }, problems: wrong }
}
