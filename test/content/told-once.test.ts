import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  ['an article copied under a new id', { ...handbook, defaults: [], content: [...handbook.content, ...handbook.content.filter(({ name }) => name.endsWith('/scam-otp.md')).map((file) => ({ name: 'articles/z/scam-otp-2.md', file: 'scam-otp-2.md', text: file.text.replace('id: scam-otp', 'id: scam-otp-2') }))] }, /^scam-otp-2\.md: câu hỏi .* đã có trong .*\(1\d chỗ như vậy/],
  ['a file in another encoding', changed('vneid.yaml', (text) => `\uFFFD\uFFFD${text.replaceAll(':', '\0:')}`), /^flows\/vneid\.yaml: tệp không phải UTF-8/],
  ['a file with nothing in it', changed('vneid.yaml', () => ''), /^flows\/vneid\.yaml: tệp trống/],
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

it('a file that an editor gave a second ending is told, since nobody reads it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'endings-'))
  try {
    await cp('flows', join(dir, 'flows'), { recursive: true })
    await cp('content', join(dir, 'content'), { recursive: true })
    await rename(join(dir, 'flows/vneid.yaml'), join(dir, 'flows/vneid.yaml.txt'))
    await cp(join(dir, 'content/articles/an-toan/scam-otp.md'), join(dir, 'content/articles/an-toan/moi.MD'))
    const files = await readContentFolders({ flowsDir: join(dir, 'flows'), contentDir: join(dir, 'content'), defaultsDir: 'content' })
    const told = findProblems(files, today).filter(({ what }) => what.includes('sai đuôi tên')).map(({ file, todo }) => `${file.slice(file.indexOf(dir) + dir.length)} ${todo}`)
    expect(told.sort()).toEqual(['/content/articles/an-toan/moi.MD đổi tên thành moi.md', '/flows/vneid.yaml.txt đổi tên thành vneid.yaml'])
  } finally {
    await rm(dir, { recursive: true })
  }
})
