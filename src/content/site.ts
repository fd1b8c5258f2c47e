import * as z from 'zod'
import type { Problem } from '../core/problem.ts'
import { keys, readYaml, someText } from '../core/yaml.ts'
import type { TextFile } from './files.ts'

export const siteSchema = keys({
  groups: z.record(z.string().regex(/^[a-z0-9-]{1,48}$/, 'tên nhóm viết sai → viết đúng tên thư mục con của content/articles'), someText).describe('Tên thư mục con của articles: tên hiện ra.'),
}).describe('Tên các nhóm trên trang danh mục, theo thứ tự hiện ra.')

/** `site.yaml`: what the folders of `articles/` are called on the pages, in the order they are shown. */
export function parseSite({ file, text }: TextFile): { groups: Readonly<Record<string, string>>; problems: Problem[] } {
  const { value, problems } = readYaml(file, text, siteSchema)
  return { groups: value?.groups ?? {}, problems }
}
