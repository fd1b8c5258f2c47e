import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import { bundleOf, formatProblems, loadContent } from '../content.ts'
import { findProblems } from '../conversation/find-problems.ts'
import { isError } from '../core/problem.ts'
import { vietnamDay } from '../core/time.ts'
import { writeBuilt } from '../node/built-folder.ts'
import { readContentFolders } from '../node/files.ts'
import { ContentError } from '../node/content-error.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import { buildSite } from '../site/build.ts'
import { chatAccounts } from '../site/site.ts'
import { readWordSettings, UsageError, type Terminal } from './command.ts'

/** As of `bundleOf`. */
export const deflate = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, { level: 9 })

const bundlePath = '.worker/content.json'

/** `content build`: all files as one module for where there is no disk. With `--site`: the pages as static files. Neither is made of files in which the check finds an error: there nobody leaves a faulty one out. */
export async function build(args: string[], terminal: Terminal): Promise<number> {
  const { site, url } = options(args)
  const settings = readWordSettings(terminal)
  const files = await readContentFolders(wordFolders(settings))
  const errors = findProblems(files, Date.now()).filter(isError)
  if (errors.length > 0) throw new ContentError([...formatProblems(errors), `Chưa gói được: còn ${errors.length} lỗi. Sửa rồi chạy lại.`].join('\n'))
  const read = loadContent(files, contentOptions)
  if ('problems' in read) throw new ContentError(formatProblems(read.problems).join('\n'))

  if (site === null) {
    await mkdir(dirname(bundlePath), { recursive: true })
    await writeFile(bundlePath, bundleOf(files, deflate))
    terminal.out(`Đã gói nội dung vào ${bundlePath}.`)
    return 0
  }
  const day = vietnamDay(Date.now())
  const built = await buildSite({ content: read.content, day, accounts: chatAccounts(settings), url, origin: settings.publicUrl })
  const copies = built.assets.map(({ name, asset }) => ({ name, copyOf: join(settings.contentDir, 'assets', asset.file) }))
  const { removed } = await writeBuilt(site, [...built.pages, ...copies])
  terminal.out(`Đã viết ${built.pages.length} trang, ${copies.length} tệp vào ${site}${removed === 0 ? '' : `, bỏ ${removed} tệp cũ`}. Mục quá hạn rà soát sau hôm nay chỉ đổi khi chạy lại lệnh.`)
  if (url === null && settings.publicUrl === null) terminal.out('Chưa có --url hoặc PUBLIC_URL nên các trang không có mã QR.')
  return 0
}

function options(args: string[]): { site: string | null; url: string | null } {
  try {
    const { site = null, url = null } = parseArgs({ args, options: { site: { type: 'string' }, url: { type: 'string' } } }).values
    if (url !== null && (site === null || URL.parse(url)?.protocol !== 'https:')) throw new Error('--url')
    return { site, url }
  } catch {
    throw new UsageError('Cách dùng: content build [--site THƯ_MỤC [--url https://…]]')
  }
}
