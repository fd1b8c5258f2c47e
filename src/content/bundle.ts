import * as z from 'zod'
import { byName, type FileSource } from './files.ts'

const text = z.object({ name: z.string(), file: z.string(), text: z.string() })
const schema = z.object({
  flows: z.array(text),
  content: z.array(text),
  defaults: z.array(text),
  assets: z.array(z.object({ name: z.string(), bytes: z.number() })).optional(),
})

/** All files as one JSON text, for where there is no disk. The same files give the same bytes, in whatever order they come. */
export function bundleOf({ flows, content, defaults, assets = [] }: FileSource): string {
  return `${JSON.stringify({ flows: flows.toSorted(byName), content: content.toSorted(byName), defaults: defaults.toSorted(byName), assets: assets.toSorted(byName) }, null, 1)}\n`
}

/** The files of a bundle, already parsed from JSON. Throws where it is none. */
export function filesOfBundle(bundle: unknown): FileSource {
  const { assets, ...texts } = schema.parse(bundle)
  return assets === undefined ? texts : { ...texts, assets }
}
