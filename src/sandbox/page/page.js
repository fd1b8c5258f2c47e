// The three phones. Everything shown came back from the stand-ins as a server-sent event; nothing is drawn ahead of it.
'use strict'

const channels = {
  zalo: {
    name: 'Zalo', under: 'Tài khoản OA tập dượt',
    openings: [{ title: 'Quan tâm', act: { does: 'follows' } }, { title: 'Nhắn tin', act: { does: 'starts', ref: null } }],
    started: 'Đã bấm “Nhắn tin”', qr: false, staff: true,
    hint: 'Mã QR của Zalo chỉ mở trang OA, không chuyển mã tờ rơi cho máy chủ.',
  },
  facebook: {
    name: 'Messenger', under: 'Trang Facebook tập dượt',
    openings: [{ title: 'Bắt đầu', act: { does: 'starts', ref: null } }],
    started: 'Đã bấm “Bắt đầu”', qr: true, staff: true,
    hint: 'Trả lời nhanh trên Messenger biến mất khi có tin mới, như ngoài đời.',
  },
  telegram: {
    name: 'Telegram', under: 'Bot tập dượt',
    openings: [{ title: 'Bắt đầu', act: { does: 'starts', ref: null } }],
    started: 'Đã bấm “Bắt đầu”', qr: true, staff: false,
    hint: 'Telegram không có trang quản lý để cán bộ trả lời thay bot.',
  },
}

/** Makes an element; children are nodes or texts, never markup. */
function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props)
  element.append(...children)
  return element
}

async function post(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(String(response.status))
  return response.json()
}

/** The stand-ins keep people in memory: after a new start they know nobody. */
const forgotten = 'Máy chủ đã khởi động lại nên bản giả lập không còn giữ cuộc trò chuyện trước. Từ đây là một người mới.'

const clock = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit' })

/** What choosing a suggestion or a line of the menu does. */
const actOf = ({ title, payload, says }) => (says === undefined ? { does: 'taps', payload, title } : { does: 'says', text: says })

/** Texts with their addresses made into links, as phones do. */
function withLinks(text) {
  return text.split(/(https?:\/\/[^\s<>“”"]*[^\s<>“”".,;:!?)])/).map((piece, i) =>
    i % 2 === 0 ? piece : make('a', { href: piece, target: '_blank', rel: 'noreferrer', textContent: piece }))
}

class Phone {
  constructor(channel, column) {
    this.channel = channel
    this.words = channels[channel]
    this.log = column.querySelector('.log')
    this.quick = column.querySelector('.quick')
    this.menu = column.querySelector('.menu')
    this.input = column.querySelector('.composer input')
    this.block = column.querySelector('[data-does="leaves"]')
    this.texts = new Map()
    this.lastSeq = 0
    this.prepare(column)
    // The log gives room to the menu and to quick replies: the newest line stays in sight.
    new ResizeObserver(() => this.toEnd()).observe(this.log)
  }

  prepare(column) {
    const { name, under, qr, staff, hint } = this.words
    column.classList.add(this.channel)
    column.dataset.channel = this.channel
    column.setAttribute('aria-label', name)
    column.querySelector('h2').textContent = name
    column.querySelector('.under').textContent = under
    column.querySelector('.hint').textContent = hint
    this.log.setAttribute('aria-label', `Cuộc trò chuyện ${name}`)
    this.input.setAttribute('aria-label', `Tin nhắn gửi qua ${name}`)
    column.querySelector('[data-act="starts"]').hidden = !qr
    column.querySelector('[data-act="hearsFromStaff"]').hidden = !staff
    column.querySelector('details').open = matchMedia('(min-width: 60.01rem)').matches

    column.querySelector('.composer').addEventListener('submit', (event) => {
      event.preventDefault()
      const text = this.input.value.trim()
      if (text === '') return
      this.input.value = ''
      this.act({ does: 'says', text })
    })
    for (const button of column.querySelectorAll('[data-does]')) button.addEventListener('click', () => this.act({ does: button.dataset.does }))
    for (const form of column.querySelectorAll('[data-act]')) {
      form.addEventListener('submit', (event) => {
        event.preventDefault()
        const field = form.querySelector('input')
        this.act({ does: form.dataset.act, [field.name]: field.value.trim() })
        field.value = ''
      })
    }
    column.querySelector('[data-new]').addEventListener('click', () => {
      this.input.focus()
      void this.meet()
    })
  }

