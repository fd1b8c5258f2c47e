import * as z from 'zod'
import { keys, oneLine, someText } from '../core/yaml.ts'
import { longestPattern, whyNotCompiled } from './pattern.ts'

/** A flow file as it is written, before its targets are looked up. */

const flowId = z.string().trim().regex(/^[a-z0-9-]{1,24}$/, 'mã kịch bản viết sai → dùng 1–24 chữ thường không dấu, số, dấu gạch ngang')
const stepId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,23}$/, 'mã bước viết sai → dùng 1–24 chữ thường không dấu, số, gạch ngang, gạch dưới; bắt đầu bằng chữ hoặc số')
const target = z.string().trim().regex(/^[a-z0-9-]{1,24}\/[a-z0-9_-]{1,24}$|^[a-z0-9_-]{1,24}$/, 'nơi đến viết sai → ghi mã bước cùng tệp, mã kịch bản khác, hoặc kịch-bản/bước')
const saveName = z.string().trim().regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/, 'tên để nhớ viết sai → dùng 1–32 chữ không dấu, số, gạch dưới; bắt đầu bằng chữ')
const words = someText.refine((text) => /[\p{L}\p{N}]/u.test(text), 'cụm từ không có chữ hay số nào → viết đúng lời người dân hay nhắn')

const pattern = someText
  .refine((text) => [...text].length <= longestPattern, `mẫu dài quá ${longestPattern} ký tự → rút ngắn, hoặc tách làm nhiều mẫu`)
  .superRefine((text, context) => {
    const reason = whyNotCompiled(text)
    if (reason !== null) context.addIssue({ code: 'custom', message: `mẫu không đọc được (${reason}) → nhờ người quản trị sửa mẫu; hoặc bỏ pattern, ghi thẳng các lời bà con hay nhắn vào match, triggers` })
  })

const wordList = z.union([words.transform((one) => [one]), z.array(words)], { error: 'phải là một cụm từ hoặc danh sách cụm từ → viết [cụm một, cụm hai]' })

const triggers = z.array(
  z.union([words.transform((one) => ({ words: one })), keys({ pattern })], { error: (issue) => issue.code === 'invalid_union' ? firstReason(issue) : undefined }),
)

const choice = keys({
  title: oneLine.optional().describe('Chữ trên nút, nên dưới 20 ký tự. Không ghi thì lựa chọn không hiện, chỉ nghe match và pattern.'),
  article: someText.optional().describe('Trả lời bằng mục hỏi–đáp có mã này.'),
  goto: target.optional().describe('Sang bước cùng tệp, sang kịch bản khác, hoặc kịch-bản/bước.'),
  handover: z.literal('true', 'handover chỉ nhận true → viết handover: true, hoặc bỏ khóa này').optional().describe('Chuyển cán bộ.'),
  match: wordList.optional().describe('Những lời khác cũng có nghĩa là chọn mục này; phải bằng cả tin nhắn.'),
  pattern: pattern.optional().describe('Mẫu RE2 cho số, mã, ngày; tối đa 200 ký tự, phân biệt dấu.'),
  save: saveName.optional().describe('Nhớ lựa chọn dưới tên này, chỉ trong cuộc trò chuyện.'),
  remember: z.enum(['commune', 'role', 'language'], 'remember chỉ nhớ được commune (xã), role (vai trò), language (ngôn ngữ) → chọn một trong ba').optional().describe('Nhớ lâu dài, sau khi hỏi bà con có đồng ý không: xã, vai trò, ngôn ngữ.'),
}).superRefine((written, context) => {
  const leadsTo = [written.article, written.goto, written.handover].filter((one) => one !== undefined).length
  if (leadsTo === 0) context.addIssue('lựa chọn này không dẫn tới đâu → thêm goto, article hoặc handover: true')
  if (leadsTo > 1) context.addIssue('lựa chọn này dẫn tới hai nơi → chỉ giữ một trong goto, article, handover')
  if (written.title === undefined && written.match === undefined && written.pattern === undefined) {
    context.addIssue('lựa chọn không có title cũng không có match hay pattern nên không ai chọn được → thêm title')
  }
})

