/**
 * Beside the console's script: a post is shown as channels will show it while it is written, and progress is followed every few
 * seconds. Both come from pages that work without it.
 */
export const campaignScript = `
{
  const put = (id, text) => {
    const [there, fresh] = [document.getElementById(id), new DOMParser().parseFromString(text, 'text/html').getElementById(id)]
    if (there === null || fresh === null) return false
    if (fresh.innerHTML !== there.innerHTML) there.innerHTML = fresh.innerHTML
    return true
  }

  // While somebody writes: the form is sent as by its button "Xem trước", a second after the last key.
  for (const around of document.querySelectorAll('[data-preview]')) {
    const form = around.querySelector('form')
    let waiting = null
    let busy = false
    let again = 0
    const look = async () => {
      if (busy) return later(400)
      busy = true
      try {
        const body = new FormData(form)
        body.set('viec', 'xem')
        const answer = await fetch(form.getAttribute('action'), { method: 'POST', body, credentials: 'same-origin', redirect: 'manual' })
        if (answer.type !== 'opaqueredirect') put('xem-truoc', await answer.text())
        if (document.querySelector('#xem-truoc [data-ask-again]') !== null && again++ < 20) later(1000)
        else again = 0
      } catch {}
      busy = false
    }
    const later = (time) => {
      clearTimeout(waiting)
      waiting = setTimeout(look, time)
    }
    form.addEventListener('input', () => later(900))
  }

  const follow = async () => {
    const mark = document.querySelector('[data-follow]')
    if (mark === null || document.hidden) return
    try {
      const answer = await fetch(mark.dataset.follow + '?tu-dong=1', { credentials: 'same-origin', redirect: 'manual' })
      if (!answer.ok) return
      put('tien-do', await answer.text())
      // It has ended or was stopped: what may be done now is another.
      if (document.querySelector('[data-follow]') === null && !isUnsent()) location.reload()
    } catch {}
  }
  setInterval(follow, 3000)

  const counted = async () => {
    if (document.querySelector('#du-kien [data-ask-again]') === null) return
    try {
      const address = new URL(location.href)
      address.searchParams.set('tu-dong', '1')
      const answer = await fetch(address, { credentials: 'same-origin', redirect: 'manual' })
      if (answer.ok) put('du-kien', await answer.text())
    } catch {}
    setTimeout(counted, 1000)
  }
  counted()
}
`
