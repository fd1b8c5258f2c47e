import type { Problem } from '../core/problem.ts'
import { mainFlow } from '../flow/flow.ts'
import { nameOf, reachable, startOf } from '../flow/graph.ts'
import { campaignFiles } from './calendar.ts'
import type { FileSource } from './files.ts'
import type { Parts } from './read.ts'

/**
 * Flows that nobody comes to: no words open them, no other flow leads there, no menu, printed code or campaign does. Only
 * where the main menu is written: the one that is made holds all flows.
 */
export function checkWaysIn(files: FileSource, { flowSet, flows, entry }: Parts): Problem[] {
  if (!flowSet.has(mainFlow)) return []
  const opened = openedFlows(files, entry.entry)
  const ways = [...flowSet.values()].filter(({ id, triggers }) => id === mainFlow || triggers.length > 0 || opened.has(id)).map(startOf)
  const reached = reachable(flowSet, ways)
  return flows.filter(({ flow }) => !Object.keys(flow.steps).some((step) => reached.has(nameOf({ flow: flow.id, step })))).map(({ flow, locate }): Problem => ({
    file: flow.file, ...locate(['id']), severity: 'warning',
    what: `không ai tới được kịch bản "${flow.title}": không có triggers, không kịch bản nào dẫn sang, không có trong menu`, todo: `thêm triggers (lời bà con hay nhắn), hoặc thêm dòng goto: ${flow.id} vào một menu, hoặc xóa tệp`,
  }))
}

/** Flows that are opened from outside all flows: the menus of the platforms, printed codes, buttons of campaigns. */
export function openedFlows(files: FileSource, { persistentMenu, iceBreakers, commands, refs }: Parts['entry']['entry']): ReadonlySet<string> {
  const opens = [...persistentMenu, ...iceBreakers, ...commands].map((item) => item.opens).concat(Object.values(refs), campaignFiles(files).map(({ text }) => text))
  return new Set(opens.flatMap((text) => [...text.matchAll(/(?<![\w-])flow:([a-z0-9-]+)/g)].map(([, id]) => id!)))
}