const otherwise = z.union([
  target.transform((goto) => ({ goto, save: undefined })),
  keys({ goto: target, save: saveName.optional() }),
], { error: (issue) => issue.code === 'invalid_union' ? firstReason(issue) : undefined })

const step = keys({
  ask: someText.optional().describe('Câu trợ lý nói rồi chờ trả lời. Dùng được {{text}}, {{saved.TÊN}}, {{province.KHÓA}}, {{today}}, {{calendar.ĐỢT}}.'),
  say: someText.optional().describe('Như ask, cho bước chỉ nói rồi đi tiếp.'),
  choices: z.array(choice).max(99, 'quá nhiều lựa chọn trong một bước (tối đa 99) → chia thành nhiều bước').optional().describe('Các lựa chọn, theo thứ tự; nên không quá 7.'),
  otherwise: otherwise.optional().describe('Bà con nhắn chuyện khác thì: answer (tìm câu trả lời), một bước, hoặc { goto, save }.'),
  goto: target.optional().describe('Nói xong đi tiếp ngay, không chờ.'),
  facts: wordList.optional().describe('Mã mục hỏi–đáp mà bước này lấy thông tin; mục quá hạn rà soát thì bước không nói nữa.'),
}).superRefine((written, context) => {
  if (written.ask === undefined && written.say === undefined) context.addIssue('bước này không nói gì → thêm ask: "câu muốn nói"')
  if (written.ask !== undefined && written.say !== undefined) context.addIssue('bước này có cả ask lẫn say → chỉ giữ một khóa')
  if (written.goto !== undefined && ((written.choices?.length ?? 0) > 0 || written.otherwise !== undefined)) {
    context.addIssue('bước có goto thì đi tiếp ngay, choices và otherwise không bao giờ tới lượt → bỏ goto, hoặc bỏ choices và otherwise')
  }
})

export const flowSchema = keys({
  id: flowId.describe('Mã kịch bản: 1–24 chữ thường không dấu, số, gạch ngang; không trùng tệp khác.'),
  title: oneLine.describe('Tên cho người đọc.'),
  triggers: z.preprocess((value) => (typeof value === 'string' ? [value] : value), triggers).optional().describe('Lời nhắn mở kịch bản này từ bất cứ đâu; phải bằng cả tin nhắn.'),
  start: stepId.optional().describe('Bước đầu tiên; không ghi thì là bước viết trên cùng.'),
  urgent: z.literal('true', 'urgent chỉ nhận true → viết urgent: true, hoặc bỏ khóa này').optional().describe('Việc gấp: vài chữ không khớp lựa chọn nào thì hỏi lại đúng bước đang đứng, không đi tìm mục khác.'),
  steps: z.record(stepId, step)
    .refine((steps) => Object.keys(steps).length > 0, 'kịch bản chưa có bước nào → viết ít nhất một bước dưới steps')
    .describe('Các bước, mỗi bước một mã.'),
}).describe('Kịch bản hội thoại: trợ lý nói gì, bà con chọn gì, đi tiếp tới đâu.')

export type WrittenFlow = z.infer<typeof flowSchema>
export type WrittenStep = WrittenFlow['steps'][string]
export type WrittenChoice = NonNullable<WrittenStep['choices']>[number]

/** Of what each form of a union complains, the complaint most to the point: the one found deepest, else ours rather than a type's. */
function firstReason(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const all = issue.errors.flat()
  return (all.find(({ path }) => path.length > 0) ?? all.find(({ code }) => code !== 'invalid_type') ?? all[0])?.message ?? 'giá trị viết sai → viết lại như trong một tệp kịch bản khác'
}
