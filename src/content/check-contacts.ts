import type { Problem } from '../core/problem.ts'
import { readYaml } from '../core/yaml.ts'
import { contactsSchema, digitsOf } from './contacts.ts'
import { findFile, readable, type FileSource } from './files.ts'

/** What is not good about the list of contacts that can be used: nobody says when a number was last tried, or it stands there twice. */
export function checkContacts(files: FileSource, day: string): Problem[] {
  const found = findFile(files, 'contacts.yaml')
  if (found === null || found.lent) return []
  const { file, text } = readable(found)
  const { value, locate } = readYaml(file, text, contactsSchema)
  const [phones, sites] = [value?.phones ?? [], value?.sites ?? []]
  const undated = phones.flatMap(({ number, checked }, index): Problem[] => {
    if (checked === undefined) return [{ file, ...locate(['phones', index, 'number']), severity: 'error', what: `số ${number} chưa ghi ngày kiểm`, todo: 'gọi thử hoặc mở trang chính thức xem số còn đúng không, rồi ghi checked: năm-tháng-ngày' }]
    return checked > day ? [{ file, ...locate(['phones', index, 'checked']), severity: 'error', what: `ngày kiểm ${checked} của số ${number} chưa tới`, todo: 'ghi ngày thật sự đã kiểm' }] : []
  })
  return [
    ...undated,
    ...doubles(phones.map(digitsOf)).map(([index, before]): Problem => ({ file, ...locate(['phones', index, 'number']), severity: 'error', what: `số ${phones[index]!.number} đã có ở trên (${phones[before]!.name})`, todo: 'giữ một dòng: mỗi số chỉ ghi một lần, để khi đổi chỉ phải sửa một chỗ' })),
    ...doubles(sites.map(({ host }) => host)).map(([index, before]): Problem => ({ file, ...locate(['sites', index, 'host']), severity: 'error', what: `trang ${sites[index]!.host} đã có ở trên (${sites[before]!.name})`, todo: 'giữ một dòng, bỏ dòng kia' })),
  ]
}

/** Places that hold what stood before, each with where. */
const doubles = (all: readonly string[]): [at: number, before: number][] =>
  all.flatMap((one, index): [number, number][] => (all.indexOf(one) < index ? [[index, all.indexOf(one)]] : []))
