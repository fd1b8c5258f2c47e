import type { Problem } from '../core/problem.ts'
import type { FileSource } from './files.ts'
import type { Parts } from './read.ts'

/** Files that are called otherwise than what is in them: people look for an article by the code that is printed. */
export function checkNames({ flows, content }: FileSource, parts: Parts): Problem[] {
  const names = new Map([...flows, ...content].map(({ file, name }) => [file, name.slice(name.lastIndexOf('/') + 1)]))
  return [
    ...[...parts.articles, ...parts.withdrawn].flatMap(({ article: { id, file }, locate }) => misnamed(names.get(file), `${id}.md`, { file, ...locate(['id']) })),
    ...parts.flows.flatMap(({ flow: { id, file }, locate }) => misnamed(names.get(file), `${id}.yaml`, { file, ...locate(['id']) })),
  ]
}

const misnamed = (name: string | undefined, meant: string, at: Pick<Problem, 'file' | 'line' | 'column'>): Problem[] =>
  (name === undefined || name.replace(/\.yml$/, '.yaml') === meant ? [] : [{ ...at, severity: 'warning', what: `tệp tên là "${name}" mà mã ghi trong tệp là "${meant.replace(/\.\w+$/, '')}"`, todo: `đổi tên tệp thành ${meant}; mã thì giữ nguyên, vì có thể đã in ra giấy` }])
