/** What the pages of figures, comments, codes and reports need beside the console's own style, and how they are printed. */
export const figuresStyle = `
.chart { display: block; width: 100%; max-width: 44rem; height: auto; margin: 0 0 .6rem } .chart text { font: 11px system-ui, sans-serif; fill: var(--soft); stroke: none }
.grid-line { stroke: var(--line); stroke-width: 1 } .bar { fill: var(--bar) } .part-bar { fill: var(--accent) } .line-bar { display: inline-block; flex: none; width: 6rem; height: .6rem; vertical-align: middle } .line-bar .bar { fill: var(--accent) }
:root { --bar: #a9cdc4 } @media (prefers-color-scheme: dark) { :root { --bar: #3b665c } }
.card > table + p { margin-top: .8rem } .num { white-space: nowrap; font-variant-numeric: tabular-nums } .with-bar { display: inline-flex; gap: .6rem; align-items: center } select { max-width: 36rem }
.spans { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; margin: 0 0 1rem } .spans li { margin: 0 } .spans [aria-current] { border-color: var(--accent); color: var(--accent) }
.span-form { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: end; margin: 0 } .span-form .field { margin: 0 0 .4rem } .span-form .field input, .span-form .field select { min-width: 11rem } .span-form button { margin: 0 0 .4rem }
.comment { border-top: 1px solid var(--line); padding: .9rem 0 .4rem } .comment:first-of-type { border-top: 0 } .comment > p { margin: 0 0 .5rem } .comment form { margin: 0 0 .6rem }
.posters { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)) } .poster-code { border: 1px solid var(--line); border-radius: 12px; padding: .8rem .9rem } .poster-code h3 { margin: 0 0 .6rem } .poster-code > :last-child { margin-bottom: 0 }
.qr-code { display: block; width: 11rem; height: 11rem; background: #fff; border-radius: 8px; margin: 0 0 .6rem }
.poster { background: #fff; color: #111; border: 1px solid var(--line); border-radius: 12px; padding: 2rem 1.4rem; max-width: 44rem; margin: 0 auto 1rem; text-align: center; font-size: 1.2rem } .poster h1 { font-size: clamp(1.6rem, 5vw, 2.6rem); margin: .3rem 0 1rem } .poster .qr-code { width: min(22rem, 100%); height: auto; aspect-ratio: 1; margin: 0 auto 1rem } .poster ol { display: inline-block; text-align: left; margin: 0 0 1rem } .poster-from { font-weight: 600 } .poster-word { font-family: ui-monospace, "DejaVu Sans Mono", monospace; white-space: nowrap } .poster-ref { color: #555; font-size: .85rem; margin: 0 }
@media (max-width: 50rem) { .chart text { font-size: 16px } .line-bar { width: 5rem } }
@media print { .top, .foot, .skip, .no-print { display: none } @page { size: A4; margin: 12mm } body { background: #fff } main { max-width: none; padding: 0 } .poster { border: 0; max-width: none; padding: 6mm 0; font-size: 18pt } .poster h1 { font-size: 34pt } .poster .qr-code { width: 110mm; height: 110mm } .poster-foot { font-size: 15pt } .poster-ref { font-size: 10pt } }
`
