import { clean } from '../core/text.ts'
import type { AccountDesk } from './account-desk.ts'
import { accountsPage, accountsPath, type AccountsView } from './account-admin-page.ts'
import { notice } from './components.ts'
import { doneNotice, type DoneSentences } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'
import { isStaffRole } from './staff.ts'

const doneSentences: DoneSentences = { 'vai-tro': 'Đã đổi vai trò.', khoa: 'Đã khóa. Người này không đăng nhập được nữa.', mo: 'Đã mở khóa.' }

/** `Tài khoản cán bộ`: add, change roles, lock, give a new password. */
export function accountAdminRoutes(guard: Guard, desk: AccountDesk): void {
  guard.on('GET /can-bo', (asked) => showPage(asked, { told: doneNotice(asked, doneSentences) }))

  guard.on('POST /can-bo', async (asked) => {
    const [name, role] = [clean(asked.field('ten')).trim(), asked.field('vai-tro')]
    if (!isStaffRole(role)) return showPage(asked, { typed: { name, role, error: 'Chọn một vai trò.' } }, 422)
    const made = await desk.add(asked.viewer.account, name, role)
    // Not a redirect: the password stands in this one answer and nowhere else.
    return 'password' in made ? showPage(asked, { fresh: { name, password: made.password } }) : showPage(asked, { typed: { name, role, error: made.refused } }, 422)
  })

  guard.on('POST /can-bo/mat-khau', async (asked) => {
    const name = asked.field('ten')
    const made = await desk.resetPassword(asked.viewer.account, name)
    return 'password' in made ? showPage(asked, { fresh: { name, password: made.password } }) : refused(asked, made.refused)
  })

  guard.on('POST /can-bo/vai-tro', async (asked) => {
    const role = asked.field('vai-tro')
    return isStaffRole(role) ? after(asked, await desk.setRole(asked.viewer.account, asked.field('ten'), role), 'vai-tro') : refused(asked, 'Chọn một vai trò.')
  })
  guard.on('POST /can-bo/khoa', async (asked) => after(asked, await desk.setDisabled(asked.viewer.account, asked.field('ten'), true), 'khoa'))
  guard.on('POST /can-bo/mo', async (asked) => after(asked, await desk.setDisabled(asked.viewer.account, asked.field('ten'), false), 'mo'))

  const after = async (asked: Asked, end: { done: true } | { refused: string }, what: string): Promise<Response> =>
    'done' in end ? asked.c.redirect(`${accountsPath}?da=${what}`, 303) : refused(asked, end.refused)

  const refused = (asked: Asked, why: string): Promise<Response> => showPage(asked, { told: notice(why, 'bad', true) }, 422)

  async function showPage(asked: Asked, given: Partial<Pick<AccountsView, 'told' | 'fresh' | 'typed'>>, status: 200 | 422 = 200): Promise<Response> {
    const { viewer: { account, token } } = asked
    return asked.show({ title: 'Tài khoản cán bộ', section: accountsPath, again: null }, accountsPage({ accounts: await desk.list(), me: account, token, told: '', fresh: null, typed: null, ...given }), status)
  }
}
