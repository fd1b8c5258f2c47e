import { consoleRoutes, type ConsolePorts } from '../../src/console/console.ts'
import { contentWork } from '../../src/console/content/work.ts'
import { papers } from '../../src/console/papers.ts'
import type { PictureShelf } from '../../src/console/campaign-pictures.ts'
import type { PasswordCost } from '../../src/console/password.ts'
import { createStaffBook } from '../../src/console/staff.ts'
import type { StaffRole } from '../../src/campaign/life.ts'
import type { AccountState } from '../../src/channels/account-state.ts'
import type { Content } from '../../src/content.ts'
import type { AccountKey } from '../../src/core/contact.ts'
import type { Store } from '../../src/store/ports.ts'
import { createEngine } from '../../src/campaign/engine.ts'
import type { Campaign } from '../../src/campaign/campaign.ts'
import type { PostTemplate } from '../../src/campaign/templates.ts'
import { compose, rules } from '../campaign/world.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { sampleContent } from '../support/content.ts'
import { World } from '../support/world.ts'

export const password = 'ba con ca chua 2026'

/** So that a hundred sign-ins take no minute. */
export const cheap = { N: 2, r: 1, p: 1 }

export const officers: Readonly<Record<StaffRole, string>> = { editor: 'Biên Tập', approver: 'Người Duyệt', duty: 'Trực Một', admin: 'Quản Trị' }

/** A world with staff, and its console asked without a server. */
export interface Desk {
  world: World
  app: ReturnType<typeof consoleRoutes>
  content: Content
  /** Another process on the same store. */
  another(): ReturnType<typeof consoleRoutes>
  close(): Promise<void>
}

/** A correction that waits for a second person. */
const proposed = { kind: 'correct', text: 'Sai ngày', reason: 'Nhầm', proposedBy: officers.duty, proposedAt: 0, confirmedBy: null, confirmedAt: null } as const

export async function openDesk(given: { content?: Content; accounts?: ReadonlyMap<AccountKey, AccountState>; publicUrl?: string | null; staff?: boolean; templates?: readonly PostTemplate[]; samples?: readonly Campaign[]; pictures?: PictureShelf; comments?: ConsolePorts['comments']; writing?: ConsolePorts['writing']; contentNow?: () => Content; passwordCost?: PasswordCost } = {}): Promise<Desk> {
  const content = given.content ?? sampleContent()
  const world = await World.open(content)
  const announced = { world: async () => ({ compose: compose(), rules }), settings: standardSettings }
  const accounts = (['zalo', 'facebook', 'telegram'] as const).map((channel): AccountKey => `${channel}:${world.contact('an', channel).accountId}`)
  const ports = (): ConsolePorts => ({
    store: world.store, channels: world.channels, comments: given.comments ?? {}, nameOf: async (account) => (account.startsWith('telegram:') ? 'CamNangBot' : null), content: given.contentNow ?? (() => content), accounts: () => given.accounts ?? new Map(), campaigns: async () => [...(['submitted', 'running', 'draft', 'paused'] as const).map((status) => ({ status, correction: null })), { status: 'finished', correction: proposed }],
    announcing: { ...announced, engine: createEngine({ ...announced, store: world.store, accounts, now: () => world.now }), files: async () => ({ templates: given.templates ?? [], campaigns: (given.samples ?? []).map((campaign) => ({ campaign })) }), pictures: given.pictures ?? { add: async () => ({ refused: 'không có thư mục' }) } },
    writing: given.writing ?? { work: contentWork, files: { read: async () => ({ flows: [], content: [], defaults: [] }), write: null, refused: () => [] } },
    papers, record: world.app.record, pause: 240 * 60_000, publicUrl: given.publicUrl ?? null, addressOf: (c) => c.req.header('x-test-address') ?? '10.0.0.1', now: () => world.now, passwordCost: given.passwordCost ?? cheap,
  })
  if (given.staff !== false) await addOfficers(world.store, world.now)
  return { world, content, app: consoleRoutes(ports()), another: () => consoleRoutes(ports()), close: () => world.close() }
}

export async function addOfficers(store: Store, now: number): Promise<void> {
  const book = createStaffBook(store, cheap)
  for (const [role, name] of Object.entries(officers)) await book.add(name, role as StaffRole, password, now)
  await book.add('Trực Hai', 'duty', password, now)
}

/** A browser as far as the console is concerned: one cookie, forms with their token. */
export class Visitor {
  cookie: string | null = null
  readonly #app: Desk['app']
  readonly #address: string
  constructor(app: Desk['app'], address = '10.0.0.1') {
    this.#app = app
    this.#address = address
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(path, { headers })
  }

  async text(path: string): Promise<string> {
    return (await this.get(path)).text()
  }

  /** Sends the form as it is given; `ma` is the token of the page at `from`, or of the first page. */
  async post(path: string, fields: Record<string, string> = {}, { from = '/quan-tri/mat-khau', headers = {} }: { from?: string; headers?: Record<string, string> } = {}): Promise<Response> {
    const token = fields['ma'] ?? tokenIn(await this.text(from))
    return this.send(path, { ma: token, ...fields }, headers)
  }

  /** The same without a look at a page before. */
  async send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(path, { method: 'POST', body: new URLSearchParams(fields), headers })
  }

  async signIn(name: string, word = password): Promise<Response> {
    return this.send('/quan-tri/dang-nhap', { ten: name, 'mat-khau': word })
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('x-test-address', this.#address)
    if (this.cookie !== null) headers.set('cookie', this.cookie)
    const answer = await this.#app.request(path, { ...init, headers })
    const set = answer.headers.get('set-cookie')
    if (set !== null) this.cookie = set.includes('Max-Age=0') ? null : set.split(';')[0]!
    return answer
  }
}

export const tokenIn = (page: string): string => /name="ma" value="([^"]*)"/.exec(page)?.[1] ?? ''
export const hiddenIn = (page: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

export async function signedIn(desk: Desk, name: string, app = desk.app): Promise<Visitor> {
  const visitor = new Visitor(app)
  const answer = await visitor.signIn(name)
  if (answer.status !== 303) throw new Error(`cannot sign in: ${answer.status}`)
  return visitor
}
