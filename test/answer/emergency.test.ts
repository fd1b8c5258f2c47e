import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findEmergency } from '../../src/answer/emergency.ts'
import { fold } from '../../src/core/text.ts'

describe('a real emergency', () => {
  it.each([
    ['Nhà tôi đang cháy', 'emergency_fire'], ['chay nha roi cuu voi', 'emergency_fire'], ['nhaf tooi ddang chays', 'emergency_fire'], ['Cháy!', 'emergency_fire'],
    ['Con tôi bị ngã bất tỉnh gọi cấp cứu giúp', 'emergency_medical'], ['con em bi duoi nuoc', 'emergency_medical'], ['me e bi ngat k tho nua', 'emergency_medical'],
    ['ck danh e bam tim nguoi', 'emergency_police'], ['Có cướp', 'emergency_police'], ['em bi cuong hiep', 'emergency_police'],
    ['k muon song nua', 'emergency_suicide'], ['Vay app nợ nhiều quá, tôi chỉ muốn chết', 'emergency_suicide'], ['e muon tu tu', 'emergency_suicide'],
    ['be 3 tuoi bi bo danh bam dap', 'emergency_child'], ['Trẻ bị bạo hành ở nhà trẻ', 'emergency_child'],
    ['Con chị đang cấp cứu, chuyển tiền gấp', 'emergency_scam'], ['con bi tai nan can mo chuyen khoan ngay', 'emergency_scam'],
    [`${'Chuyện dài lắm ạ. '.repeat(40)}Giờ ba em nằm bất tỉnh rồi`, 'emergency_medical'],
  ])('%s → %s', (message, reply) => {
    expect(findEmergency(message)).toBe(reply)
  })
})

describe('what only looks like one', () => {
  it.each([
    'cháy hàng', 'hàng đang cháy hàng', 'cháy túi', 'chay tui', 'đánh giá cán bộ', 'danh gia thai do', 'đánh máy', 'danh may don o dau', 'chết máy', 'xe chet may',
    'tai nạn giao thông nộp phạt ở đâu', 'thẻ BHYT đi cấp cứu có cần xuất trình', 'dập cháy tài khoản', 'phòng cháy chữa cháy xin giấy ở đâu', 'app chay cham',
    'định danh cho cháu', 'dinh danh cho hoc sinh', 'bản sao điện tử từ bản chính', 'ban sao dien tu tu ban chinh', 'gap nhan vien tu van', 'tim tai lieu o dau', 'mo tai khoan chuyen khoan',
    'bắt cóc online là gì', 'muốn chết với cái app này', 'bị đánh cắp tài khoản', '', '...',
  ])('%s', (message) => {
    expect(findEmergency(message)).toBeNull()
  })
})

const rows = readFileSync(new URL('../eval/emergencies.jsonl', import.meta.url), 'utf8').trim().split('\n')
  .map((line) => JSON.parse(line) as { half: 'tune' | 'held'; q: string; expect: string | null })

it.each([['as typed', (q: string) => q, 0.97], ['without marks', fold, 0.94]] as const)('finds nearly all labelled emergencies %s, with few false alarms', (_, typed, floor) => {
  const real = rows.filter((row) => row.expect !== null)
  const found = real.filter((row) => findEmergency(typed(row.q)) !== null)
  const calm = rows.filter((row) => row.expect === null)
  const falseAlarms = calm.filter((row) => findEmergency(typed(row.q)) !== null)
  expect(real.length).toBeGreaterThanOrEqual(250)
  expect(found.length / real.length).toBeGreaterThanOrEqual(floor)
  expect(falseAlarms.length / calm.length).toBeLessThanOrEqual(0.04)
})

it('takes a hostile message of any length in short time', () => {
  const started = performance.now()
  findEmergency('bị '.repeat(100_000))
  findEmergency('cháy hàng '.repeat(50_000))
  expect(performance.now() - started).toBeLessThan(1_000)
})
