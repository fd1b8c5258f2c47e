import { writeFile } from 'node:fs/promises'
import { reportOf, reportPeriod } from '../campaign/figures.ts'
import { writeReport } from '../campaign/report-workbook.ts'
import type { ReportPreset } from '../campaign/report.ts'
import { vietnamDay } from '../core/time.ts'
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
  const made = await reportOf(preset, desk.store)
  if (given.xlsx !== undefined) await writeFile(given.xlsx, await writeReport(made), { flag: 'wx' })
  if (given.json === true || given.xlsx === undefined) terminal.out(JSON.stringify(made, null, given.json === true ? 0 : 2))
  else terminal.out(`Đã ghi ${given.xlsx}.`)
  return 0
}

async function presetOf(desk: CampaignDesk, id: string | undefined, { preset, from, to, day }: CampaignWords['given']): Promise<ReportPreset | null> {
  const today = day ?? vietnamDay(Date.now())
  if (preset === 'half_year' || preset === 'year') return { preset, day: today }
  if (from !== undefined && to !== undefined) return { preset: 'ad_hoc', period: { from, to } }
  if (id === undefined) throw new UsageError('Ghi mã đợt, hoặc --preset half_year|year, hoặc --from NGÀY --to NGÀY.')
  const record = await desk.store.loadCampaign(id)
  return record === null ? null : reportPeriod(record, desk.store, Date.now())
}
