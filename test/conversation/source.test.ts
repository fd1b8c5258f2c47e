import { expect, it } from 'vitest'
import { tellSource } from '../../src/conversation/source.ts'

const source = (title: string, number: string | null = null) => ({ title, number, date: '2025-01-01', url: null })
const newspaper = source('Báo Dân trí: 25 dịch vụ công không nhận hồ sơ giấy')

it.each([
  ['Nghị định 69/2024/NĐ-CP', [source('Quy định về định danh và xác thực điện tử', '69/2024/NĐ-CP')]],
  ['Chỉ thị 24/CT-TTg', [newspaper, source('Chỉ thị của Thủ tướng Chính phủ', '24/CT-TTg')]],
  ['Thông tư 50/2024/TT-NHNN', [source('An toàn dịch vụ ngân hàng', '50/2024/TT-NHNN')]],
  ['Quyết định 505/QĐ-TTg', [source('Về Ngày Chuyển đổi số', '505/QĐ-TTg')]],
  ['Luật 91/2025/QH15', [source('Bảo vệ dữ liệu cá nhân', '91/2025/QH15')]],
  ['Nghị quyết 198/2025/QH15', [source('Nghị quyết của Quốc hội về kinh tế tư nhân', '198/2025/QH15')]],
  ['Nghị quyết 57-NQ/TW', [source('Đột phá phát triển khoa học', '57-NQ/TW')]],
  ['Công văn 623/TTg-KSTT', [source('Công văn của Thủ tướng Chính phủ', '623/TTg-KSTT')]],
  ['Luật Căn cước 26/2023/QH15', [newspaper, source('Luật Căn cước', '26/2023/QH15')]],
  ['Luật An ninh mạng 2025 116/2025/QH15', [source('Luật An ninh mạng 2025 (hiệu lực 01/7/2026)', '116/2025/QH15')]],
  ['Luật Cư trú', [newspaper, source('Luật Cư trú')]],
  ['Báo Dân trí: 25 dịch vụ công không nhận hồ sơ giấy', [newspaper]],
  ['Tiêu chuẩn về mã QR (TCVN 1)', [source('Tiêu chuẩn về mã QR', 'TCVN 1')]],
])('%s', (told, sources) => {
  expect(tellSource(sources)).toBe(told)
})

it('long titles are cut, no source is none', () => {
  expect(tellSource([source('Sài Gòn Giải Phóng: công an tiếp nhận giấy phép lái xe, lý lịch tư pháp')])).toBe('Sài Gòn Giải Phóng: công an tiếp nhận giấy phép lái xe, lý…')
  expect(tellSource([])).toBeNull()
})
