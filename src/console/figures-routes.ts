import { writeCsv } from '../content/sheets/csv.ts'
import type { Content } from '../content.ts'
import { dayAfter, vietnamDay, type Clock } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { Store } from '../store/ports.ts'
import { figuresPage } from './figures-page.ts'
import type { FiguresReader } from '../campaign/asked-read.ts'
import { daysIn, spanBefore, type Span } from '../campaign/report.ts'
import { handoversIn } from '../campaign/waiting.ts'
import { tableNames, tablesOf, type FigureTable } from './figures-tables.ts'
import type { Asked, Guard } from './guard.ts'
import { figuresPath } from './paths.ts'

export interface FiguresPorts {
  store: Pick<Store, 'handoversAsked'>
  figures: FiguresReader
  content: () => Content | null
  now: Clock
}

/** Whoever wants more asks for the report. */
const longest = 800

/** `Số liệu`, and each of its tables as a file. */
export function figuresRoutes(guard: Guard, { store, figures: read, content, now }: FiguresPorts): void {
  const tables = async (span: Span) => {
    const [figures, handovers] = await Promise.all([read(span, now()), handoversIn(store, span)])
    return { figures, tables: tablesOf({ span, figures, handovers, content: content() }) }
  }

  guard.on('GET /so-lieu', async (asked) => {
    const today = vietnamDay(now())
    const { span, error } = spanOf(asked, today)
    const before = spanBefore(span)
    const [seen, { total: earlier }] = await Promise.all([tables(span), read(before, now())])
    return asked.show({ title: 'Số liệu', section: figuresPath, again: null }, figuresPage({ span, before, today, earlier, error, ...seen }), error === null ? 200 : 422)
  })

  guard.on('GET /so-lieu/tai-ve', async (asked) => {
    const { span, error } = spanOf(asked, vietnamDay(now()))
    const name = tableNames.find((each) => each === asked.c.req.query('bang'))
    if (name === undefined || error !== null) return asked.c.text('', 404)
    const { tables: all } = await tables(span)
    const csv = csvOf(all.find((each) => each.name === name)!)
    return asked.c.body(csv, 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="so-lieu-${name}-${span.from}-${span.to}.csv"` })
  })
}

/** Pure. */
export const csvOf = ({ columns, rows }: Pick<FigureTable, 'columns' | 'rows'>): string => writeCsv([columns, ...rows.map((row) => row.map(String))])

/** The last thirty days where nothing is asked for; `error` where what was asked for is no span. */
function spanOf({ c }: Asked, today: string): { span: Span; error: string | null } {
  const [from, to] = [c.req.query('tu') ?? '', c.req.query('den') ?? '']
  const usual = { from: dayAfter(today, -29), to: today }
  if (from === '' && to === '') return { span: usual, error: null }
  if (!isDay(from) || !isDay(to) || from > to) return { span: usual, error: 'Chọn ngày đầu không muộn hơn ngày cuối. Đang hiện 30 ngày gần đây.' }
  if (daysIn({ from, to }) > longest) return { span: usual, error: `Chọn không quá ${longest} ngày. Đang hiện 30 ngày gần đây.` }
  return { span: { from, to }, error: null }
}

const isDay = (text: string): boolean => dayText.safeParse(text).success
