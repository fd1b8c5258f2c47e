import type { Fault } from '../campaign/parse.ts'
import { capital } from './campaign-words.ts'

/** Findings as whoever fills in a form reads them: the words of campaign files (`means`, `period`) stand on no page. */
const words: readonly [RegExp, string][] = [
  [/^bài “[^”]*” (?=còn ghi)/, ''],
  [/viết nội dung vào, hoặc bỏ cả khóa đi nếu không cần/, 'điền ô này'],
  [/viết năm-tháng-ngày, ví dụ 2026-11-21/, 'viết ngày/tháng/năm, ví dụ 21/11/2026'],
  [/ hoặc "\{\{province\.website\}\}"/, ''],
  [/nơi mở ra viết sai → .*/, 'nơi mở ra viết sai → gõ vài chữ rồi chọn trong danh sách'],
  [/"(?:flow|article):[^"]*" không có → .*/, 'nơi nút mở ra không có hoặc không còn → gõ vài chữ rồi chọn trong danh sách'],
  [/thêm zalo, facebook hoặc telegram dưới means/, 'chọn cách gửi ở ít nhất một kênh'],
  [/không có cách gửi này → .*/, 'không có cách gửi này → chọn lại'],
  [/thêm template: <mã mẫu> và data/, 'điền “Mã mẫu đã duyệt” và “Ô dữ liệu của mẫu”'],
  [/bỏ template$/, 'xóa ô “Mã mẫu đã duyệt”'],
  [/đợt chưa có theme → thêm theme khi cơ quan chủ quản công bố, hoặc bỏ \{\{campaign\.theme\}\} khỏi bài/, 'đợt chưa có chủ đề → điền “Chủ đề của năm” khi cơ quan chủ quản công bố, hoặc bỏ chỗ tự điền ấy khỏi bài'],
  [/đợt chưa có slogans → thêm khẩu hiệu dưới slogans, hoặc bỏ \{\{campaign\.slogan\}\} khỏi bài/, 'đợt chưa có khẩu hiệu → điền “Khẩu hiệu”, hoặc bỏ chỗ tự điền ấy khỏi bài'],
  [/hoặc sửa period/, 'hoặc sửa ngày đầu, ngày cuối của đợt'],
  [/điền địa chỉ trong province\.yaml, hoặc viết thẳng địa chỉ/, 'viết thẳng địa chỉ'],
  [/sửa from, until của tệp trong assets\.yaml, hoặc chọn tệp khác/, 'chọn tệp khác'],
  [/mã tệp viết sai → .*/, 'tệp này không dùng được → chọn lại'],
  [/bỏ at_night: skip/, 'chọn “Chờ đến sáng rồi gửi”'],
  [/\? Dùng được ở đây: .*/, '?'],
  [/→ dùng được ở đây: .*/, '→ bỏ chỗ này, hoặc viết thẳng chữ vào'],
  [/; muốn máy tự điền thông tin của tỉnh thì viết dạng \{\{province\.hotline\}\}/, ''],
  [/viết ít nhất một bài dưới posts/, 'viết ít nhất một bài'],
  [/bỏ tags; muốn/, 'bỏ thẻ trong tệp của đợt; muốn'],
  [/ \(sample: true\)/, ''],
  [/tệp platform-rules\.yaml thiếu hoặc sai nên chưa tính được; .*/, 'chưa đọc được quy định của các nền tảng nên chưa tính được; nhờ người quản trị xem'],
  [/(?:press \(hoặc sites\)|sites) của contacts\.yaml/g, 'danh bạ'],
  [/contacts\.yaml/g, 'danh bạ'],
  [/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g, '$3/$2/$1'],
]

/** A sentence: `what → what to do`. */
export const inForm = (sentence: string): string => words.reduce((text, [written, said]) => text.replace(written, said), sentence)

export const tellFault = ({ what, todo }: Pick<Fault, 'what' | 'todo'>): string => capital(inForm(`${what} → ${todo}`))

/** By field, its faults; those of no field under an empty name. */
export function besideFields(faults: readonly Fault[], fieldOf: (path: Fault['path']) => string): Record<string, string> {
  return Object.fromEntries([...Map.groupBy(faults, ({ path }) => fieldOf(path))].map(([field, of]) => [field, [...new Set(of.map(tellFault))].join('. ')]))
}
