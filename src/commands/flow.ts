import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { contentOf, formatProblems, readFiles } from '../content.ts'
import { openedFlows } from '../content/check-ways-in.ts'
import { mostChoices, stepFaults } from '../conversation/check-messages.ts'
import { isError } from '../core/problem.ts'
import { allCards, mapFlows, type FlowMap } from '../flow/map.ts'
import { mermaidOf } from '../flow/map-mermaid.ts'
import { svgOf } from '../flow/map-svg.ts'
import { readContentFolders } from '../node/files.ts'
import { ContentError } from '../node/content-error.ts'
import { contentOptions, wordFolders } from '../node/words.ts'
import { readWordSettings, UsageError, type Command, type Terminal } from './command.ts'

const usage = 'flow map [--svg TỆP] [--mermaid TỆP]'

/** `flow map`: all flows as one picture. Without a file the Mermaid text goes to the terminal. */
export const flow: Command = async ([what, ...rest], terminal) => {
  if (what !== 'map') throw new UsageError(`Cách dùng: ${usage}`)
  const { svg, mermaid } = options(rest)
  const map = await readMap(terminal)
  if (svg === undefined && mermaid === undefined) {
    terminal.out(mermaidOf(map))
    return 0
  }
  if (svg !== undefined) await writeFile(svg, svgOf(map))
  if (mermaid !== undefined) await writeFile(mermaid, mermaidOf(map))
  const marked = allCards(map).filter(({ remarks }) => remarks.length > 0)
  terminal.out(`Đã vẽ ${map.flows.length} kịch bản, ${map.steps} bước vào ${[svg, mermaid].filter((file) => file !== undefined).join(' và ')}.`)
  for (const { at, remarks } of marked) terminal.out(`  ${at.flow}/${at.step}: ${remarks.join('; ')}`)
  return 0
}

function options(args: string[]): { svg?: string | undefined; mermaid?: string | undefined } {
  try {
    return parseArgs({ args, options: { svg: { type: 'string' }, mermaid: { type: 'string' } } }).values
  } catch {
    throw new UsageError(`Cách dùng: ${usage}`)
  }
}

async function readMap(terminal: Terminal): Promise<FlowMap> {
  const files = await readContentFolders(wordFolders(readWordSettings(terminal)))
  const { parts, problems } = readFiles(files)
  if (parts === null) throw new ContentError(formatProblems(problems.filter(isError)).join('\n'))
  const content = contentOf(files, parts, contentOptions)
  const opened = openedFlows(files, content.entry)
  return mapFlows(content.flows, {
    isOpened: (id) => opened.has(id),
    articleTitle: (id) => content.articles.get(id)?.title ?? null,
    remarks: (at) => {
      const faults = stepFaults(content, at)
      const shown = content.flows.get(at.flow)!.steps[at.step]!.choices.filter(({ title }) => title !== null).length
      return [
        ...(shown > mostChoices ? [`${shown} lựa chọn, nên tối đa ${mostChoices}`] : []),
        ...(faults.some(({ path }) => path[0] !== 'choices') ? ['tin dài quá một kênh'] : []),
        ...(faults.some(({ path }) => path[2] === 'title') ? ['nút trùng nhau trên Facebook'] : []),
      ]
    },
  })
}
