import { fileStart, type Problem } from '../core/problem.ts'
import { findFile, ownFiles, type FileSource } from './files.ts'
import { isSample } from './province.ts'
import type { Parts } from './read.ts'

/** Whether the province has told of itself: its own files, filled in. */
export const checkProvince = (files: FileSource, parts: Parts): Problem[] => [...sampleProvince(files, parts), ...blanks(files, parts), ...lentLists(files)]

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

/** A folder without them works, with what the project lends; what that costs has to be known. */
function lentLists(files: FileSource): Problem[] {
  const lost: Readonly<Record<string, { what: string; todo: string }>> = {
    'province.yaml': { what: 'chưa có tệp province.yaml riêng: bà con thấy tên, số máy, giờ trực mẫu của dự án', todo: 'chép province.yaml từ thư mục content của dự án rồi điền theo tỉnh' },
    'contacts.yaml': { what: 'chưa có tệp contacts.yaml riêng: chỉ so với danh bạ của dự án, trang riêng của tỉnh không được kiểm (trang lạ chỉ là lưu ý)', todo: 'chép contacts.yaml từ thư mục content của dự án rồi thêm số máy, trang của tỉnh' },
  }
  return ownFiles.filter((name) => findFile(files, name)?.lent === true).map((name) => ({ file: name, ...fileStart, severity: 'warning', ...lost[name]! }))
}
