import { expect, it } from 'vitest'
import { crashReport } from '../../src/commands/crash.ts'

it('an error that nobody caught is told by its name and its places, never by its message', () => {
  const report = crashReport(new TypeError('không đọc được "nhà tôi ở 12 phố Mẫu"\n    at Trần Thị Mẫu (0912345678)'))
  expect(report).toMatch(/^Máy chủ dừng vì một lỗi ngoài dự kiến: TypeError\n\s+at .*crash\.test\.ts/)
  expect(report).not.toMatch(/Mẫu|0912/)
  expect(crashReport('nhà tôi ở 12 phố Mẫu')).toBe('Máy chủ dừng vì một lỗi ngoài dự kiến: unknown')
})
