import { nameOf } from './graph.ts'
import { allCards, cardsOf, type FlowMap, type MapCard, type MapRow } from './map.ts'

/** The map as Mermaid text (`flowchart LR`): one box of steps for each flow, articles as leaves. */
export function mermaidOf(map: FlowMap): string {
  const cards = allCards(map)
  const ids = new Map(cards.map(({ at }, index) => [nameOf(at), `s${index}`]))
  const leaves: string[] = []
  const lines = cards.flatMap((card) => card.rows.flatMap((row) => edge(ids.get(nameOf(card.at))!, row, ids, leaves)))
  const marked = cards.filter(({ remarks }) => remarks.length > 0).map(({ at }) => ids.get(nameOf(at))!)
  return [
    'flowchart LR',
    ...map.flows.flatMap(({ title, roots }, index) => [
      `  subgraph f${index}["${label(title)}"]`,
      ...cardsOf(roots).map((card) => `    ${ids.get(nameOf(card.at))}["${label(told(card))}"]`),
      '  end',
    ]),
    ...leaves.map((leaf) => `  ${leaf}`),
    ...lines.map((line) => `  ${line}`),
    '  classDef article fill:#e8f5e9,stroke:#2e7d32',
    '  classDef person fill:#e3f2fd,stroke:#1565c0',
    '  classDef wrong fill:#fdecea,stroke:#c62828,stroke-width:3px',
    ...(marked.length === 0 ? [] : [`  class ${marked.join(',')} wrong`]),
    '',
  ].join('\n')
}

const told = ({ at, says, remarks }: MapCard): string => [`${at.step}: ${says.replace(/\s+/g, ' ').trim()}`, ...remarks.map((remark) => `⚠ ${remark}`)].join('<br/>')

function edge(from: string, { number, says, leads, isDeep }: MapRow, ids: ReadonlyMap<string, string>, leaves: string[]): string[] {
  const arrow = `-- "${label(number === null ? says : `${number}. ${says}`)}" -->`
  switch (leads.to) {
    case 'article':
      leaves.push(`l${leaves.length}(["${label(leads.title)}"]):::${isDeep ? 'wrong' : 'article'}`)
      return [`${from} ${arrow} l${leaves.length - 1}`]
    case 'person':
      leaves.push(`l${leaves.length}(["Gặp cán bộ"]):::person`)
      return [`${from} ${arrow} l${leaves.length - 1}`]
    case 'card': return [`${from} ${arrow} ${ids.get(nameOf(leads.card.at))}`]
    case 'elsewhere': {
      const to = ids.get(nameOf(leads.at))
      return to === undefined ? [] : [`${from} ${arrow.replace('-- ', '-. ').replace(' -->', ' .->')} ${to}`]
    }
  }
}

/** Between quotes, Mermaid takes entities for its own signs; a line break stays one. */
const label = (text: string): string => text.replace(/[&"<>#;]|`/g, (sign) => `#${sign.codePointAt(0)};`).replaceAll('#60;br/#62;', '<br/>')
