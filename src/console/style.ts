/** The console's one look: calm, large enough for tired eyes, one column on a phone, light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f5f7f7; --card: #fff; --ink: #1b1f24; --soft: #525a63; --line: #d3d8dd; --tint: #edf3f1; --edge: #7b858e;
  --accent: #00604e; --on-accent: #fff; --link: #004e9a;
  --good: #0b6b37; --good-tint: #e3f4e9; --warn: #7a4a00; --warn-tint: #fff1d0; --bad: #a1121c; --bad-tint: #fde8e8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111518; --card: #1a2025; --ink: #eceff1; --soft: #b4bcc4; --line: #38414a; --tint: #1d2b29; --edge: #8b959e;
    --accent: #6fd3ba; --on-accent: #06231c; --link: #8fc4ff;
    --good: #7fdca4; --good-tint: #143524; --warn: #f2c36b; --warn-tint: #3a2c0c; --bad: #ffa3a3; --bad-tint: #43191c;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; overflow-wrap: anywhere }
a { color: var(--link); text-underline-offset: .15em }
:focus-visible, input[type^=date]:focus-within { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px }
.skip { position: absolute; left: -999rem } .skip:focus { left: .5rem; top: .5rem; padding: .5rem 1rem; background: var(--card); z-index: 1 }
.top { background: var(--card); border-bottom: 3px solid var(--accent) }
.top > div { max-width: 68rem; margin: 0 auto; padding: .6rem 1rem 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.2rem }
.brand { font-weight: 700; color: var(--accent); padding: .25rem 0 .5rem } .brand a { color: inherit; text-decoration: none }
.nav { display: flex; flex-wrap: wrap; gap: 0 .25rem; margin: 0; padding: 0; list-style: none }
.nav a { display: block; padding: .45rem .58rem .5rem; color: var(--ink); text-decoration: none; border-bottom: 4px solid transparent }
.nav a:hover { background: var(--tint) } .nav a[aria-current] { border-color: var(--accent); font-weight: 650; color: var(--accent) }
.nav > li { margin: 0 } .more { border: 0; padding: 0; margin: 0; position: relative } .more[open] { padding: 0 } .more summary { padding: .45rem .58rem .5rem; font-weight: 400; border-bottom: 4px solid transparent } .more summary.here { border-color: var(--accent); font-weight: 650; color: var(--accent) }
.more ul { position: absolute; right: 0; z-index: 2; min-width: 15rem; margin: 0; padding: .4rem 0; list-style: none; background: var(--card); border: 1px solid var(--edge); border-radius: 10px; box-shadow: 0 8px 24px #0003 } .more li { margin: 0 } .more li a { border-bottom: 0; border-left: 4px solid transparent }
@media (max-width: 46rem) { .more ul { position: static; min-width: 0; box-shadow: none } }
main { max-width: 68rem; margin: 0 auto; padding: 1rem }
main.narrow { max-width: 30rem }
h1 { font-size: 1.6rem; line-height: 1.3; margin: .5rem 0 1rem; text-wrap: balance } h2 { font-size: 1.2rem; line-height: 1.35; margin: 0 0 .6rem } h3 { font-size: 1.05rem; margin: 1rem 0 .4rem }
p, ul, ol, dl { margin: 0 0 .8rem } ul, ol { padding-left: 1.4rem } li { margin: 0 0 .35rem }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.soft { color: var(--soft) } small, .small { font-size: .93rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.1rem; margin: 0 0 1rem } .card > :last-child { margin-bottom: 0 } .card > h3:first-child { margin-top: 0 }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); margin: 0 0 1rem } .grid .card { margin: 0 }
.figures + p, .figures + table { margin-top: .8rem } .figures { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); margin: 0; padding: 0; list-style: none }
.figures li { margin: 0; background: var(--tint); border-radius: 10px; padding: .7rem .9rem } .figures b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums }
.todo { list-style: none; margin: 0; padding: 0 } .todo li { border-top: 1px solid var(--line); padding: .6rem 0; margin: 0; display: flex; gap: .3rem 1rem; flex-wrap: wrap; justify-content: space-between; align-items: baseline } .todo li:first-child { border-top: 0; padding-top: 0 } .todo li:last-child { padding-bottom: 0 }
.tag { display: inline-block; border-radius: 999px; padding: .05rem .65rem; font-size: .93rem; font-weight: 600; background: var(--tint); color: var(--ink); white-space: nowrap }
.tag.good { background: var(--good-tint); color: var(--good) } .tag.warn { background: var(--warn-tint); color: var(--warn) } .tag.bad { background: var(--bad-tint); color: var(--bad) }
.notice { border-left: 6px solid var(--accent); background: var(--tint); border-radius: 8px; padding: .75rem 1rem; margin: 0 0 1rem }
.notice.good { border-color: var(--good); background: var(--good-tint) } .notice.warn { border-color: var(--warn); background: var(--warn-tint) } .notice.bad { border-color: var(--bad); background: var(--bad-tint) } .notice p:last-child { margin: 0 }
.button, button { display: inline-block; font: inherit; font-weight: 600; line-height: 1.3; padding: .6rem 1.05rem; min-height: 2.75rem; border: 2px solid var(--accent); border-radius: 9px; background: var(--card); color: var(--accent); text-decoration: none; text-align: center; cursor: pointer }
.main-button { background: var(--accent); color: var(--on-accent) } .danger { border-color: var(--bad); color: var(--bad) } .quiet { border-color: var(--edge); color: var(--ink) }
button:hover, .button:hover { filter: brightness(1.06) }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center } .row form { margin: 0 }
form { margin: 0 0 1rem } .field { margin: 0 0 1rem } label, .label { display: block; font-weight: 600; margin: 0 0 .3rem } .hint { color: var(--soft); font-size: .95rem; margin: 0 0 .3rem }
input[type=text], input[type=password], input[type=search], input[type=date], input[type=datetime-local], input[type=file], select, textarea { display: block; width: 100%; font: inherit; color: inherit; background: var(--card); border: 1.5px solid var(--edge); border-radius: 8px; padding: .55rem .7rem; min-height: 2.75rem }
input:not([type=hidden]) { max-width: 36rem } textarea { min-height: 9rem; resize: vertical } .field.wrong input, .field.wrong select, .field.wrong textarea { border-color: var(--bad) } .error { color: var(--bad); font-weight: 600; margin: 0 0 .3rem }
table { border-collapse: collapse; width: 100% } th { overflow-wrap: break-word } caption { text-align: left; color: var(--soft); padding: 0 0 .4rem } th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .5rem .8rem .5rem 0 } tr:last-child td { border-bottom: 0 } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.case { display: grid; gap: .3rem 1rem; grid-template-columns: 1fr auto; align-items: center; border-top: 1px solid var(--line); padding: .8rem 0 } .case:first-of-type { border-top: 0; padding-top: 0 } .case:last-child { padding-bottom: 0 } .case p { margin: 0 } .case .row { gap: .3rem .6rem }
.talk { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem } .talk li { margin: 0; max-width: min(38rem, 92%); border-radius: 12px; padding: .55rem .85rem; background: var(--tint); justify-self: start }
.talk li.ours { justify-self: end; background: var(--card); border: 1px solid var(--line) } .talk li.staff { border: 2px solid var(--accent) } .talk li.note { justify-self: center; background: none; color: var(--soft); padding: .1rem; text-align: center }
.talk details { border: 0; padding: 0; margin: 0 } .talk summary { font-weight: 400; padding: .2rem 0 } .talk p { margin: 0; white-space: pre-wrap } .talk .who { color: var(--soft); font-size: .9rem }
.said { white-space: pre-wrap } .two { display: grid; gap: 1rem; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start }
details { border: 1px solid var(--line); border-radius: 10px; padding: 0 .9rem; margin: 0 0 .8rem } details[open] { padding-bottom: .8rem } summary { padding: .6rem 0; font-weight: 600; cursor: pointer }
.when { white-space: nowrap } .frames { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); margin: 0 0 1rem } .frame { border: 1px solid var(--edge); border-radius: 12px; padding: .8rem .9rem; margin: 0 } .frame figcaption { font-weight: 600; margin: 0 0 .6rem } .frame img { display: block; max-width: 100%; height: auto; border-radius: 8px; margin: 0 0 .6rem }
.part { background: var(--tint); border-radius: 10px; padding: .6rem .8rem; margin: 0 0 .5rem } .part > :last-child { margin-bottom: 0 } .taps { list-style: none; padding: 0 } .taps li { border: 1px solid var(--edge); border-radius: 8px; padding: .3rem .6rem; text-align: center }
progress { width: 100%; height: 1.1rem; accent-color: var(--accent) } .code { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .93rem } .source textarea { min-height: 26rem; font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .93rem }
ins { background: var(--good-tint); color: var(--good); text-decoration: underline; text-decoration-thickness: .1em } del { background: var(--bad-tint); color: var(--bad) } .check label { font-weight: 400 } .check input { width: 1.25rem; height: 1.25rem; vertical-align: -.2rem; margin-right: .3rem } fieldset { border: 1px solid var(--line); border-radius: 10px; margin: 0 0 1rem; padding: .6rem .9rem 0 } legend { font-weight: 600; padding: 0 .3rem } .filter { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); align-items: end } .filter button { margin: 0 0 1rem } .fields { display: grid; gap: 0 1rem; align-items: end; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)) } fieldset .fields { grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)) } .words textarea { min-height: 3.2rem } textarea { field-sizing: content; max-height: 44rem } .case:has(> details[open]) { grid-template-columns: minmax(0, 1fr) } .pages { display: flex; gap: 1rem; justify-content: space-between } .secret { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 1.35rem; letter-spacing: .04em; user-select: all }
.foot { max-width: 68rem; margin: 1rem auto 0; padding: 1rem; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; align-items: center; justify-content: space-between } .foot form { margin: 0 } .foot p { margin: 0 }
@media (max-width: 50rem) { .tag { white-space: normal; border-radius: 12px } .nav a { padding: .3rem .5rem .35rem; font-size: .97rem } .two { grid-template-columns: minmax(0, 1fr) } .case { grid-template-columns: 1fr } table.wide, table.wide caption, table.wide tbody, table.wide tr, table.wide td { display: block } table.wide thead { position: absolute; left: -999rem } table.wide td { border: 0; padding: .1rem 0; text-align: left } table.wide tr { border-bottom: 1px solid var(--line); padding: .5rem 0; display: block } table.wide td[data-title]::before { content: attr(data-title) ': '; color: var(--soft) } }
`
