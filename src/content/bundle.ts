import * as z from 'zod'
import { byName, type FileSource, type TextFile } from './files.ts'

const text = z.object({ name: z.string(), file: z.string(), text: z.string() })
/** Without a text: the one of the same name in `content`, which is the same nearly always and need not be sent twice. */
const lent = z.object({ ...text.shape, text: z.string().optional() })
const schema = z.object({
  flows: z.array(text),
  content: z.array(text),
  defaults: z.array(lent),
  assets: z.array(z.object({ name: z.string(), bytes: z.number() })).optional(),
})

/** All files as one JSON text, for where there is no disk. The same files give the same bytes, in whatever order they come. */
export function bundleOf({ flows, content, defaults, assets = [] }: FileSource): string {
  const own = textsOf(content)
  const lentFiles = defaults.map(({ name, file, text }) => (own.get(name) === text ? { name, file } : { name, file, text }))
  return `${JSON.stringify({ flows: flows.toSorted(byName), content: content.toSorted(byName), defaults: lentFiles.toSorted(byName), assets: assets.toSorted(byName) }, null, 1)}\n`
}

/** The files of a bundle, already parsed from JSON. Throws where it is none. */
export function filesOfBundle(bundle: unknown): FileSource {
  const { assets, defaults, ...texts } = schema.parse(bundle)
  const own = textsOf(texts.content)
  const files = { ...texts, defaults: defaults.map(({ name, file, text }) => ({ name, file, text: text ?? own.get(name) ?? missing(name) })) }
  return assets === undefined ? files : { ...files, assets }
}

const textsOf = (files: readonly TextFile[]): ReadonlyMap<string, string> => new Map(files.map(({ name, text }) => [name, text]))

function missing(name: string): never {
  throw new Error(`the bundle has no text of ${name}`)
}
