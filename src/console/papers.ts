import type { Activity, UnitActivities } from '../campaign/activities.ts'
import type { SheetFault } from '../campaign/activity-sheet.ts'
import type { ReportHeading } from '../campaign/official-heading.ts'
import type { OfficialReport } from '../campaign/official-report.ts'

/**
 * Documents that officers take home and bring back. Each takes up to a tenth of a second of computing: an entry that answers citizens
 * on the same thread runs it on another; what goes in and comes out can therefore be cloned.
 */
export interface Papers {
  /** The official report as a .docx. */
  report(report: OfficialReport, heading: ReportHeading): Promise<Uint8Array>
  /** The figures behind it as an .xlsx. */
  reportFigures(report: OfficialReport): Promise<Uint8Array>
  /** The .xlsx that a unit fills in. */
  unitForm(unit: string, activities: readonly Activity[]): Promise<Uint8Array>
  /** What a unit filled in; `today` in Viet Nam. */
  readUnitForm(bytes: Uint8Array, today: string): Promise<UnitActivities | { faults: SheetFault[] }>
}

/** Here and now, on the thread that asks. What writes documents is loaded when it is first needed. */
export const papers: Papers = {
  report: async (...given) => (await import('../campaign/official-report-docx.ts')).writeOfficialReport(...given),
  reportFigures: async (...given) => (await import('../campaign/official-workbook.ts')).writeOfficialWorkbook(...given),
  unitForm: async (...given) => (await import('../campaign/activity-sheet.ts')).writeActivityForm(...given),
  readUnitForm: async (...given) => (await import('../campaign/activity-sheet.ts')).readActivityForm(...given),
}
