import { html } from 'hono/html'
import type { Content } from '../content.ts'
import type { AccountKey } from '../core/contact.ts'
import { clean } from '../core/text.ts'
import { dayAfter, vietnamDay, type Clock } from '../core/time.ts'
import { codeKey, nothing, ranked } from '../campaign/asked.ts'
import type { FiguresReader } from '../campaign/asked-read.ts'
import type { Asked, Guard } from './guard.ts'
import { leadsOf, posterOf, titleOf, type Poster } from './links.ts'
import { countedDays, linksPage, posterPage, type Wanted } from './links-page.ts'
import { linksPath } from './paths.ts'

export interface LinksPorts {
  content: () => Content | null
  /** Accounts a citizen can write to. */
  accounts: () => readonly AccountKey[]
  /** A bot's name; null for what has none, or where nobody knows it now. */
  nameOf: (account: AccountKey) => Promise<string | null>
  figures: FiguresReader
  now: Clock
}

const longest = { place: 60, headline: 80 }
/** In the table of codes that were used. */
const mostUsed = 100

/** `QR và liên kết`: codes, sheets to print, counts. */
export function linksRoutes(guard: Guard, { content, accounts, nameOf, figures, now }: LinksPorts): void {
  guard.on('GET /qr', async (asked) => {
    const [words, wanted, today] = [content(), wantedBy(asked), vietnamDay(now())]
    const { byEntry, byCode } = await figures({ from: dayAfter(today, 1 - countedDays), to: today }, now())
    const title = words === null ? null : titleOf(words, wanted.ref)
    const posters = wanted.ref === '' || title === null ? [] : await Promise.all(accounts().map((account) => made(account, wanted)))
    return asked.show({ title: 'QR và liên kết', section: linksPath, again: null }, linksPage({
      leads: words === null ? null : leadsOf(words), wanted, title,
      posters: posters.map((poster) => ({ ...poster, used: (byCode.get(codeKey(poster.ref, poster.account)) ?? nothing).turns })),
      used: ranked(byEntry).slice(0, mostUsed).map(([ref, tally]) => ({ ref, title: words === null ? null : titleOf(words, ref), ...tally })),
    }))
  })

  guard.on('GET /qr/in', async (asked) => {
    const found = await wantedPoster(asked)
    if (found === null) return nothingThere(asked)
    return asked.show({ title: `Tờ in: ${found.title}`, section: linksPath, again: null }, posterPage({ ...found, province: content()?.province.values ?? {} }))
  })

  guard.on('GET /qr/ma.svg', async (asked) => {
    const found = await wantedPoster(asked)
    if (found === null || found.poster.svg === null) return asked.c.text('', 404)
    const name = `ma-${found.poster.ref}-${found.poster.account.replaceAll(/[^\w-]/g, '-')}.svg`
    return asked.c.body(found.poster.svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` })
  })

  const made = async (account: AccountKey, { ref, place }: Wanted): Promise<Poster> => posterOf(account, await nameOf(account), ref, place)

  /** Null where there is no such account, or the code opens nothing. */
  async function wantedPoster(asked: Asked): Promise<{ poster: Poster; wanted: Wanted; title: string } | null> {
    const wanted = wantedBy(asked)
    const account = accounts().find((each) => each === asked.c.req.query('tk'))
    const words = content()
    const title = words === null ? null : titleOf(words, wanted.ref)
    return account === undefined || title === null ? null : { poster: await made(account, wanted), wanted, title }
  }
}

/** Codes are of letters, digits and hyphens: whatever else was asked for opens nothing. */
function wantedBy({ c }: Asked): Wanted {
  const given = (name: string, most: number): string => clean(c.req.query(name) ?? '').trim().slice(0, most)
  const ref = c.req.query('mo') ?? ''
  return { ref: /^[a-z0-9][a-z0-9_-]{0,63}$/.test(ref) ? ref : '', place: given('noi', longest.place), headline: given('chu', longest.headline) }
}

const nothingThere = ({ show }: Asked): Promise<Response> =>
  show({ title: 'Không có mã này', section: linksPath, again: null }, html`<h1>Không có mã này</h1><p><a href="${linksPath}">← Về trang mã</a></p>`, 404)
