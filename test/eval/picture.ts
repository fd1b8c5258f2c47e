import type { CurvePoint } from './curve.ts'

const [width, height] = [720, 420]
const plot = { left: 64, right: 690, top: 34, bottom: 340 }
/** The axes: what is answered and right from 50 to 100 %, what is answered in vain from 0 to 20 %. */
const [leastRight, mostRisk] = [0.5, 0.2]

const x = (right: number): number => plot.left + ((Math.max(leastRight, right) - leastRight) / (1 - leastRight)) * (plot.right - plot.left)
const y = (risk: number): number => plot.bottom - (Math.min(mostRisk, risk) / mostRisk) * (plot.bottom - plot.top)
const at = (value: number): string => value.toFixed(1)

/** The curve as an SVG that reads on light and dark pages; `threshold` is where the answerer stands. */
export function drawRiskCoverage(curve: readonly CurvePoint[], threshold: number, about: string): string {
  const chosen = curve.filter(({ sure }) => sure >= threshold).at(-1)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">Risk against coverage: ${about}</title>
<style>
  svg { background: #fff; font: 13px system-ui, sans-serif }
  text { fill: #24292f } .grid { stroke: #d0d7de } .axis { stroke: #57606a } .budget { stroke-dasharray: 5 4; opacity: .75 }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round } .foreign { stroke: #b35900 } .wrong { stroke: #0b62c4 } .chosen { stroke: #1a7f37; stroke-width: 2 }
  .t-foreign { fill: #b35900 } .t-wrong { fill: #0b62c4 } .t-chosen { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d } .axis { stroke: #9198a1 }
    .foreign { stroke: #ffa657 } .wrong { stroke: #79c0ff } .chosen { stroke: #56d364 }
    .t-foreign { fill: #ffa657 } .t-wrong { fill: #79c0ff } .t-chosen { fill: #56d364 }
  }
</style>
${grid()}
<line class="budget foreign" x1="${plot.left}" x2="${plot.right}" y1="${y(0.05)}" y2="${y(0.05)}"/>
<line class="budget wrong" x1="${plot.left}" x2="${plot.right}" y1="${y(0.03)}" y2="${y(0.03)}"/>
<text class="t-foreign" x="${plot.left + 6}" y="${y(0.05) - 5}">budget: 5 % of foreign questions</text>
<text class="t-wrong" x="${plot.left + 6}" y="${y(0.03) + 15}">budget: 3 % of questions in scope</text>
${chosen === undefined ? '' : chosenMark(chosen)}
<path class="line foreign" d="${path(curve, ({ foreign }) => foreign)}"/>
<path class="line wrong" d="${path(curve, ({ wrong }) => wrong)}"/>
<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 38}" text-anchor="middle">questions in scope that are answered with the right article</text>
<text x="${plot.left - 44}" y="${plot.top - 14}">answered in vain</text>
<line class="line foreign" x1="${plot.left}" x2="${plot.left + 26}" y1="${height - 16}" y2="${height - 16}"/><text x="${plot.left + 34}" y="${height - 11}">foreign questions answered</text>
<line class="line wrong" x1="${plot.left + 240}" x2="${plot.left + 266}" y1="${height - 16}" y2="${height - 16}"/><text x="${plot.left + 274}" y="${height - 11}">in scope, answered with the wrong article</text>
</svg>
`
}

function grid(): string {
  const upright = [0.5, 0.6, 0.7, 0.8, 0.9, 1].map((right) =>
    `<line class="grid" x1="${at(x(right))}" x2="${at(x(right))}" y1="${plot.top}" y2="${plot.bottom}"/><text x="${at(x(right))}" y="${plot.bottom + 18}" text-anchor="middle">${Math.round(100 * right)} %</text>`)
  const level = [0, 0.05, 0.1, 0.15, 0.2].map((risk) =>
    `<line class="${risk === 0 ? 'axis' : 'grid'}" x1="${plot.left}" x2="${plot.right}" y1="${at(y(risk))}" y2="${at(y(risk))}"/><text x="${plot.left - 8}" y="${at(y(risk) + 4)}" text-anchor="end">${Math.round(100 * risk)} %</text>`)
  return [...upright, ...level].join('\n')
}

const chosenMark = ({ right }: CurvePoint): string =>
  `<line class="chosen" x1="${at(x(right))}" x2="${at(x(right))}" y1="${plot.top}" y2="${plot.bottom}"/>
<text class="t-chosen" x="${at(x(right) - 6)}" y="${plot.top + 14}" text-anchor="end">the threshold in use</text>`

/** As steps would hide each other at the left edge, only what is inside the plot is drawn. */
const path = (curve: readonly CurvePoint[], risk: (point: CurvePoint) => number): string =>
  curve.filter((point) => point.right >= leastRight && risk(point) <= mostRisk).map((point, i) => `${i === 0 ? 'M' : 'L'}${at(x(point.right))} ${at(y(risk(point)))}`).join('')
