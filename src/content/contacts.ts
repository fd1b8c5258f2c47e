import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { dayText, keys, readYaml, someText } from '../core/yaml.ts'
import type { TextFile } from './files.ts'

const status = z.enum(['CÒN', 'KIỂM'], 'status chỉ nhận CÒN (dùng được) hoặc KIỂM (phải kiểm lại) → chọn một trong hai')
const about = { name: someText, status: status.optional(), source: someText.optional(), checked: dayText.optional() }

const schema = keys({
  phones: z.array(keys({ number: someText.regex(/^\+?\d(?:[ .]?\d){2,12}$/, 'số máy viết sai → chỉ gồm chữ số và dấu cách, ví dụ 1800 1096'), ...about })).optional(),
  sites: z.array(keys({ host: someText, ...about })).optional(),
})

/** `contacts.yaml`: the one list of phone numbers and sites that answers may name. Numbers as bare digits. */
export function parseContacts({ file, text }: TextFile): { phones: string[]; problems: Problem[] } {
  const { value, problems } = readYaml(file, text, schema)
  return { phones: (value?.phones ?? []).map(({ number }) => number.replace(/\D/g, '')), problems }
}
