import { randomInt } from 'node:crypto'
import type { StaffRole } from '../campaign/life.ts'
import type { Clock } from '../core/time.ts'
import type { AccessLog } from './access-log.ts'
import { nameFault, roleNames, staffKey, type StaffAccount, type StaffBook } from './staff.ts'

/** Accounts as an administrator manages them in the browser. Nobody changes their own, and one administrator always stays. */

export interface AccountDesk {
  list(): Promise<StaffAccount[]>
  /** `password`: to be shown once; it opens nothing but the page where its owner chooses another. */
  add(by: StaffAccount, name: string, role: StaffRole): Promise<{ password: string } | { refused: string }>
  resetPassword(by: StaffAccount, name: string): Promise<{ password: string } | { refused: string }>
  setRole(by: StaffAccount, name: string, role: StaffRole): Promise<{ done: true } | { refused: string }>
  setDisabled(by: StaffAccount, name: string, disabled: boolean): Promise<{ done: true } | { refused: string }>
}

const nobody = { refused: 'Không có tài khoản này.' }
const lastOne = { refused: 'Đây là người quản trị cuối cùng còn dùng được, nên giữ nguyên. Thêm một người quản trị khác trước.' }

export function createAccountDesk(staff: StaffBook, log: AccessLog, now: Clock): AccountDesk {
  const isSelf = (by: StaffAccount, name: string): boolean => staffKey(by.name) === staffKey(name)
  const note = (by: StaffAccount, about: string, reason: string, action: 'staff_added' | 'staff_changed' = 'staff_changed'): Promise<void> => log.append({ at: now(), who: by.name, action, about, count: null, reason })
  const admins = async (): Promise<StaffAccount[]> => (await staff.list()).filter(({ role, disabled }) => role === 'admin' && !disabled)

  /** Undone where nobody would be left to manage accounts: two may have changed each other at the same moment. */
  async function change(by: StaffAccount, name: string, what: Partial<Pick<StaffAccount, 'role' | 'disabled'>>, told: string): Promise<{ done: true } | { refused: string }> {
    const account = await staff.find(name)
    if (account === null) return nobody
    if (isSelf(by, name)) return { refused: 'Không tự đổi vai trò hay khóa tài khoản của chính mình: nhờ người quản trị khác.' }
    const stays = (what.role ?? account.role) === 'admin' && !(what.disabled ?? account.disabled)
    if (!stays && (await admins()).every((admin) => staffKey(admin.name) === staffKey(name))) return lastOne
    await staff.change(name, what)
    if ((await admins()).length === 0) {
      await staff.change(name, { role: account.role, disabled: account.disabled })
      return lastOne
    }
    await note(by, account.name, told)
    return { done: true }
  }

  return {
    list: () => staff.list(),
    async add(by, name, role) {
      const fault = nameFault(name)
      if (fault !== null) return { refused: fault }
      const password = newPassword()
      if (!(await staff.add(name, role, password, now(), true))) return { refused: 'Đã có tài khoản tên này.' }
      await note(by, (await staff.find(name))?.name ?? name, `vai trò ${roleNames[role]}`, 'staff_added')
      return { password }
    },
    async resetPassword(by, name) {
      const account = await staff.find(name)
      if (account === null) return nobody
      if (isSelf(by, name)) return { refused: 'Mật khẩu của chính mình thì đổi ở trang “Đổi mật khẩu”.' }
      const password = newPassword()
      await staff.setPassword(name, password, true)
      await note(by, account.name, 'đặt lại mật khẩu')
      return { password }
    },
    setRole: (by, name, role) => change(by, name, { role }, `vai trò ${roleNames[role]}`),
    setDisabled: (by, name, disabled) => change(by, name, { disabled }, disabled ? 'khóa' : 'mở khóa'),
  }
}

/** Read out over a telephone without mistakes: no letters or digits that look alike. */
const letters = 'abcdefghkmnpqrstuvwxyz23456789'

/** Four groups of four, some 78 bits. */
const newPassword = (): string => Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-')
