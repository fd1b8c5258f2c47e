/** What the pages of figures, comments, codes and reports need beside the console's own style, and how they are printed. */
export const figuresStyle = `
.chart { display: block; width: 100%; max-width: 44rem; height: auto; margin: 0 0 .6rem } .chart text { font: 11px system-ui, sans-serif; fill: var(--soft); stroke: none }
.grid-line { stroke: var(--line); stroke-width: 1 } .bar { fill: var(--bar) } .part-bar { fill: var(--accent) } .line-bar { display: inline-block; width: 7rem; height: .6rem; vertical-align: middle } .line-bar .bar { fill: var(--accent) }
:root { --bar: #a9cdc4 } @media (prefers-color-scheme: dark) { :root { --bar: #3b665c } }
.with-bar { display: inline-flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: center; font-variant-numeric: tabular-nums }
.spans { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; margin: 0 0 1rem } .spans li { margin: 0 } .spans [aria-current] { border-color: var(--accent); color: var(--accent) }
.span-form { display: flex; flex-wrap: wrap; gap: .2rem 1rem; align-items: end; margin: 0 } .span-form .field { margin: 0 0 .4rem } .span-form .field input, .span-form .field select { min-width: 11rem } .span-form button { margin: 0 0 .4rem }
.comment { border-top: 1px solid var(--line); padding: .9rem 0 .4rem } .comment:first-of-type { border-top: 0 } .comment > p { margin: 0 0 .5rem } .comment form { margin: 0 0 .6rem }
@media (max-width: 50rem) { .chart text { font-size: 16px } .line-bar { width: 5rem } }
`
