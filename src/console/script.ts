/**
 * The console's one script: parts marked `data-live` are fetched again every quarter of a minute while somebody looks (every second
 * where they hold something that is still being computed), and put in place. Everything else works without it.
 */
export const script = `
'use strict'
const every = 15000
// Forms in which somebody has written what is not sent: leaving asks first, and nothing loads the page anew over it.
const written = new Set()
const isUnsent = () => written.size > 0
document.addEventListener('input', (event) => {
  if (event.target.matches('form[method=post] textarea, form[method=post] input:not([type=file])')) written.add(event.target.form)
})
addEventListener('beforeunload', (event) => { if (isUnsent()) event.preventDefault() })
// A prepared answer goes in where the cursor stands, beside what is written already.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-put]')
  const box = document.getElementById('loi')
  if (link === null || box === null || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  const [before, after] = [box.value.slice(0, box.selectionStart), box.value.slice(box.selectionEnd)]
  box.setRangeText((/\\S$/.test(before) ? '\\n' : '') + link.dataset.put + (/^\\S/.test(after) ? '\\n' : ''), box.selectionStart, box.selectionEnd, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
  box.focus()
})
// A screen reader is told what came, and not the whole list again: the talk is a log to which lines are added, of a list it hears how many are new.
for (const talk of document.querySelectorAll('[data-live] > .talk')) talk.parentElement.setAttribute('role', 'log')
const lineOf = (line) => line.className + line.textContent
function addLines(talk, lines) {
  const stay = new Set(lines.map(lineOf))
  for (const line of [...talk.children]) if (!stay.has(lineOf(line))) line.remove()
  for (const [at, line] of lines.entries()) if (talk.children[at] === undefined || lineOf(talk.children[at]) !== lineOf(line)) talk.insertBefore(line, talk.children[at] ?? null)
  while (talk.children.length > lines.length) talk.lastElementChild.remove()
}
const waitingIn = (part) => [...part.querySelectorAll('[data-waits]')].map((row) => row.dataset.waits)
function renew(part, next) {
  const [talk, fresh] = [part.querySelector(':scope > .talk'), next.querySelector(':scope > .talk')]
  if (talk !== null && fresh !== null) {
    const [folded, more] = [part.querySelector(':scope > details'), next.querySelector(':scope > details')]
    if (more !== null) more.setAttribute('aria-live', 'off')
    if (folded === null && more !== null) part.prepend(more)
    else if (more !== null && folded.textContent !== more.textContent) folded.innerHTML = more.innerHTML
    return addLines(talk, [...fresh.children])
  }
  const known = new Set(waitingIn(part))
  const news = waitingIn(next).filter((row) => !known.has(row)).length
  part.innerHTML = next.innerHTML
  const told = document.getElementById(part.id + '-moi')
  if (told !== null && news > 0) told.textContent = news + ' tin mới'
}
async function refresh() {
  const parts = document.querySelectorAll('[data-live]')
  if (parts.length === 0 || document.hidden) return
  const address = new URL(location.href)
  address.searchParams.set('tu-dong', '1')
  address.searchParams.delete('da')
  try {
    const answer = await fetch(address, { credentials: 'same-origin', redirect: 'manual' })
    if (answer.type === 'opaqueredirect') return isUnsent() || location.reload()
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of parts) {
      const next = fresh.getElementById(part.id)
      if (next === null || part.contains(document.activeElement)) continue
      if (next.innerHTML !== part.innerHTML) renew(part, next)
      if (!next.hasAttribute('data-live')) part.removeAttribute('data-live')
    }
  } catch {}
}
setInterval(refresh, every)
// Something is still being computed: look every second whether it is there.
let asked = 0
const ask = async () => {
  if (document.querySelector('[data-live] [data-ask-again]') === null || asked++ > 120) return
  await refresh()
  setTimeout(ask, 1000)
}
setTimeout(ask, 600)
// What was just sent is on its way: look soon how it ended.
if (new URL(location.href).searchParams.has('da')) for (const after of [800, 2500]) setTimeout(refresh, after)
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return
  written.delete(event.target)
  // After a download the page stays as it is.
  if (event.target.hasAttribute('data-download')) return
  for (const button of event.target.querySelectorAll('button[type=submit]')) setTimeout(() => { button.disabled = true })
})
addEventListener('pageshow', (event) => { if (event.persisted && !isUnsent()) location.reload() })
`