  /** The person of this tab, or a new one where the sandbox does not know them any more. */
  async begin() {
    const known = sessionStorage.getItem(this.channel)
    if (known === null) return this.meet()
    this.show(known)
  }

  /** `why` is said to whoever did not ask for somebody new. */
  async meet(why = null) {
    try {
      const { userId } = await post(`/people/${this.channel}`, {})
      sessionStorage.setItem(this.channel, userId)
      this.show(userId)
      if (why !== null) this.chip(why, 'note')
    } catch {
      this.chip('Chưa nối được với trang tập dượt. Hãy tải lại trang.', 'note')
    }
  }

  show(userId) {
    this.userId = userId
    this.lastSeq = 0
    this.texts.clear()
    this.stream?.close()
    this.log.replaceChildren(this.opening())
    this.setQuick([])
    this.setBlocked(false)
    this.stream = new EventSource(`/people/${this.channel}/${userId}/conversation`)
    this.stream.addEventListener('message', (event) => this.add(JSON.parse(event.data)))
    this.stream.addEventListener('error', () => {
      if (this.stream.readyState === EventSource.CLOSED) void this.meet(forgotten)
    })
  }

  async act(act) {
    try {
      await post(`/people/${this.channel}/${this.userId}`, act)
    } catch {
      this.chip('Không gửi được. Kiểm tra máy chủ còn chạy không.', 'note')
    }
  }

  add(entry) {
    if (entry.seq <= this.lastSeq) return
    this.lastSeq = entry.seq
    this.log.querySelector('.opening')?.remove()
    if (entry.id !== '') this.texts.set(entry.id, entry.text)
    if (entry.by === 'note') return this.chip(entry.text, 'note')
    const told = this.tellAct(entry)
    if (told !== null) return this.chip(told)
    this.setQuick(entry.buttons.filter((button) => button.quick))
    this.log.append(this.line(entry))
    this.toEnd()
  }

  /** What a person does without saying anything. */
  tellAct({ by, did, text }) {
    if (by !== 'citizen') return null
    switch (did) {
      case 'started': return text === '' ? this.words.started : `Mở bằng mã QR “${text}”`
      case 'followed': return 'Đã bấm “Quan tâm”'
      case 'left':
        this.setBlocked(true)
        return 'Bà con đã chặn tài khoản này'
      case 'returned':
        this.setBlocked(false)
        return 'Bà con đã bỏ chặn'
      default: return null
    }
  }

  line(entry) {
    const { by, did, text, buttons, media, quotes, at } = entry
    const speaker = { citizen: 'Bà con', bot: 'Trợ lý', staff: 'Cán bộ' }[by]
    const bubble = make('div', { className: 'bubble' }, make('span', { className: 'seen-by-none', textContent: `${speaker}${did === 'tapped' ? ' bấm' : ''}: ` }))
    if (this.texts.has(quotes)) bubble.append(make('div', { className: 'quote', textContent: this.texts.get(quotes) || 'Tin đã gửi' }))
    if (did === 'image') bubble.append(make('img', { src: '/image.svg', alt: 'Một tấm ảnh' }))
    else if (did === 'sticker') bubble.append(make('img', { src: '/sticker.svg', alt: 'Nhãn dán mặt cười' }))
    else bubble.append(...withLinks(text))
    if (media !== null) bubble.append(this.attachment(media))
    bubble.title = clock.format(at)
    const line = make('div', { className: `line ${by} ${did}` })
    if (by === 'staff') line.append(make('span', { className: 'who', textContent: 'Cán bộ, từ trang quản lý', ariaHidden: 'true' }))
    line.append(bubble)
    const keys = buttons.filter((button) => !button.quick)
    if (keys.length > 0) line.append(make('div', { className: 'buttons' }, ...keys.map((button) => this.button(button))))
    return line
  }

