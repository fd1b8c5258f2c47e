/**
 * The console's one script: parts marked `data-live` are fetched again every quarter of a minute while somebody looks (every second
 * where they hold something that is still being computed), and put in place. Everything else works without it.
 */
export const script = `
'use strict'
const every = 15000
// What somebody has written and not sent: leaving asks first, and nothing loads the page anew over it.
let unsent = false
document.addEventListener('input', (event) => {
  if (event.target.matches('form[method=post] textarea, form[method=post] input:not([type=file])')) unsent = true
})
addEventListener('beforeunload', (event) => { if (unsent) event.preventDefault() })
async function refresh() {
  const parts = document.querySelectorAll('[data-live]')
  if (parts.length === 0 || document.hidden) return
  const address = new URL(location.href)
  address.searchParams.set('tu-dong', '1')
  address.searchParams.delete('da')
  try {
    const answer = await fetch(address, { credentials: 'same-origin', redirect: 'manual' })
    if (answer.type === 'opaqueredirect') return unsent || location.reload()
    if (!answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of parts) {
      const next = fresh.getElementById(part.id)
      if (next === null || part.contains(document.activeElement)) continue
      if (next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML
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
  unsent = false
  // After a download the page stays as it is.
  if (event.target.hasAttribute('data-download')) return
  for (const button of event.target.querySelectorAll('button[type=submit]')) setTimeout(() => { button.disabled = true })
})
addEventListener('pageshow', (event) => { if (event.persisted && !unsent) location.reload() })
`
