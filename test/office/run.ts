/**
 * `npm run office`: the official report and the sheets opened in LibreOffice (its own code, compiled to WebAssembly), turned
 * into pages and saved as pictures to be looked at. Ends with 1 where LibreOffice refuses a file or sees no page.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeActivityForm } from '../../src/campaign/activity-sheet.ts'
import { writeOfficialReport } from '../../src/campaign/official-report-docx.ts'
import { writeOfficialWorkbook } from '../../src/campaign/official-workbook.ts'
import { tablesOf } from '../../src/content/sheets/export.ts'
import { writeWorkbook } from '../../src/content/sheets/workbook-write.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { done, heading, reportOf } from '../support/official-sample.ts'

/** What is used of the two libraries: they are installed beside this file and nowhere else, so that their types are not at hand. */
interface Converter {
  convert(file: Uint8Array, options: { outputFormat: string }, name: string): Promise<{ data: Uint8Array }>
  getPageCount(file: Uint8Array, options: { inputFormat: string }): Promise<number>
  renderPage(file: Uint8Array, options: { inputFormat: string }, page: number, width: number, height: number): Promise<{ data: Uint8Array; width: number; height: number }>
  destroy(): Promise<void>
}
interface Png { data: Uint8Array }
const libreOffice = '@matbee/libreoffice-converter/server'
const pngjs = 'pngjs'
const { createWorkerConverter } = (await import(libreOffice)) as { createWorkerConverter(): Promise<Converter> }
const { PNG } = (await import(pngjs)) as { PNG: { new (size: { width: number; height: number }): Png; sync: { write(png: Png): Uint8Array } } }

const folder = join(import.meta.dirname, 'out')
const root = join(import.meta.dirname, '../..')
const most = 6

const files: Record<string, Uint8Array> = {
  'bao-cao.docx': await writeOfficialReport(reportOf(), heading),
  'so-lieu.xlsx': await writeOfficialWorkbook(reportOf()),
  'viec-don-vi.xlsx': await writeActivityForm('Xã A', [done]),
  'noi-dung.xlsx': await writeWorkbook(tablesOf(await readContentFolders({ flowsDir: join(root, 'flows'), contentDir: join(root, 'content'), defaultsDir: join(root, 'content') })), []),
}

await mkdir(folder, { recursive: true })
const converter = await createWorkerConverter()
for (const [name, bytes] of Object.entries(files)) {
  await writeFile(join(folder, name), bytes)
  const { data: pdf } = await converter.convert(bytes, { outputFormat: 'pdf' }, name)
  await writeFile(join(folder, `${name}.pdf`), pdf)
  const pages = await converter.getPageCount(pdf, { inputFormat: 'pdf' })
  if (pages < 1) throw new Error(`${name}: no page`)
  for (let page = 0; page < Math.min(pages, most); page++) {
    await writeFile(join(folder, `${name}-${page + 1}.png`), picture(await converter.renderPage(pdf, { inputFormat: 'pdf' }, page, 1_100, 0)))
  }
  console.log(`${name}: ${pages} pages, pictures in test/office/out`)
}
await converter.destroy()
process.exit(0)

/** LibreOffice paints blue, green, red, opacity. */
function picture({ data, width, height }: { data: Uint8Array; width: number; height: number }): Uint8Array {
  const png = new PNG({ width, height })
  for (let at = 0; at < data.length; at += 4) png.data.set([data[at + 2]!, data[at + 1]!, data[at]!, 255], at)
  return PNG.sync.write(png)
}