  /** The page loads nothing from outside: a picture is named, not shown. */
  attachment({ kind, url }) {
    const names = { image: 'Ảnh', audio: 'Ghi âm', video: 'Video', file: 'Tệp' }
    return url === '' ? make('span', { className: 'file', textContent: names[kind] }) : make('a', { className: 'file', href: url, target: '_blank', rel: 'noreferrer', textContent: `${names[kind]}: ${url}` })
  }

  button({ title, payload, url }) {
    if (payload === null) return make('a', { href: url, target: '_blank', rel: 'noreferrer', textContent: title })
    const button = make('button', { type: 'button', textContent: title })
    button.addEventListener('click', () => this.act({ does: 'taps', payload }))
    return button
  }

  setQuick(buttons) {
    const hadFocus = this.quick.contains(document.activeElement)
    this.quick.replaceChildren(...buttons.map((button) => this.button(button)))
    this.quick.hidden = buttons.length === 0
    if (hadFocus) (this.quick.querySelector('button') ?? this.input).focus()
  }

  setBlocked(blocked) {
    this.block.dataset.does = blocked ? 'returns' : 'leaves'
    this.block.textContent = blocked ? 'Bỏ chặn' : 'Chặn'
  }

  /** What stands in an empty conversation. */
  opening() {
    const buttons = [
      ...this.words.openings,
      ...(openings[this.channel]?.questions ?? []).map((item) => ({ title: item.title, act: actOf(item) })),
    ].map(({ title, act }, i) => {
      const button = make('button', { type: 'button', textContent: title, className: i === 0 ? '' : 'second' })
      button.addEventListener('click', () => {
        this.input.focus()
        void this.act(act)
      })
      return button
    })
    return make('div', { className: 'opening' },
      make('span', { className: 'face', textContent: 'CN', ariaHidden: 'true' }),
      make('p', { textContent: 'Bấm một nút để bắt đầu, hoặc gõ thẳng câu hỏi ở ô bên dưới.' }),
      make('div', { className: 'choices' }, ...buttons))
  }

  /** What the account's menu offers at any time. */
  setMenu(items) {
    const opener = this.menu.parentElement.querySelector('.open-menu')
    const open = (isOpen) => {
      this.menu.hidden = !isOpen
      opener.setAttribute('aria-expanded', String(isOpen))
    }
    opener.hidden = items.length === 0
    opener.addEventListener('click', () => open(this.menu.hidden))
    this.menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      open(false)
      opener.focus()
    })
    this.menu.replaceChildren(...items.map((item) => {
      if (item.url !== undefined) return make('a', { href: item.url, target: '_blank', rel: 'noreferrer', textContent: item.title })
      const button = make('button', { type: 'button', textContent: item.title })
      button.addEventListener('click', () => {
        open(false)
        this.input.focus()
        void this.act(actOf(item))
      })
      return button
    }))
  }

  chip(text, kind = '') {
    this.log.append(make('p', { className: `chip ${kind}`, textContent: text }))
    this.toEnd()
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight
  }
}

/** On a narrow screen one phone at a time. */
function choose(channel) {
  for (const tab of document.querySelectorAll('[data-show]')) tab.setAttribute('aria-pressed', String(tab.dataset.show === channel))
  for (const column of document.querySelectorAll('.column')) column.classList.toggle('shown', column.dataset.channel === channel)
  for (const phone of phones) if (phone.channel === channel) phone.toEnd()
}

let openings = {}
const phones = Object.keys(channels).map((channel) => {
  const column = document.getElementById('phone').content.firstElementChild.cloneNode(true)
  document.querySelector('.stage').append(column)
  return new Phone(channel, column)
})
for (const tab of document.querySelectorAll('[data-show]')) tab.addEventListener('click', () => choose(tab.dataset.show))
choose('zalo')
fetch('/openings').then((response) => response.json()).then((told) => {
  openings = told
}).catch(() => undefined).finally(() => {
  for (const phone of phones) {
    phone.setMenu(openings[phone.channel]?.menu ?? [])
    void phone.begin()
  }
})
