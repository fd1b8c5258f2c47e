import type { Answer } from '../../src/answer/answerer.ts'
import type { AppTerms } from '../../src/app.ts'
import { createModelApi } from '../../src/answer/model/api.ts'
import type { ModelSettings } from '../../src/config.ts'
import type { Content } from '../../src/content.ts'
import { createModelDesk, type ModelDesk, type Timer } from '../../src/conversation/model-desk.ts'
import { silentLog } from '../../src/core/ports.ts'
import type { Millis } from '../../src/core/time.ts'
import type { ClaimedTurn } from '../../src/store/ports.ts'
import { sampleArticle, sampleContent } from './content.ts'
import { ModelServer } from './model-server.ts'
import { SECOND, World } from './world.ts'

/** Timers that run only when told to. */
export class HandTimers {
  waiting: { delay: Millis; what: () => void }[] = []
  readonly after: Timer = (delay, what) => {
    const entry = { delay, what }
    this.waiting.push(entry)
    return () => { this.waiting = this.waiting.filter((other) => other !== entry) }
  }
  /** Runs those that were set for so long; how many. */
  run(delay: Millis): number {
    const due = this.waiting.filter((entry) => entry.delay === delay)
    this.waiting = this.waiting.filter((entry) => entry.delay !== delay)
    for (const { what } of due) what()
    return due.length
  }
}

export const passport = sampleArticle('passport', {
  title: 'Làm hộ chiếu', short: 'Bà con nộp hồ sơ làm hộ chiếu trên dichvucong.gov.vn, lệ phí 200.000 đồng.', details: '1. Chuẩn bị ảnh chân dung.\n2. Chờ 8 ngày làm việc.',
})
export const residence = sampleArticle('residence', { title: 'Đăng ký thường trú', short: 'Bà con đăng ký thường trú tại công an xã, phường nơi ở.', details: '' })
export const story = `Nhà tôi ở xa, con tôi đi làm ở nước ngoài, ${'tôi đã lớn tuổi, đi lại rất khó, '.repeat(4)} nay muốn làm hộ chiếu thì nộp hồ sơ ở đâu, có phải lên tỉnh không?`
const unsure: Partial<Answer> = { status: 'clarify', candidates: [{ article: 'passport', score: 0.5 }, { article: 'residence', score: 0.4 }] }

/** Content in which "chưa rõ …" is unsure between two articles and `story` is surely about the first. */
export const unsureContent = (change: Partial<Parameters<typeof sampleContent>[0]> = {}): Content => sampleContent({
  articles: [passport, residence, sampleArticle('old', { reviewBy: '2026-01-01' })],
  answerer: {
    answer: (question) => ({
      status: 'no_source_found', article: null, candidates: [], reply: null,
      ...(question.startsWith('chưa rõ') ? unsure : {}),
      ...(question === story || question === 'làm hộ chiếu' ? { status: 'answered', article: 'passport' } as const : {}),
      ...(question === 'mục cũ' ? { status: 'expired_article', article: 'old' } as const : {}),
      ...(question === 'chỉ mục cũ' ? { status: 'clarify', candidates: [{ article: 'old', score: 0.5 }] } as const : {}),
      ...(question === 'bao lâu' ? { status: 'clarify', candidates: [{ article: 'old', score: 0.5 }], reply: 'which_matter' } as const : {}),
      ...(question === 'chào bạn' ? { status: 'small_talk', reply: 'hello' } as const : {}),
      ...(question === 'hai việc' ? { status: 'answered', article: 'passport', also: 'residence' } as const : {}),
    }),
  },
  ...change,
})

/** The whole app with the model's stand-in on loopback. */
export class ModelWorld {
  readonly timers = new HandTimers()
  readonly counted = new Map<string, number>()
  readonly server: ModelServer
  world!: World
  desk!: ModelDesk
  private constructor(server: ModelServer) {
    this.server = server
  }

  static async open(server: ModelServer, given: { settings?: Partial<ModelSettings>; content?: Content; terms?: Partial<AppTerms> } = {}): Promise<ModelWorld> {
    const made = new ModelWorld(server)
    const settings = modelSettings(server, given.settings)
    made.world = await World.open(given.content ?? unsureContent(), { modelHost: settings.inVietnam ? null : settings.host, ...given.terms }, (store, now) => {
      made.desk = createModelDesk({
        api: createModelApi({ ...settings, fetch }), settings, register: store, now, log: silentLog, after: made.timers.after,
        counters: { add: (name, labels = {}, by = 1) => void made.count([name, ...Object.values(labels)].join(' '), by) },
      })
      return made.desk
    })
    return made
  }

  count(key: string, by: number): void {
    this.counted.set(key, (this.counted.get(key) ?? 0) + by)
  }

  /** Says something and waits until so many texts have been answered in all. */
  async says(text: string, replies: number, user = 'lan'): Promise<string> {
    await this.world.hears(user, text)
    await this.until(() => this.texts(user).length >= replies)
    return this.texts(user).at(-1)!
  }

  texts(user = 'lan'): string[] {
    return this.world.channels.zalo.textsTo(user)
  }

  /** Lets the app go on until something holds. */
  async until(holds: () => boolean): Promise<void> {
    const patience = Date.now() + 10_000
    while (!holds()) {
      if (Date.now() > patience) throw new Error(`waited in vain; texts: ${JSON.stringify(this.world.channels.zalo.sent.map(({ text }) => text))}`)
      await this.world.settle()
    }
  }

  /** The statuses of the day's outcomes, each as often as it was counted. */
  async statuses(): Promise<string[]> {
    const outcomes = await this.world.store.readOutcomes('2026-01-01', '2027-12-31')
    return outcomes.flatMap(({ status, count }) => Array<string>(count).fill(status)).sort()
  }

  /** Claims as a process would that is then killed. */
  async claimAndDie(): Promise<ClaimedTurn[]> {
    return this.world.store.claimTurns(10, this.world.now, 60 * SECOND)
  }
}

export const modelSettings = (server: ModelServer, change: Partial<ModelSettings> = {}): ModelSettings => ({
  baseUrl: `${server.origin}/v1`, host: '127.0.0.1', apiKey: 'canary-model-key', model: 'stand-in', inVietnam: true,
  timeout: 8 * SECOND, perContactADay: 20, perDay: 2_000, price: { read: 1, written: 10 }, ...change,
})
