import { expect, it } from 'vitest'
import { withoutParticulars } from '../../src/answer/particulars.ts'

it.each([
  ['tôi tên Nguyễn Văn Tám, số 0912345678, cccd 040085001234, hỏi đổi bằng lái', 'hỏi đổi bằng lái'],
  ['Họ tên: Trần Thị Bé. SĐT 0905 123 456. Làm lại căn cước bị mất', 'Làm lại căn cước bị mất'],
  ['link http://dichvu-gov.example/a?b=1 có độc không', 'đường link có độc không'], ['link http://dichvucong-gov.xyz/a?b=1 có độc không', 'link trang dịch vụ công giả mạo có độc không'],
  ['vào https://dichvucong.gov.vn bấm đăng nhập bị lỗi', 'vào dichvucong gov vn bấm đăng nhập bị lỗi'], ['https://dichvucong.gov.vn/p/home/dvc-trang-chu.html lỗi hoài', 'dichvucong gov vn lỗi hoài'], ['mở www.vneid.gov.vn không lên', 'mở vneid gov vn không lên'],
  ['https://dichvucong.gov.vn.abc.top là gì', 'trang dịch vụ công giả mạo là gì'], ['https://gov.vn@abc.top/x', 'trang dịch vụ công giả mạo'], ['http://abc.top/dichvucong.gov.vn thật không', 'trang dịch vụ công giả mạo thật không'],
])('%s', (message, asked) => {
  expect(withoutParticulars(message).replace(/[\s,.]+/gu, ' ').trim()).toBe(asked)
})

it.each(['Mất căn cước thì làm lại ở đâu?', 'Chuyển khoản 10000000 đồng', 'Nghị quyết 57-NQ/TW', 'Tôi tên trong giấy khai sinh bị sai', 'Gọi 1022 hay 18001096', 'vào dichvucong.gov.vn'])('leaves "%s" as it is', (message) => {
  expect(withoutParticulars(message)).toBe(message)
})
