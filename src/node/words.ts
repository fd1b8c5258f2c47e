import { fileURLToPath } from 'node:url'
import { createAnswerer } from '../answer/retrieval.ts'
import type { ContentOptions } from '../content.ts'
import type { ContentFolders } from './files.ts'

/** Where this installation's words are; `content/` of the project fills in what a province's own folder does not have. */
export const wordFolders = (config: { flowsDir: string; contentDir: string }): ContentFolders => ({
  ...config,
  defaultsDir: fileURLToPath(new URL('../../content', import.meta.url)),
})

/** The Answerer of this installation: local retrieval, no network. */
export const contentOptions: ContentOptions = { createAnswerer }
