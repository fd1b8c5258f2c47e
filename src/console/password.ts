import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Passwords as they are kept: `scrypt$N$r$p$salt$key`, so that stronger parameters need no migration. */

/** scrypt's parameters. */
export interface PasswordCost { N: number; r: number; p: number }

/** 32 MiB and about a third of a second: what OWASP names beside its larger figure, and small enough for a Worker. */
export const todaysCost: PasswordCost = { N: 2 ** 15, r: 8, p: 3 }
const keyBytes = 32

/** Shortest and longest, in characters. The longest bounds the work a stranger can ask for. */
export const passwordLength = { least: 12, most: 200 } as const

/** Why a password is not taken, in a sentence for staff; null when it is. */
export function passwordFault(password: string, name: string): string | null {
  const letters = [...normal(password)]
  if (letters.length < passwordLength.least) return `Mật khẩu cần ít nhất ${passwordLength.least} ký tự. Nên ghép vài từ không liên quan với nhau.`
  if (letters.length > passwordLength.most) return `Mật khẩu dài quá ${passwordLength.most} ký tự.`
  if (new Set(letters).size < 5) return 'Mật khẩu lặp lại quá ít ký tự.'
  const said = bare(password)
  const guessed = [bare(name), ...guessable].find((word) => word.length >= 3 && said.includes(word) && said.length - word.length < 6)
  return guessed === undefined ? null : 'Mật khẩu dễ đoán: đừng dựa vào tên mình, "matkhau", "123456" và những từ như vậy.'
}

const guessable = ['matkhau', 'password', '123456789', '123456', 'qwerty', 'abc123', 'admin', 'quantri', 'camnang', 'chuyendoiso']

const normal = (text: string): string => text.normalize('NFC')
const bare = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f\s._-]/g, '').replace(/đ/gi, 'd').toLowerCase()

/** Salted anew each time. `cost` is for tests. */
export async function hashPassword(password: string, cost: PasswordCost = todaysCost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** `outdated`: the password is right and its hash was made with other parameters than today's. A hash that cannot be read fits nothing. */
export async function checkPassword(password: string, kept: string, cost: PasswordCost = todaysCost): Promise<{ right: boolean; outdated: boolean }> {
  const [kind, N, r, p, salt = '', key = ''] = kept.split('$')
  const made = { N: Number(N), r: Number(r), p: Number(p) }
  if (kind !== 'scrypt' || [...password].length > passwordLength.most) return { right: false, outdated: false }
  const expected = Buffer.from(key, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), made)
  const right = expected.length === found.length && timingSafeEqual(expected, found)
  return { right, outdated: right && (made.N !== cost.N || made.r !== cost.r || made.p !== cost.p) }
}

/** Takes as long as a real check, so that a name nobody has cannot be told from a wrong password. */
export async function pretendToCheck(password: string, cost: PasswordCost = todaysCost): Promise<void> {
  await derive([...password].slice(0, passwordLength.most).join(''), Buffer.alloc(16), cost)
}

/** One after another: many logins at once must not take the memory or the cores of those who answer citizens. */
let last: Promise<unknown> = Promise.resolve()
function derive(password: string, salt: Uint8Array, { N, r, p }: PasswordCost): Promise<Buffer> {
  const next = last.then(() => new Promise<Buffer>((resolve, reject) => {
    scrypt(normal(password), salt, keyBytes, { N, r, p, maxmem: 256 * N * r * p + 2 ** 20 }, (error, key) => (error === null ? resolve(key) : reject(error)))
  }))
  last = next.catch(() => undefined)
  return next
}
