import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { AccountState } from '../channels/account-state.ts'
import type { Channel } from '../channels/channel.ts'
import type { PostComments } from '../channels/comments.ts'
import type { Content } from '../content.ts'
import type { AccountKey, ChannelName } from '../core/contact.ts'
import type { InboundEvent } from '../core/event.ts'
import type { Clock, Millis } from '../core/time.ts'
import type { Store } from '../store/ports.ts'
import { createAccessLog } from './access-log.ts'
import { accountAdminRoutes } from './account-admin.ts'
import { createAccountDesk } from './account-desk.ts'
import { accountRoutes } from './accounts.ts'
import { campaignConsole } from './campaign-console.ts'
import type { AnnouncingPorts } from './campaign-desk.ts'
import { campaignScript } from './campaign-script.ts'
import { campaignStyle } from './campaign-style.ts'
import { createCases } from './cases.ts'
import { caseRoutes } from './case-routes.ts'
import { createComments } from './comments.ts'
import { commentsRoutes } from './comments-routes.ts'
import { createDiary } from './diary.ts'
import { diaryRoutes } from './diary-routes.ts'
import { examplesPage } from './examples-page.ts'
import { contentRoutes, type WritingPorts } from './content/routes.ts'
import { createFiguresReader } from '../campaign/asked-read.ts'
import { figuresRoutes } from './figures-routes.ts'
import { figuresStyle } from './figures-style.ts'
import { createGuard } from './guard.ts'
import { inTurns } from './in-turns.ts'
import { linksRoutes } from './links-routes.ts'
import { officialReportRoutes } from './official-report-routes.ts'
import { overviewPage } from './overview-page.ts'
import { readOverview, type CampaignHead } from './overview.ts'
import { root } from './paths.ts'
import type { Papers } from './papers.ts'
import { createPersonalData } from './personal-data.ts'
import { personalDataRoutes } from './personal-data-routes.ts'
import { createActivityRegister } from './register.ts'
import { registerRoutes } from './register-routes.ts'
import { script } from './script.ts'
import { createSessions } from './sessions.ts'
import type { PasswordCost } from './password.ts'
import { createStaffBook } from './staff.ts'
import { style } from './style.ts'
import { createThrottle } from './throttle.ts'

export interface ConsolePorts {
  store: Store
  channels: Partial<Record<ChannelName, Channel>>
  /** What people say under our posts, where a platform has such. */
  comments: Partial<Record<ChannelName, PostComments>>
  /** Null until it is read for the first time. */
  content: () => Content | null
  accounts: () => ReadonlyMap<AccountKey, AccountState>
  /** A bot's name, by which a link reaches it; null for accounts that have none, or where nobody knows it now. */
  nameOf: (account: AccountKey) => Promise<string | null>
  campaigns: () => Promise<readonly CampaignHead[]>
  announcing: AnnouncingPorts
  /** The files that people write. */
  writing: WritingPorts
  papers: Papers
  /** Events of our own: durable when it resolves, handled at once. */
  record: (events: readonly InboundEvent[]) => Promise<void>
  /** How long the assistant is silent after a person wrote. */
  pause: Millis
  publicUrl: string | null
  /** Where a request comes from, for counting failed logins. */
  addressOf: (c: Context) => string
  now: Clock
  /** For tests: real password hashes take their time. */
  passwordCost?: PasswordCost
}

/** `/quan-tri`: the pages of the staff. Answers 404 throughout while there is no staff account. */
export function consoleRoutes(given: ConsolePorts): Hono {
  const ports = { ...given, store: inTurns(given.store) }
  const { store, content, now } = ports
  const newId = (): string => randomBytes(32).toString('base64url')
  const staff = createStaffBook(store, ports.passwordCost)
  const log = createAccessLog(store)
  const figures = createFiguresReader(store)
  const comments = createComments({ store, platforms: ports.comments, log, now })
  const guard = createGuard({
    staff, sessions: createSessions(store, staff, newId), publicUrl: ports.publicUrl, now,
    province: () => content()?.province.values['name'] ?? '',
  })

  const file = (type: string, text: string) => async ({ c }: { c: Context }): Promise<Response> => c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'max-age=300' })
  guard.onOutside('GET /giao-dien.css', file('text/css', style + figuresStyle + campaignStyle))
  guard.onOutside('GET /trang.js', file('text/javascript', script + campaignScript))

  accountRoutes(guard, { staff, throttle: createThrottle(store), log, addressOf: ports.addressOf, now })

  guard.on('GET /', async ({ viewer, show }) => {
    const seen = await readOverview({ ...ports, comments: comments.waiting }, now())
    return show({ title: 'Tổng quan', section: root, again: 60 }, overviewPage(seen, { role: viewer.account.role, content: content(), refused: ports.writing.files.refused(), now: now() }))
  })

  caseRoutes(guard, { cases: createCases({ ...ports, log }), content, newId, now })

  campaignConsole(guard, { ...ports, log })

  personalDataRoutes(guard, createPersonalData({ store, figures, log, newId, now, holidays: () => content()?.province.hours.holidays ?? [] }), now)
  diaryRoutes(guard, createDiary(store, log, now))
  accountAdminRoutes(guard, createAccountDesk(staff, log, now))
  contentRoutes(guard, { writing: ports.writing, content, store, log, newId, now })

  commentsRoutes(guard, { comments, now })
  const activities = createActivityRegister(store, log, now)
  figuresRoutes(guard, { store, figures, content, now })
  registerRoutes(guard, { store, register: activities, papers: ports.papers, content, now })
  officialReportRoutes(guard, { store, figures, register: activities, papers: ports.papers, log, content, now })
  linksRoutes(guard, { content, accounts: () => [...ports.accounts().keys()], nameOf: ports.nameOf, figures, now })

  guard.on('GET /thanh-phan', async ({ viewer, show }) => show({ title: 'Thành phần', section: `${root}/thanh-phan`, again: null }, examplesPage(viewer.token)))
  guard.onNothingElse()
  return guard.app
}
