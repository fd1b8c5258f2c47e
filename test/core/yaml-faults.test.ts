import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { keys, oneLine, readYaml } from '../../src/core/yaml.ts'

const item = keys({ title: oneLine, date: oneLine.optional() })
const schema = keys({ id: oneLine.optional(), title: oneLine.optional(), questions: z.array(oneLine).optional(), sources: z.array(item).optional(), related: z.array(oneLine).optional() })
const faults = (text: string): string[] => readYaml('x.yaml', text, schema).problems.map(({ line, column, what }) => `${line}:${column} ${what}`)

/** Each slip with the line and column where it is mended, and how the message begins. */
describe('slips in YAML', () => {
  it.each<[string, string[]]>([
    ['questions:\n  - một\n - hai\n', ['3:1 dòng này thụt vào không thẳng']],
    ['questions:\n  - một\n    - hai\n', ['3:5 dòng này thụt vào sâu quá nên bị nối vào dòng trên']],
    ['questions:\n  - một\n  -hai\n', ['3:1 thiếu dấu cách sau dấu gạch']],
    ['questions:\n  -một\n  - hai\n', ['2:3 thiếu dấu cách sau dấu gạch']],
    ['questions:\n  - Cho hỏi: ở đâu?\n', ['2:5 câu có dấu hai chấm']],
    ['questions:\n  - "Một cửa" ở đâu?\n', ['2:15 dấu nháy khép lại giữa câu']],
    ['questions:\n  - *101 là gì?\n', ['2:10 dấu * hoặc &']],
    ['questions:\n  - [Hỏi] ở đâu?\n', ['2:11 câu bắt đầu bằng ngoặc']],
    ['questions:\n  - #khai-sinh là gì?\n', ['2:5 chữ đứng sau dấu #']],
    ['questions:\n  - Nhắn #khai-sinh là gì?\n', ['2:10 chữ đứng sau dấu #']],
    ['questions:\n  - một # ghi chú\n  - hai\n', []],
    ['id: a\ntitle:Một\n', ['2:1 thiếu dấu cách sau dấu hai chấm']],
    ['id: a\ntitle Một\n', ['2:1 thiếu dấu hai chấm sau khóa']],
    ['id: a\ntitle： Một\n', ['2:1 dấu hai chấm “：” là kiểu chữ rộng']],
    ['id: a\n  title: Một\n', ['2:3 dòng này thụt vào không thẳng']],
    ['title: "C:\\duong dan"\n', ['1:11 dấu \\ giữa hai dấu nháy kép']],
    ['sources:\n  - { title: Một, date: 2026\n  - { title: Hai }\n', ['2:3 ngoặc mở ở dòng này chưa đóng']],
    ['related: [a, b\nid: c\n', ['1:1 ngoặc mở ở dòng này chưa đóng']],
    ['sources:\n  - { title: Một date: 2026 }\n', ['2:14 giữa hai ngoặc { } có một dấu hai chấm thừa']],
    ['sources:\n  - { title:Một }\n', ['2:7 thiếu dấu cách sau dấu hai chấm']],
  ])('%j', (text, found) => expect(faults(text).map((fault, index) => fault.slice(0, found[index]?.length))).toEqual(found))

  it('a key in other words is told beside the one that is missing', () => {
    expect(faults('sources:\n  - { tên: Một }\n')).toEqual([expect.stringMatching(/^2:\d+ thiếu khóa "title"/), expect.stringMatching(/^2:\d+ không có khóa "tên"/)])
    expect(faults('sources:\n  - { titel: Một }\n')).toEqual([expect.stringMatching(/^2:\d+ không có khóa "titel"/)])
  })
})
