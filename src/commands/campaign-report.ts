import { writeFile } from 'node:fs/promises'
import { reportOf, reportPeriod } from '../campaign/figures.ts'
import type { Report, ReportPreset } from '../campaign/report.ts'
import { vietnamDay } from '../core/time.ts'
import { dayText } from '../core/yaml.ts'
import type { CampaignDesk } from './campaign-desk.ts'
import type { CampaignWords } from './campaign-words.ts'
import { UsageError, type Terminal } from './command.ts'

/** `campaign report [ID]`: of one campaign's days, or of a half, a year, any days. */
export async function report(desk: CampaignDesk, { words: [id], given }: CampaignWords, terminal: Terminal): Promise<number> {
  const preset = await presetOf(desk, id, given)
  if (preset === null) {
    terminal.error(`Không có đợt nào mã "${id}".`)
    return 1
  }
  const made = await reportOf(preset, desk.store, vietnamDay(Date.now()))
  if (given.xlsx !== undefined && !await wrote(given.xlsx, await workbookOf(made))) {
    terminal.error(`Đã có tệp ${given.xlsx}: đặt tên khác, hoặc xóa tệp cũ trước.`)
    return 1
  }
  if (given.json === true || given.xlsx === undefined) terminal.out(JSON.stringify(made, null, given.json === true ? 0 : 2))
  else terminal.out(`Đã ghi ${given.xlsx}.`)
  return 0
}

/** What writes workbooks is loaded where one is asked for: no other command on campaigns waits for it. */
const workbookOf = async (made: Report): Promise<Uint8Array> => (await import('../campaign/report-workbook.ts')).writeReport(made)

/** False: there is one already, and it stays. */
const wrote = (file: string, bytes: Uint8Array): Promise<boolean> => writeFile(file, bytes, { flag: 'wx' }).then(() => true, (error: NodeJS.ErrnoException) => {
  if (error.code === 'EEXIST') return false
  throw error
})

async function presetOf(desk: CampaignDesk, id: string | undefined, { preset, from, to, day }: CampaignWords['given']): Promise<ReportPreset | null> {
  const days = [from, to, day].filter((one) => one !== undefined)
  if (days.some((one) => !dayText.safeParse(one).success)) throw new UsageError('Ngày phải viết năm-tháng-ngày, ví dụ 2026-10-10.')
  if ((from === undefined) !== (to === undefined)) throw new UsageError('--from và --to đi cùng nhau.')
  if (from !== undefined && to !== undefined && from > to) throw new UsageError('--from phải không sau --to.')
  if (preset !== undefined && !['after', 'half_year', 'year', 'ad_hoc'].includes(preset)) throw new UsageError('--preset chỉ nhận half_year (6 tháng), year (năm), ad_hoc (đột xuất, cùng --from và --to).')
  const today = day ?? vietnamDay(Date.now())
  if (preset === 'half_year' || preset === 'year') return { preset, day: today }
  if (from !== undefined && to !== undefined) return { preset: 'ad_hoc', period: { from, to } }
  if (id === undefined || preset === 'ad_hoc') throw new UsageError('Ghi mã đợt, hoặc --preset half_year|year, hoặc --from NGÀY --to NGÀY.')
  const record = await desk.store.loadCampaign(id)
  return record === null ? null : reportPeriod(record, desk.store, Date.now())
}
