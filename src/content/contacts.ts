import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { dayText, keys, readYaml, someText } from '../core/yaml.ts'
import type { TextFile } from './files.ts'

const status = z.enum(['CÒN', 'KIỂM'], 'status chỉ nhận CÒN (dùng được) hoặc KIỂM (phải kiểm lại) → chọn một trong hai')
  .describe('CÒN: dùng được. KIỂM: phải mở trang chính thức kiểm lại, câu trả lời phải nói rõ “theo thông tin hiện có”.')
const about = {
  name: someText.describe('Của ai, dùng khi nào.'),
  status: status.optional(),
  source: someText.optional().describe('Biết từ đâu.'),
  checked: dayText.optional().describe('Ngày kiểm lần cuối: năm-tháng-ngày. Số máy phải có.'),
}
const host = someText
  .transform((text) => text.toLowerCase().replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
  .describe('Tên miền, không có https://. Trang con của nó cũng được dùng.')

export const contactsSchema = keys({
  phones: z.array(keys({
    number: someText.regex(/^\+?\d(?:[ .]?\d){2,12}$/, 'số máy viết sai → chỉ gồm chữ số và dấu cách, ví dụ 1800 1096').describe('Số máy, đặt trong dấu nháy: "1800 1096".'),
    ...about,
  })).optional().describe('Mọi số máy được nhắc trong câu trả lời.'),
  sites: z.array(keys({ host, ...about })).optional().describe('Mọi trang được nhắc trong câu trả lời và trên nút.'),
  press: z.array(host).optional().describe('Báo chí và trang khác: chỉ được dùng làm nguồn.'),
}).describe('Danh bạ duy nhất: mọi số máy và trang dùng trong câu trả lời phải có ở đây.')

/** The one list of phone numbers and sites that answers may name. */
export interface Contacts {
  /** As bare digits. */
  phones: ReadonlySet<string>
  /** Hosts; what is below them may be named too. */
  sites: readonly string[]
  /** Those of both that are marked KIỂM: a text that names them has to say that they may have changed. */
  unsure: { phones: ReadonlySet<string>; sites: readonly string[] }
  /** Hosts that may be named as sources and nowhere else. */
  press: readonly string[]
}

/** `contacts.yaml`. Null when it cannot be used. */
export function parseContacts({ file, text }: TextFile): { contacts: Contacts | null; problems: Problem[] } {
  const { value, problems } = readYaml(file, text, contactsSchema)
  if (value === null) return { contacts: null, problems }
  const [phones, sites] = [value.phones ?? [], value.sites ?? []]
  return {
    contacts: {
      phones: new Set(phones.map(digitsOf)),
      sites: sites.map((site) => site.host),
      unsure: { phones: new Set(phones.filter(isUnsure).map(digitsOf)), sites: sites.filter(isUnsure).map((site) => site.host) },
      press: value.press ?? [],
    },
    problems,
  }
}

/** A number as it is compared: its digits alone, with the leading zero of this country. */
export const digitsOf = ({ number }: { number: string }): string => number.replace(/\D/g, '').replace(/^84(?=\d{9,10}$)/, '0')

const isUnsure = ({ status: told }: { status?: 'CÒN' | 'KIỂM' | undefined }): boolean => told === 'KIỂM'
