import { staffRoles, type StaffRole } from '../campaign/life.ts'
import { byName } from '../core/text.ts'
import type { Millis } from '../core/time.ts'
import type { Register } from '../store/ports.ts'
import { checkPassword, hashPassword, pretendToCheck, todaysCost } from './password.ts'

/** One officer who may sign in. */
export interface StaffAccount {
  /** As a person writes it; unique without regard to case and spaces. */
  name: string
  role: StaffRole
  disabled: boolean
  /** Rises with every change of password, role or state: sessions of an earlier one are over. */
  epoch: number
  since: Millis
  /** The password is one that somebody else has seen: the console opens only once another one is chosen. */
  mustChange?: true
}

/** Who may sign in, in the store's register: `staff:<key>`, and beside it `secret:password:<key>`, which copies leave out. */
export interface StaffBook {
  list(): Promise<StaffAccount[]>
  find(name: string): Promise<StaffAccount | null>
  /** False when somebody has this name already. `seen`: somebody else knows the password, so that it has to be changed first. */
  add(name: string, role: StaffRole, password: string, now: Millis, seen?: boolean): Promise<boolean>
  /** False when nobody has this name. Ends the person's sessions. */
  change(name: string, change: Partial<Pick<StaffAccount, 'role' | 'disabled'>>): Promise<boolean>
  /** False when nobody has this name. Ends the person's sessions. `seen`: as in `add`. */
  setPassword(name: string, password: string, seen?: boolean): Promise<boolean>
  /** Null for a wrong password, an unknown name and a disabled account alike, after the same time. Makes an outdated hash anew. */
  signIn(name: string, password: string): Promise<StaffAccount | null>
}

export const roleNames: Readonly<Record<StaffRole, string>> = { editor: 'Biên tập', approver: 'Duyệt', duty: 'Trực', admin: 'Quản trị' }
export const isStaffRole = (word: string): word is StaffRole => (staffRoles as readonly string[]).includes(word)

/** What a name is known by: case, spaces and the form of letters do not make another one. */
export const staffKey = (name: string): string => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** Why a name is not taken, in a sentence for staff; null when it is. */
export const nameFault = (name: string): string | null =>
  /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} .'_-]{0,58}[\p{L}\p{M}\p{N}.])?$/u.test(name.normalize('NFC'))
    ? null
    : 'Tên gồm chữ, số, dấu cách, dấu chấm và gạch nối, dài không quá 60 ký tự.'

const accountEntry = (name: string): string => `staff:${staffKey(name)}`
const passwordEntry = (name: string): string => `secret:password:${staffKey(name)}`

/** `cost` is for tests: real hashes take their time. */
export function createStaffBook(register: Register, cost = todaysCost): StaffBook {
  async function read(name: string): Promise<{ account: StaffAccount; version: number } | null> {
    const entry = await register.readEntry(accountEntry(name))
    return entry === null ? null : { account: JSON.parse(entry.value) as StaffAccount, version: entry.version }
  }

  async function change(name: string, change: Partial<Pick<StaffAccount, 'role' | 'disabled'>>, seen?: boolean): Promise<boolean> {
    for (;;) {
      const found = await read(name)
      if (found === null) return false
      const { mustChange, ...account } = found.account
      const next: StaffAccount = { ...account, ...change, epoch: account.epoch + 1, ...(seen ?? mustChange ? { mustChange: true } : {}) }
      if (await register.writeEntry(accountEntry(name), JSON.stringify(next), found.version)) return true
    }
  }

  async function keepPassword(name: string, password: string): Promise<void> {
    const kept = await hashPassword(password, cost)
    for (;;) {
      const entry = await register.readEntry(passwordEntry(name))
      if (await register.writeEntry(passwordEntry(name), kept, entry?.version ?? 0)) return
    }
  }

  return {
    change: (name, what) => change(name, what),
    find: async (name) => (await read(name))?.account ?? null,
    async list() {
      const entries = await register.listEntries('staff:')
      return entries.map(({ value }) => JSON.parse(value) as StaffAccount).sort((a, b) => byName(a.name, b.name))
    },
    async add(name, role, password, now, seen = false) {
      if (await read(name) !== null) return false
      const account: StaffAccount = { name: name.normalize('NFC').trim().replaceAll(/\s+/g, ' '), role, disabled: true, epoch: 1, since: now }
      if (!(await register.writeEntry(accountEntry(name), JSON.stringify(account), 0))) return false
      // Enabled once the password stands: of two who add the same name, only the first gets this far.
      await keepPassword(name, password)
      return change(name, { disabled: false }, seen)
    },
    async setPassword(name, password, seen = false) {
      if (await read(name) === null) return false
      await keepPassword(name, password)
      return change(name, {}, seen)
    },
    async signIn(name, password) {
      const found = await read(name)
      const entry = await register.readEntry(passwordEntry(name))
      if (found === null || found.account.disabled || entry === null) {
        await pretendToCheck(password, cost)
        return null
      }
      const { right, outdated } = await checkPassword(password, entry.value, cost)
      if (!right) return null
      // Whoever changed it meanwhile wins.
      if (outdated) await register.writeEntry(passwordEntry(name), await hashPassword(password, cost), entry.version)
      return found.account
    },
  }
}
