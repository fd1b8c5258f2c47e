/** The look of every page: large letters, one column, light and dark, and an A5 sheet when printed. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1f24; --soft: #555d66; --line: #d5d9de; --tint: #f1f5f4;
  --accent: #00604e; --on-accent: #fff; --link: #004e9a; --warn: #fff3d6; --warn-line: #a86500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181c; --ink: #eceff1; --soft: #b4bcc4; --line: #3b444c; --tint: #1e2a28;
    --accent: #6fd3ba; --on-accent: #06231c; --link: #8fc4ff; --warn: #3a2c0c; --warn-line: #e0a640;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.25rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; overflow-wrap: break-word }
a { color: var(--link); text-underline-offset: .15em }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -999rem }
.skip:focus { left: .5rem; top: .5rem; padding: .5rem 1rem; background: var(--paper) }
.top { border-bottom: 3px solid var(--accent); padding: .75rem 1rem; font-size: 1.1rem }
.top a { color: var(--accent); font-weight: 700; text-decoration: none; display: inline-block; padding: .25rem 0 }
main, .foot { max-width: 42rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.65rem; line-height: 1.3; margin: .5rem 0 1rem; text-wrap: balance }
h2 { font-size: 1.3rem; line-height: 1.35; margin: 2rem 0 .75rem }
p, ol, ul { margin: 0 0 1rem }
ol, ul { padding-left: 1.7rem } li { margin: 0 0 .5rem; padding-left: .2rem } li ul { margin: .5rem 0 0; padding-left: 1.2rem }
ol > li::marker { font-weight: 700; color: var(--accent) }
.short { background: var(--tint); border-left: 6px solid var(--accent); border-radius: 6px; padding: 1rem; margin: 0 0 1.5rem; font-size: 1.35rem; line-height: 1.55 }
.short p:last-child, .notice p:last-child { margin: 0 }
.notice { background: var(--warn); border-left: 6px solid var(--warn-line); border-radius: 6px; padding: 1rem; margin: 0 0 1.5rem }
.buttons { display: grid; gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none }
.buttons li { margin: 0; padding: 0 }
.button { display: block; padding: .85rem 1rem; border: 2px solid var(--accent); border-radius: 10px; text-align: center; font-weight: 600; text-decoration: none; color: var(--accent); background: var(--paper); line-height: 1.35 }
.button.main { background: var(--accent); color: var(--on-accent) }
.plain { list-style: none; padding: 0 } .plain li { padding: 0; margin: 0 }
.plain a { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); text-decoration: none }
.tags { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; list-style: none } .tags li { margin: 0; padding: 0 }
.tags a { display: block; padding: .45rem .9rem; border: 1px solid var(--line); border-radius: 999px; text-decoration: none; font-size: 1.1rem }
.soft { color: var(--soft); font-size: 1.05rem }
.sources { font-size: 1.05rem; padding-left: 1.3rem }
details { border: 1px solid var(--line); border-radius: 10px; margin: 1.5rem 0; padding: 0 1rem } summary { padding: .85rem 0; font-weight: 600; cursor: pointer }

.part { border: 2px solid var(--line); border-radius: 10px; margin: 0 0 1rem; padding: .25rem 1rem } .part h2 { margin: .6rem 0 .4rem; color: var(--accent) }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem } th, td { border-bottom: 1px solid var(--line); padding: .5rem .6rem .5rem 0; text-align: left; vertical-align: top }
figure { margin: 0 0 1.5rem } figure img { display: block; max-width: 100%; height: auto; border-radius: 10px; border: 1px solid var(--line) } figcaption { font-size: 1.05rem; margin-top: .5rem } figcaption .button { margin: .6rem 0 }
audio, video { display: block; width: 100%; margin: .5rem 0 }
.qr { display: flex; gap: 1rem; align-items: center; margin: 2rem 0 0; padding-top: 1.25rem; border-top: 1px solid var(--line) }
.qr svg { display: block; flex: none; width: 8rem; height: 8rem; border-radius: 6px } .qr p { margin: 0; min-width: 0 } .address { font-weight: 600; overflow-wrap: break-word }
.foot { border-top: 1px solid var(--line); margin-top: 2rem; font-size: 1.05rem; color: var(--soft) } .foot p { margin: 0 0 .5rem }
.paper { display: none }
@page { size: A5; margin: 9mm 10mm }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #999; --tint: #fff; --accent: #000; --link: #000; --warn: #fff; --warn-line: #000 }
  body { font-size: 9.2pt; line-height: 1.36 }
  .brief { font-size: 10.8pt } .long { font-size: 8.6pt; line-height: 1.3 }
  .screen, .skip, figure, audio, video, details { display: none !important }
  .paper { display: block }
  main, .foot { max-width: none; margin: 0; padding: 0 }
  .top { padding: 0 0 1mm; font-size: 9pt; border-width: 1pt } .top a { padding: 0 }
  h1 { font-size: 14pt; margin: 2.5mm 0 2mm } h2 { font-size: 10pt; margin: 2.5mm 0 1mm }
  p, ol, ul { margin-bottom: 1.6mm } ol, ul { padding-left: 5.5mm } li { margin-bottom: .8mm } li ul { margin-top: .6mm; padding-left: 4mm }
  .long h1 { font-size: 12.5pt; margin: 2mm 0 1.5mm } .long p, .long ol, .long ul { margin-bottom: 1.1mm } .long li { margin-bottom: .4mm }
  .short, .notice { padding: 0 0 0 3mm; margin-bottom: 2.5mm; border-left: 2pt solid #000; border-radius: 0; font-size: 1.08em; line-height: 1.35; font-weight: 600 }
  .card { font-size: 10.2pt; break-after: page } .card:last-of-type { break-after: auto }
  .part { display: grid; grid-template-columns: 12mm 1fr; column-gap: 3mm; border-width: 1pt; border-radius: 2mm; padding: 1.6mm 3mm 0; margin: 0 0 2mm; break-inside: avoid } .part h2 { margin: 0 0 1.5mm; font-size: 11pt }
  .sources, .soft { font-size: 7.4pt; line-height: 1.3 } .sources { padding-left: 4mm } .sources li { margin: 0 }
  a { text-decoration: none }
  .qr { margin-top: 2mm; padding-top: 2mm; gap: 4mm; font-size: 8.5pt; line-height: 1.3; break-inside: avoid } .qr svg { width: 24mm; height: 24mm }
  h1, h2, li, .short { break-inside: avoid } h2 { break-after: avoid }
}
`
