import { expect, it } from 'vitest'
import { findProblems } from '../../src/commands/content-check.ts'
import { isError, type Problem } from '../../src/core/problem.ts'
import { loadContent, type FileSource } from '../../src/content.ts'
import { toldOnce } from '../../src/content/told-once.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { options, today } from './support.ts'

const handbook = await readContentFolders({ flowsDir: 'flows', contentDir: 'content', defaultsDir: 'content' })
const changed = (name: string, change: (text: string) => string | null): FileSource => {
  const files = (of: FileSource['content']) => of.flatMap((file) => {
    const text = file.name === name ? change(file.text) : file.text
    return text === null ? [] : [{ ...file, text }]
  })
  return { ...handbook, flows: files(handbook.flows), content: files(handbook.content), defaults: [] }
}
const errors = (files: FileSource): string[] => findProblems(files, today).filter(isError).map(({ file, what }) => `${file}: ${what}`)

it.each<[string, FileSource, RegExp]>([
  ['a key of the province that is gone', changed('province.yaml', (text) => text.replace('  hotline:', '  hotlin:')), /^content\/province\.yaml: chỗ điền \{\{province\.hotline\}\} không có \(\d\d chỗ như vậy/],
  ['a number taken off the list', changed('contacts.yaml', (text) => text.replace(/^.*number: "113".*\n/m, '')), /^content\/contacts\.yaml: số điện thoại 113 không có .*\(\d\d chỗ như vậy/],
  ['a page taken off the list', changed('contacts.yaml', (text) => text.replace(/^.*host: dichvucong\.gov\.vn.*\n/m, '')), /^content\/contacts\.yaml: trang dichvucong\.gov\.vn không có .*\(\d+ chỗ như vậy/],
  ['an article that is gone', changed('articles/dich-vu-cong/dvc-forgot-password.md', () => null), /không có mục hỏi–đáp "dvc-forgot-password".*\(\d chỗ như vậy/],
  ['a flow that cannot be read', changed('thanh-toan.yaml', (text) => text.replace(/^title:/m, 'titel:')), /^flows\/thanh-toan\.yaml: không có khóa "titel"/],
])('%s is one finding, and one line where a server would start', (_, files, says) => {
  expect(errors(files)).toEqual([expect.stringMatching(says)])
  const loaded = loadContent(files, options)
  if ('problems' in loaded) expect(loaded.problems.length).toBeLessThanOrEqual(2)
})

const slip = (line: number, cause?: string): Problem => ({ file: 'a.yaml', line, column: 1, severity: 'error', what: 'sai', todo: 'sửa', ...(cause !== undefined && { cause }) })
const nowhere: FileSource = { flows: [], content: [], defaults: [] }

it('a few of a kind are told one by one, and so are any number with causes of their own', () => {
  expect(toldOnce([slip(3, 'phone:119'), slip(1, 'phone:119'), slip(2)], nowhere)).toEqual([slip(1), slip(2), slip(3)])
  expect(toldOnce([1, 2, 3, 4, 5].map((line) => slip(line)), nowhere)).toHaveLength(5)
  expect(toldOnce([1, 2, 3, 4].map((line) => slip(line, 'phone:119')), nowhere)).toEqual([{ ...slip(1), what: 'sai (4 chỗ như vậy: a.yaml:1, a.yaml:2, a.yaml:3…)' }])
})
