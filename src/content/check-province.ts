import { fileStart, type Problem } from '../core/problem.ts'
import { daysBetween, showDay } from '../core/time.ts'
import { findFile, ownFiles, type FileSource } from './files.ts'
import { isSample } from './province.ts'
import type { Parts } from './read.ts'

/** Whether the province has told of itself: its own files, filled in. `day`: today. */
export const checkProvince = (files: FileSource, parts: Parts, day: string): Problem[] =>
  [...sampleProvince(files, parts), ...blanks(files, parts), ...daysOff(files, parts, day), ...lentLists(files)]

function sampleProvince(files: FileSource, parts: Parts): Problem[] {
  const found = findFile(files, 'province.yaml')
  if (found === null || found.lent) return []
  if (!parts.province.sample) return leftOvers(found.file, parts)
  return [{ file: found.file, ...parts.province.locate(['sample']), severity: 'warning', what: 'thông tin của tỉnh còn là bản mẫu', todo: 'điền tên, đường dây nóng, giờ trực của tỉnh vào province.yaml rồi bỏ dòng sample: true' }]
}

/** One flag does not make a sample a province: what was left in it would be told to citizens as true. */
function leftOvers(file: string, { province: { province, locate } }: Parts): Problem[] {
  return Object.entries(province.values).filter(([, value]) => isSample(value)).map(([key, value]): Problem => ({
    file, ...locate(['values', key]), severity: 'error', what: `"${key}" còn là giá trị mẫu: ${value}`, todo: 'điền giá trị thật của tỉnh, hoặc để sample: true cho đến khi điền xong',
  }))
}

/** What is named in a text and says nothing there: "Gọi ." Values that no text names may stay empty. */
function blanks(files: FileSource, { province: { province, locate } }: Parts): Problem[] {
  const found = findFile(files, 'province.yaml')
  if (found === null || found.lent) return []
  const written = [...files.flows, ...files.content, ...files.defaults].map(({ text }) => text).join('\n')
  return Object.entries(province.values).filter(([key, value]) => !/[\p{L}\p{N}]/u.test(value) && new RegExp(`\\{\\{\\s*province\\.${key}\\s*\\}\\}`).test(written)).map(([key]): Problem => ({
    file: found.file, ...locate(['values', key]), severity: 'error', what: `"${key}" đang trống mà có câu dùng tới: bà con thấy chỗ trống giữa câu`, todo: 'điền giá trị; chưa có thì viết một câu nói rõ là chưa có',
  }))
}

/** Where no day off is named, citizens are promised an officer on it: Tết above all, whose days are announced each autumn. */
function daysOff(files: FileSource, { province: { province: { hours: { holidays } }, sample, locate } }: Parts, day: string): Problem[] {
  const found = findFile(files, 'province.yaml')
  if (found === null || found.lent || sample) return []
  const complain = (what: string): Problem[] => [{
    file: found.file, ...locate(['hours', 'holidays']), severity: 'warning', what: `${what}: ngày đó trợ lý vẫn hẹn bà con có cán bộ trả lời`,
    todo: 'ghi vào hours.holidays các ngày nghỉ Tết, nghỉ lễ theo thông báo hằng năm, ví dụ: holidays: [2027-02-05, 2027-02-08]',
  }]
  if (!holidays.some((off) => off >= day && daysBetween(day, off) < 365)) return complain('hours.holidays chưa có ngày nghỉ nào trong 12 tháng tới')
  const tet = nextTet(day)
  return daysBetween(day, tet.from) > announcedAhead || holidays.some((off) => off >= tet.from && off <= tet.to) ? [] : complain(`hours.holidays chưa có ngày nghỉ Tết (từ ${showDay(tet.from)} đến ${showDay(tet.to)} chưa ghi ngày nào)`)
}

/** Of days. */
const announcedAhead = 100

/** Between which days the next Tết falls, or this one while it lasts: new year is from 21 January to 20 February. */
function nextTet(day: string): { from: string; to: string } {
  const year = Number(day.slice(0, 4)) + (day.slice(5) > '02-25' ? 1 : 0)
  return { from: `${year}-01-15`, to: `${year}-02-25` }
}

/** A folder without them works, with what the project lends; what that costs has to be known. */
function lentLists(files: FileSource): Problem[] {
  const lost: Readonly<Record<string, { what: string; todo: string }>> = {
    'province.yaml': { what: 'chưa có tệp province.yaml riêng: bà con thấy tên, số máy, giờ trực mẫu của dự án', todo: 'chép province.yaml từ thư mục content của dự án rồi điền theo tỉnh' },
    'contacts.yaml': { what: 'chưa có tệp contacts.yaml riêng: chỉ so với danh bạ của dự án, trang riêng của tỉnh không được kiểm (trang lạ chỉ là lưu ý)', todo: 'chép contacts.yaml từ thư mục content của dự án rồi thêm số máy, trang của tỉnh' },
  }
  return ownFiles.filter((name) => findFile(files, name)?.lent === true).map((name) => ({ file: name, ...fileStart, severity: 'warning', ...lost[name]! }))
}
