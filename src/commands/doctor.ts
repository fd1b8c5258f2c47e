import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readAccountState } from '../channels/account-state.ts'
import { hasNoChannel, type ModelSettings } from '../config.ts'
import { wrongTerms } from '../content/told-terms.ts'
import { silentLog } from '../core/ports.ts'
import { tellTime } from '../core/time.ts'
import { leastFreeDisk } from '../jobs/watch.ts'
import { freeDisk } from '../node/disk.ts'
import { readContentFolders } from '../node/files.ts'
import { readText } from '../node/read-text.ts'
import { createPlatforms } from '../platforms.ts'
import { createNodeTransport } from '../node/transport.ts'
import { wordFolders } from '../node/words.ts'
import { folderOf, readStoreUrl } from '../store/url.ts'
import { readSettings, readWords, UsageError, withStore, type Command, type Terminal } from './command.ts'
import { findProblems } from './content-check.ts'
import { describeModel } from './model.ts'

/** Asks the model's server for its list of models, without a word of anybody. */
async function checkModel(settings: ModelSettings): Promise<string> {
  const { createModelApi } = await import('../answer/model/api.ts')
  return createModelApi({ ...settings, fetch }).check(AbortSignal.timeout(settings.timeout))
}

const marks = { ok: '✓', warning: '!', error: '✗', unknown: '?' } as const

/** Whether somebody has entered a database of theirs: the one that comes with the project is all zeros. Null: there is no such file. */
export const namesWorkerDatabase = (wrangler: string | null): boolean => wrangler !== null && /^\s*database_id\s*=\s*"(?!0{8}-)[^"]+"/m.test(wrangler)

/** Why platforms cannot call this address; null when they can. */
export const whyNotReached = (publicUrl: string | null): string | null => (publicUrl === null ? 'Chưa đặt PUBLIC_URL' : publicUrl.startsWith('https:') ? null : 'PUBLIC_URL không phải địa chỉ https')

/** Where no store stands yet; null when there is one, or it is a database elsewhere. */
export function missingStore(url: string): string | null {
  const place = readStoreUrl(url)
  return place.engine === 'postgres' || existsSync(place.path) ? null : resolve(place.path)
}

/** What to say of the free share of the store's disk; null when there is nothing to say. */
export const tightDisk = (free: number | null): string | null => (free === null || free >= leastFreeDisk ? null : `Ổ đĩa của kho dữ liệu còn trống ${Math.floor(free * 100)} %.`)

const usage = 'doctor | doctor retry <mã tin không xử lý được>'

/** Has an event that was set aside handled once more, as if it had never been tried. */
const retry = (id: string, terminal: Terminal): Promise<number> => withStore(readSettings(terminal), async (store) => {
  const revived = await store.reviveEvent(id, Date.now())
  if (revived) terminal.out('Tin này sẽ được xử lý lại trong vài giây.')
  else terminal.error('Không có tin nào mang mã này trong các tin không xử lý được, hoặc lời của tin đã hết hạn lưu.')
  return revived ? 0 : 1
})

