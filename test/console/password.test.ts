import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, passwordFault } from '../../src/console/password.ts'
import { nameFault, staffKey } from '../../src/console/staff.ts'

const small = { N: 4, r: 1, p: 1 }

describe('a password', () => {
  it('is known again, in whatever form its letters came, and nothing else is', async () => {
    const kept = await hashPassword('Cà chua chín đỏ', small)
    expect(await checkPassword('Cà chua chín đỏ'.normalize('NFD'), kept, small)).toEqual({ right: true, outdated: false })
    expect(await checkPassword('Cà chua chín đo', kept, small)).toEqual({ right: false, outdated: false })
  })

  it('is salted: twice the same gives two hashes', async () => {
    expect(await hashPassword('a', small)).not.toBe(await hashPassword('a', small))
  })

  it('is told to be hashed anew when the parameters have grown', async () => {
    const kept = await hashPassword('Cà chua chín đỏ', small)
    expect(await checkPassword('Cà chua chín đỏ', kept, { N: 8, r: 1, p: 1 })).toEqual({ right: true, outdated: true })
    expect(await checkPassword('sai', kept, { N: 8, r: 1, p: 1 })).toEqual({ right: false, outdated: false })
  })

  it('is kept with parameters that cost an attacker something', async () => {
    expect(await hashPassword('x')).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
  })

  it.each(['', 'ngan', 'aaaaaaaaaaaaaa', 'matkhau12345', 'Mật Khẩu 2026', 'nguyenvana123', 'x'.repeat(201)])('%j is not taken', (password) => {
    expect(passwordFault(password, 'Nguyễn Văn A')).toMatch(/[à-ỹ]/)
  })

  it.each(['bốn từ chẳng liên quan', 'correct horse battery', 'Zx9!kQ2#mPvL', 'cây tre ✓ bên sông'])('%j is', (password) => {
    expect(passwordFault(password, 'Nguyễn Văn A')).toBeNull()
  })
})

describe('a name', () => {
  it('is the same however it is typed', () => expect(staffKey('  NGUYỄN  thị An'.normalize('NFD'))).toBe(staffKey('Nguyễn Thị An')))
  it.each(['Nguyễn Thị An', 'an.nguyen', 'Trực 1', "O'Brien-2"])('%j may be one', (name) => expect(nameFault(name)).toBeNull())
  it.each(['', ' ', '<b>', 'a\nb', 'a\u202eb', '-x', 'a'.repeat(61), '\u001b[2J', 'a:b'])('%j may not', (name) => expect(nameFault(name)).not.toBeNull())
})
