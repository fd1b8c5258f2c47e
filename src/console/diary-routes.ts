import type { Html } from './components.ts'
import type { Diary, LogFilter, LogName } from './diary.ts'
import { diaryPage, diaryPath } from './diary-page.ts'
import { doneNotice } from './done-notice.ts'
import type { Asked, Guard } from './guard.ts'

/** `Nhật ký`: look, and check the chain. */
export function diaryRoutes(guard: Guard, diary: Diary): void {
  guard.on('GET /nhat-ky', (asked) => showPage(asked, logOf(asked.c.req.query('so') ?? ''), doneNotice(asked, { xong: 'Đã kiểm tra cả nhật ký.' })))

  guard.on('POST /nhat-ky', async (asked) => {
    const log = logOf(asked.field('so'))
    await diary.check(log, asked.viewer.account.name)
    return asked.c.redirect(`${diaryPath}?so=${log}&da=xong`, 303)
  })

  async function showPage(asked: Asked, log: LogName, told: Html | ''): Promise<Response> {
    const filter = filterOf(asked)
    const before = Math.trunc(Number(asked.c.req.query('truoc')) || 0)
    const [page, check] = await Promise.all([diary.page(log, filter, before > 0 ? before : null), diary.lastCheck(log)])
    return asked.show({ title: 'Nhật ký', section: diaryPath, again: null }, diaryPage({ log, filter, page, check, told, before: before > 0 ? before : null, token: asked.viewer.token }))
  }
}

const logOf = (text: string): LogName => (text === 'campaigns' ? 'campaigns' : 'access')

function filterOf({ c }: Asked): LogFilter {
  const query = (name: string): string => (c.req.query(name) ?? '').slice(0, 100).trim()
  const day = (name: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(query(name)) && !Number.isNaN(Date.parse(query(name))) ? query(name) : '')
  return { who: query('ai'), action: query('viec'), about: query('ve'), from: day('tu'), to: day('den') }
}
