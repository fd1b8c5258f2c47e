import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createAnswerer } from '../../src/answer/retrieval.ts'
import { contentWork, type ContentWork } from '../../src/console/content/work.ts'
import { formatProblems, loadContent, type Content } from '../../src/content.ts'
import { readContentFolders, rereadContentFolders } from '../../src/node/files.ts'
import { wordFolders } from '../../src/node/words.ts'
import { writeChanges } from '../../src/node/write-files.ts'
import { world } from '../content/support.ts'
import { monday9 } from '../support/dialogue.ts'
import { openDesk, type Desk } from './support.ts'

/** The small good world of `test/fixtures` in a folder of its own, with a console that writes into it. */
export interface WritingDesk extends Desk {
  read(file: string): Promise<string>
  /** As somebody with an editor would. */
  write(file: string, text: string): Promise<void>
  /** What the running server would have read by now. */
  reload(): Promise<void>
  folders: ReturnType<typeof wordFolders>
}

export const article = 'content/articles/vneid/dvc-forgot-password.md'
export const today = monday9

/** `work`: what is computed otherwise than here and now. */
export async function openWritingDesk(more: Record<string, string> = {}, work: Partial<ContentWork> = {}): Promise<WritingDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'camnang-words-'))
  const at = (file: string): string => join(folder, file)
  const put = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(at(file)), { recursive: true })
    await writeFile(at(file), text)
  }
  const { flows, content: files } = world()
  for (const { name, text } of flows) await put(`flows/${name}`, text)
  for (const { name, text } of files) await put(`content/${name}`, text)
  for (const [file, text] of Object.entries(more)) await put(file, text)
  const folders = wordFolders({ flowsDir: at('flows'), contentDir: at('content') })
  let current: Content
  const reload = async (): Promise<void> => {
    const read = loadContent(await readContentFolders(folders), { createAnswerer })
    if ('problems' in read) throw new Error(formatProblems(read.problems).join('\n'))
    current = read.content
  }
  await reload()
  const desk = await openDesk({
    content: current!, contentNow: () => current,
    writing: { work: { ...contentWork, ...work }, files: { read: rereadContentFolders(folders), write: (changes) => writeChanges(changes, folders), refused: () => [] } },
  })
  return {
    ...desk, folders, reload,
    read: (file) => readFile(at(file), 'utf8'),
    write: put,
    async close() {
      await desk.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Every field of the first form that posts to this address, as a browser would send it. */
export function formAt(page: string, action: string): Record<string, string> {
  const start = page.indexOf(`action="${action}"`)
  if (start === -1) throw new Error(`no form for ${action}`)
  const form = page.slice(start, page.indexOf('</form>', start))
  const fields: [string, string][] = []
  for (const found of form.matchAll(/<input\b([^>]*)>|<(textarea|select)\b([^>]*)>([\s\S]*?)<\/\2>/g)) {
    const [tag, attributes, inside] = [found[2] ?? 'input', found[1] ?? found[3] ?? '', found[4] ?? '']
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1]
    if (name === undefined || (/type="checkbox"/.test(attributes) && !/\bchecked\b/.test(attributes)) || /type="file"/.test(attributes)) continue
    const value = tag === 'textarea' ? inside.replace(/^\n/, '') : tag === 'select' ? /<option value="([^"]*)" selected/.exec(inside)?.[1] ?? /<option value="([^"]*)"/.exec(inside)?.[1] ?? '' : /\bvalue="([^"]*)"/.exec(attributes)?.[1] ?? ''
    fields.push([name, unescaped(value)])
  }
  return Object.fromEntries(fields)
}

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
