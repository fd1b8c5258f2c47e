import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { missingStore, namesWorkerDatabase, tightDisk, whyNotReached } from '../../src/commands/doctor.ts'

it('warns of data abroad once somebody has entered a database of theirs, and not before', () => {
  const shipped = readFileSync('wrangler.toml', 'utf8')
  expect(namesWorkerDatabase(null)).toBe(false)
  expect(namesWorkerDatabase(shipped)).toBe(false)
  expect(namesWorkerDatabase(shipped.replace(/database_id = ".*"/, 'database_id = "4f1c2b7e-9a53-4d0e-8c1f-0a2b3c4d5e6f"'))).toBe(true)
})

it('tells a store that it makes itself from the one of a server', () => {
  expect(missingStore('sqlite:./nowhere/camnang.db?sync=normal')).toBe(resolve('nowhere/camnang.db'))
  expect(missingStore('file:./nowhere')).toBe(resolve('nowhere'))
  expect(missingStore('file:./content')).toBeNull()
  expect(missingStore('postgres://127.0.0.1/camnang')).toBeNull()
})

it('knows that platforms call https alone', () => {
  expect([null, 'http://bot.tinh.vn', 'https://bot.tinh.vn'].map(whyNotReached)).toEqual(['Chưa đặt PUBLIC_URL', 'PUBLIC_URL không phải địa chỉ https', null])
})

it('tells of a disk that is nearly full, also where the store still opens', () => {
  expect([null, 0.5, 0.05, 0.049, 0].map(tightDisk)).toEqual([null, null, null, 'Ổ đĩa của kho dữ liệu còn trống 4 %.', 'Ổ đĩa của kho dữ liệu còn trống 0 %.'])
})
