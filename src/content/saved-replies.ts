import * as z from 'zod'
import { fill } from '../core/fill.ts'
import type { Problem } from '../core/problem.ts'
import { keys, readYaml, someText } from '../core/yaml.ts'
import type { TextFile } from './files.ts'
import { knownNames, placeholderProblems } from './placeholders.ts'

export const savedRepliesSchema = keys({
  replies: z.array(keys({
    id: z.string().regex(/^[a-z0-9-]{1,48}$/, 'mã viết sai → chỉ gồm chữ thường không dấu, số và dấu gạch ngang').describe('Mã của mẫu, không đổi.'),
    title: someText.describe('Tên mẫu mà người trực thấy trong danh sách.'),
    text: someText.describe('Lời gửi cho người dân. Dùng được {{province.KHÓA}}.'),
  })),
}).describe('Câu trả lời mẫu: người trực chọn, sửa rồi gửi.')

/** A sentence that officers send often, with the province's values filled in. */
export interface SavedReply { id: string; title: string; text: string }

/** `saved-replies.yaml`: what the person on duty may start from. Ids are unique. */
export function parseSavedReplies({ file, text }: TextFile, province: Readonly<Record<string, string>>): { savedReplies: SavedReply[]; problems: Problem[] } {
  const { value, problems, locate } = readYaml(file, text, savedRepliesSchema)
  if (value === null) return { savedReplies: [], problems }
  const wrong = value.replies.flatMap(({ text: said, id }, index) => [
    ...placeholderProblems(file, locate, ['replies', index, 'text'], said, knownNames(province, [])),
    ...(value.replies.findIndex((other) => other.id === id) === index ? [] : [doubled(file, locate(['replies', index, 'id']), id)]),
  ])
  const filled = (said: string): string => fill(said, (name) => province[name.slice('province.'.length)] ?? null).trim()
  return { savedReplies: value.replies.map(({ id, title, text: said }) => ({ id, title, text: filled(said) })), problems: [...problems, ...wrong] }
}

const doubled = (file: string, at: { line: number; column: number }, id: string): Problem =>
  ({ file, ...at, severity: 'error', what: `mã "${id}" đã có ở mẫu khác`, todo: 'đổi mã của một trong hai mẫu' })