/** What is wrong and what to do: content, store, accounts, subscriptions. Exit code 1 when something must be mended. `doctor retry ID`: a message that was set aside is handled once more. */
export const doctor: Command = async (args, terminal) => {
  const { words: [what, id] } = readWords(args, { usage, least: 0, most: 2 })
  if (what !== undefined) {
    if (what !== 'retry' || id === undefined) throw new UsageError(`Cách dùng: ${usage}`)
    return retry(id, terminal)
  }
  const config = readSettings(terminal)
  let errors = 0
  const say = (level: keyof typeof marks, what: string, todo: string | null = null): void => {
    if (level === 'error') errors++
    terminal.out(`${marks[level]} ${what}${todo === null ? '' : `\n    → ${todo}`}`)
  }

  say('ok', 'Thiết lập đọc được.')
  if (hasNoChannel(config)) say('warning', 'Chưa đặt kênh nào: chỉ chạy được trang tập dượt.', 'Đặt ZALO_…, FACEBOOK_… hoặc ACCOUNTS_FILE.')
  else if (whyNotReached(config.publicUrl) !== null) say('error', `${whyNotReached(config.publicUrl)}: nền tảng không gọi đến được.`, 'Đặt PUBLIC_URL là địa chỉ https của máy chủ.')
  if (config.telegram !== null) say('warning', 'Telegram đang bật. Telegram bị hạn chế ở Việt Nam.', 'Cần văn bản đồng ý của lãnh đạo; mọi dịch vụ phải có trên kênh khác.')

  if (namesWorkerDatabase(readText('wrangler.toml'))) say('warning', 'wrangler.toml đã nêu cơ sở dữ liệu D1: chạy trên Cloudflare Worker thì dữ liệu của bà con nằm ở nước ngoài.', 'Cần văn bản quyết định của tỉnh và hồ sơ đánh giá chuyển dữ liệu cá nhân ra nước ngoài trước khi mở.')

  const files = await readContentFolders(wordFolders(config))
  const problems = findProblems(files, Date.now())
  const wrong = problems.filter(({ severity }) => severity === 'error')
  if (wrong.length > 0) say('error', `Nội dung có ${wrong.length} lỗi.`, 'Chạy: npm run camnang -- content check')
  else say(problems.length === 0 ? 'ok' : 'warning', `Nội dung dùng được${problems.length === 0 ? '.' : `, ${problems.length} điều nên xem lại.`}`)
  for (const { what, todo, file, severity } of problems.filter(({ file }) => /(?:^|\/)(?:province|contacts)\.yaml$/.test(file))) say(severity, `${file}: ${what}`, todo)

  for (const { file, line, setting, told, kept } of wrongTerms(files, config.retention)) say('warning', `${file}:${line} hứa giữ ${told}, ${setting} đặt ${kept}.`, 'Sửa câu chữ hoặc thiết lập cho khớp: bà con đọc câu này.')

  const missing = missingStore(config.store)
  if (missing !== null) say('warning', `Chưa có kho dữ liệu ở ${missing}: đang tạo một kho trống.`, 'Nếu máy chủ đã chạy thì đây không phải kho của nó: lệnh này không thấy STORE và các thiết lập khác của máy chủ, xem docs/operating.md.')

  const tight = tightDisk(await freeDisk(folderOf(readStoreUrl(config.store))))
  if (tight !== null) say('error', tight, 'Dọn bớt ổ đĩa: khi đầy, tin của bà con bị từ chối, nền tảng phải gửi lại.')

  const transport = createNodeTransport()
  try {
    await withStore(config, async (store) => {
      const now = Date.now()
      const load = await store.load(now)
      say('ok', `Kho dữ liệu mở được: ${load.contacts} người nhắn, ${load.waitingEvents} tin chờ xử lý, ${load.queuedDeliveries} tin chờ gửi.`)
      for (const { file, what } of store.fileProblems?.() ?? []) say('error', `Tệp ${file} trong kho ${what === 'unreadable' ? 'không đọc được, đã để riêng' : 'không ghi được'}.`, 'Lấy lại từ bản sao lưu, hoặc xóa nếu người nhắn đã yêu cầu xóa dữ liệu.')
      if (load.openHandovers > 0) say('warning', `${load.openHandovers} người đang chờ cán bộ.`, 'Xem: npm run camnang -- handover list')
      for (const { id, kind, cause, at } of await store.deadEvents(20)) say('error', `Tin không xử lý được lúc ${tellTime(at, now)}: ${id} (${kind}, ${cause}).`, 'Gửi mã này cho người phát triển. Đã mở lại máy chủ bằng bản đã sửa: chạy doctor retry với mã này.')
      for (const { name } of await store.listEntries('alarm:automatic:')) {
        say('warning', `${name.slice('alarm:automatic:'.length)}: nền tảng đã tự động trả lời thay cán bộ.`, 'Tắt tin tự động (tin vắng mặt, trả lời nhanh) trong trang quản lý của nền tảng.')
      }
      const lines = await describeModel(config.model, store, now)
      if (config.model === null) say('ok', lines[0]!)
      else {
        const heard = await checkModel(config.model)
        say(heard === 'ok' ? 'ok' : 'error', lines.join(' '), heard === 'ok' ? null : `Máy chủ mô hình không trả lời được (${heard}): xem OPENAI_BASE_URL và OPENAI_API_KEY.`)
      }
      const platforms = createPlatforms({ config, store, transport: transport.send, now: Date.now, log: silentLog })
      // Asked first: by that a new token is taken up, and what stood there of the one before is over.
      if (config.publicUrl !== null) for (const { account, level, what, todo } of [...await platforms.check(), ...await platforms.checkTokens(now)]) say(level, `${account}: ${what}`, todo)
      for (const account of platforms.accounts) {
        const { status, code } = await readAccountState(store, account)
        if (status !== 'ok') say('error', `${account}: không gửi được tin (${status}${code === null ? '' : `, mã ${code}`}).`, 'Zalo: chạy zalo connect. Facebook, Telegram: đặt lại token.')
      }
    })
  } finally {
    await transport.close()
  }
  return errors === 0 ? 0 : 1
}
