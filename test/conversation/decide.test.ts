import { describe, expect, it } from 'vitest'
import { createAutomaticWatch } from '../../src/conversation/automatic.ts'
import { otherRef } from '../../src/content/refs.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/core/time.ts'
import { sampleContent } from '../support/content.ts'
import { Dialogue, monday9 } from '../support/dialogue.ts'

const content = sampleContent({
  answers: {
    'quên mật khẩu vneid': { status: 'answered', article: 'dvc-forgot-password' },
    'mục cũ': { status: 'expired_article', article: 'old-one' },
    'chưa rõ': { status: 'clarify', candidates: [{ article: 'dvc-forgot-password', score: 0.5 }, { article: 'pay-qr-how', score: 0.4 }] },
    'chào bạn': { status: 'small_talk', reply: 'hello' },
    'đồ ngốc': { status: 'small_talk', reply: 'abuse' },
  },
})
const talk = (given = {}) => new Dialogue(content, given)
const menu = 'Bà con cần giúp việc gì?'

describe('first contact', () => {
  it('a question is greeted once and answered as well', () => {
    const citizen = talk({ greeted: false })
    const [greeting, answer] = citizen.hears('quên mật khẩu vneid')
    expect(greeting).toBe('«greeting» TỈNH MẪU https://tinh.example/privacy')
    expect(answer).toContain('Trả lời ngắn dvc-forgot-password.')
    expect(citizen.hears('quên mật khẩu vneid')).toHaveLength(1)
  })

  it('a follow is greeted with the main menu', () => {
    const draft = talk({ greeted: false }).on({ kind: 'follow' })
    expect(draft.messages.map(({ text }) => text.split('\n')[0])).toEqual(['«greeting» TỈNH MẪU https://tinh.example/privacy', menu])
  })

  const follow = { kind: 'follow' } as const
  const start = { kind: 'start', ref: null } as const
  it.each([[follow, start], [start, follow], [start, { kind: 'tap', payload: 'k:get-started' }] as const])('one arrival that is told twice is greeted once: %j, %j', (first, second) => {
    const citizen = talk({ greeted: false })
    expect(citizen.on(first).messages).toHaveLength(2)
    citizen.now += 5 * SECOND
    expect(citizen.on(second).messages).toEqual([])
    citizen.now += MINUTE
    expect(citizen.on(start).messages).toHaveLength(1)
  })

  it('who comes by a link sees where it leads, and no menu over it for following', () => {
    const citizen = talk({ greeted: false })
    citizen.on(follow)
    expect(citizen.on({ kind: 'start', ref: 'poster' }).article).toBe('pay-qr-how')
    citizen.now += 5 * SECOND
    expect(citizen.on(follow).messages).toEqual([])
    expect(citizen.on(start).messages[0]!.text).toContain(menu)
  })

  it('coming in again while a person has the conversation shows no menu', () => {
    const citizen = talk()
    citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
    expect([citizen.on(start).messages, citizen.on(follow).messages]).toEqual([[], []])
  })

  it('the first message already meets the main menu’s own words and patterns', () => {
    expect(talk({ greeted: false }).hears('quên mật khẩu').at(-1)).toContain('Trả lời ngắn dvc-forgot-password.')
    const echo = sampleContent({ flows: { 'flows/main.yaml': 'id: main\ntitle: Nhắc\nstart: loop\nsteps:\n  loop:\n    ask: "Nghe: {{text}}"\n    choices:\n      - { pattern: "tôi buồn", goto: sad }\n    otherwise: loop\n  sad:\n    ask: Vì sao buồn?\n    otherwise: loop\n' } })
    const citizen = new Dialogue(echo, { greeted: false })
    expect(citizen.hears('hôm nay tôi buồn quá').at(-1)).toBe('Vì sao buồn?')
    expect(citizen.hears('tại mưa').at(-1)).toBe('Nghe: tại mưa')
  })

  it('a mere greeting is greeted once', () => {
    expect(talk({ greeted: false }).hears('chào bạn').map((text) => text.split('\n')[0])).toEqual(['«greeting» TỈNH MẪU https://tinh.example/privacy', menu])
  })

  it('an emergency is answered without waiting for the greeting', () => {
    expect(talk({ greeted: false }).hears('nhà tôi đang cháy cứu với')).toEqual([expect.stringContaining('«emergency_fire»')])
  })
})

describe('entry', () => {
  it.each([
    ['poster', 'Trả lời ngắn pay-qr-how.', 'poster'],
    ['dich-vu-cong', 'Dịch vụ công, bà con chọn một việc', 'dich-vu-cong'],
    ['pay-qr-how', 'Trả lời ngắn pay-qr-how.', 'pay-qr-how'],
    ['poster--cho-dau-moi', 'Trả lời ngắn pay-qr-how.', 'poster--cho-dau-moi'],
    ['unknown-1', menu, otherRef],
    ['unknown-2--cho', menu, otherRef],
    ['toString', menu, otherRef],
  ])('ref %s leads to its place and is counted', (ref, text, entry) => {
    const draft = talk().on({ kind: 'start', ref })
    expect(draft.messages[0]!.text).toContain(text)
    expect(draft.conversation.entry).toBe(entry)
  })

  it.each(['0912345678', 'dvc--0912345678', 'cccd-001099012345'])('ref %s, in which a person may be named, is not counted', (ref) => {
    expect(talk().on({ kind: 'start', ref }).conversation.entry).toBeNull()
  })

  it.each([['pay-qr-how', 'pay-qr-how'], ['qc-1', otherRef], ['qc--0912345678', null]])('ref %s that came along with words is counted, and the words are answered', (entry, counted) => {
    const here = talk()
    const draft = here.on({ kind: 'text', text: 'dịch vụ công', entry })
    expect(draft.messages[0]!.text).toContain('Dịch vụ công, bà con chọn một việc')
    expect(here.says('1').conversation.entry).toBe(counted)
  })

  it('a day in a ref names nobody', () => {
    expect(talk().on({ kind: 'start', ref: 'poster--20261010' }).conversation.entry).toBe('poster--20261010')
  })

  it('one person makes ten names of places a day and no more; what leads in is counted all the same', () => {
    const one = talk()
    const counted = (ref: string) => one.on({ kind: 'start', ref }).conversation.entry
    const places = Array.from({ length: 12 }, (_, n) => `poster--noi-${n}`)
    expect(places.map(counted)).toEqual([...places.slice(0, 10), 'poster', 'poster'])
    expect(['la', 'poster', 'pay-qr-how', 'pay-qr-how--cho'].map(counted)).toEqual([otherRef, 'poster', 'pay-qr-how', 'pay-qr-how'])
    one.now += DAY
    expect(['poster--noi-11', 'poster--noi-11'].map(counted)).toEqual(['poster--noi-11', 'poster--noi-11'])
  })

  it('without a ref: the main menu', () => {
    expect(talk().on({ kind: 'start', ref: null }).messages[0]!.text).toContain(menu)
  })
})

describe('menus', () => {
  it('are a numbered list as well as choices, with the way to navigate', () => {
    const draft = talk().says('menu')
    expect(draft.messages[0]!.text).toBe(`${menu}\n\n1. Dịch vụ công\n2. Quên mật khẩu\n3. Gặp cán bộ\n«list_hint»`)
    expect(draft.messages[0]!.choices!.map(({ payload }) => payload)).toEqual(['c:main:menu:1', 'c:main:menu:2', 'c:main:menu:3'])
  })

  it.each(['1', '1.', 'Dịch vụ công', 'dich vu cong', 'dich vu cogn'])('%s chooses the first entry', (text) => {
    const citizen = talk()
    citizen.says('menu')
    expect(citizen.hears(text)[0]).toContain('Dịch vụ công, bà con chọn một việc')
  })

  it('a tap chooses, also from an older list', () => {
    const citizen = talk()
    citizen.says('menu')
    citizen.says('1')
    expect(citizen.taps('c:main:menu:2').article).toBe('dvc-forgot-password')
  })

  it('words of `match` choose', () => {
    const citizen = talk()
    citizen.says('menu')
    expect(citizen.says('mất mật khẩu').article).toBe('dvc-forgot-password')
  })

  it('9 goes back, 0 to the main menu; after an article 9 shows its menu again', () => {
    const citizen = talk()
    citizen.says('menu')
    citizen.says('1')
    citizen.says('1')
    citizen.says('1')
    expect(citizen.hears('9')[0]).toContain('Nộp ở đâu?')
    expect(citizen.hears('9')[0]).toContain('Dịch vụ công, bà con chọn một việc')
    expect(citizen.hears('0')[0]).toContain(menu)
  })

  it('a number answers only the latest list, for 24 hours', () => {
    const citizen = talk()
    citizen.says('menu')
    citizen.now += 25 * HOUR
    expect(citizen.hears('1')[0]).toContain('«number_without_list»')
    expect(citizen.hears('7')[0]).toContain('«number_without_list»')
  })

  it('once staff changed a menu its words lead where they stand now, its numbers and buttons nowhere but to the new one', () => {
    const changed = sampleContent({ flows: { 'flows/main.yaml': 'id: main\ntitle: Menu chính\nstart: menu\nsteps:\n  menu:\n    ask: Việc gì?\n    choices:\n      - { title: Quên mật khẩu, article: dvc-forgot-password }\n      - { title: Gặp cán bộ, handover: true }\n    otherwise: answer\n' } })
    const before = () => {
      const citizen = talk()
      citizen.says('menu')
      citizen.content = changed
      return citizen
    }
    expect(before().says('Quên mật khẩu').article).toBe('dvc-forgot-password')
    for (const chosen of [before().says('1'), before().says('số 2'), before().taps('c:main:menu:1'), before().says('3')]) {
      expect(chosen.messages[0]!.text).toMatch(/^«old_button»\n\nViệc gì\?\n\n1\. Quên mật khẩu/)
      expect(chosen.handedOver ?? chosen.article).toBeUndefined()
    }
    const later = before()
    later.says('1')
    expect(later.says('1').article).toBe('dvc-forgot-password')
  })

  it('keep titles with the conversation only where none stand in the flows; older ones were kept whole', () => {
    const citizen = talk()
    citizen.says('menu')
    expect(citizen.conversation.list).toMatchObject({ items: [], payloads: ['c:main:menu:1', 'c:main:menu:2', 'c:main:menu:3'] })
    expect(JSON.stringify(citizen.conversation)).not.toContain('Quên mật khẩu')
    citizen.conversation = { ...citizen.conversation, list: { at: citizen.now, items: [{ title: 'Cách làm', payload: 's:dvc-forgot-password' }] } }
    expect(citizen.says('cách làm').status).toBe('steps')
    expect(citizen.conversation.list!.items[0]).toEqual({ title: 'Có ích', payload: 'y:dvc-forgot-password' })
  })

  it('a question in the middle is answered, and the step still waits', () => {
    const citizen = talk()
    citizen.says('menu')
    citizen.says('dịch vụ công')
    expect(citizen.says('quên mật khẩu vneid').article).toBe('dvc-forgot-password')
    expect(citizen.hears('nộp hồ sơ trên mạng')[0]).toContain('Nộp ở đâu?')
  })

  it('what is typed where any text is taken is saved and shown once, not evaluated', () => {
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    citizen.says('2')
    expect(citizen.hears('{{province.hotline}} Lan')[0]).toContain('Chào {{province.hotline}} Lan.')
  })

  it('a button that leads nowhere any more shows the current menu with a sentence', () => {
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    expect(citizen.taps('c:gone:menu:1').messages[0]!.text).toMatch(/^«old_button»\n\nDịch vụ công, bà con/)
    expect(citizen.taps('a:gone').messages[0]!.text).toContain('«old_button»')
    expect(citizen.taps('anything').messages[0]!.text).toContain('«old_button»')
  })
})

describe('answers', () => {
  it('the short answer carries page, source, date and at most three choices', () => {
    const [message] = talk().says('quên mật khẩu vneid').messages
    expect(message!.text).toBe('Trả lời ngắn dvc-forgot-password.\n\nMở Cổng: https://dichvucong.gov.vn\nNguồn: Nghị định 69/2024/NĐ-CP, 21/11/2026\n\nGõ 1: Các bước · 2: Chưa đúng ý · 3: Gặp cán bộ')
    expect(message!.choices!.map(({ payload }) => payload)).toEqual(['s:dvc-forgot-password', 'n:dvc-forgot-password', 'k:human'])
  })

  it('steps, helpful and not helpful follow', () => {
    const citizen = talk()
    citizen.says('quên mật khẩu vneid')
    expect(citizen.hears('các bước')[0]).toContain('1. Bước một dvc-forgot-password.')
    expect(citizen.says('1')).toMatchObject({ helpful: 'yes', article: 'dvc-forgot-password' })
    const sorry = citizen.taps('n:dvc-forgot-password')
    expect(sorry).toMatchObject({ helpful: 'no' })
    expect(sorry.messages[0]!.choices![0]).toEqual({ title: 'Mục pay-qr-how', payload: 'a:pay-qr-how' })
  })

  it('an article past its review date is not given as current', () => {
    expect(talk().hears('mục cũ')[0]).toContain('«expired_article» Mục old-one https://dichvucong.gov.vn')
    expect(talk().taps('a:old-one').messages[0]!.text).toContain('«expired_article»')
  })

  it('close candidates are offered', () => {
    const citizen = talk()
    expect(citizen.says('chưa rõ').messages[0]!.choices!.map(({ payload }) => payload)).toEqual(['a:dvc-forgot-password', 'a:pay-qr-how', 'k:none'])
    expect(citizen.says('2').article).toBe('pay-qr-how')
  })

  it('silence is honest, and the question is kept without what names anybody', () => {
    const draft = talk().says('Tôi tên là Nguyễn Văn An, số 0912 345 678, hỏi chuyện lạ lùng')
    expect(draft.status).toBe('no_source_found')
    expect(draft.changes!.unanswered!.question).not.toMatch(/An|0912/)
    expect(draft.changes!.unanswered!.question).toContain('hỏi chuyện lạ lùng')
    expect(draft.messages[0]!.choices!.map(({ payload }) => payload)).toEqual(['k:menu', 'k:human'])
  })

  it('small talk is answered civilly', () => {
    expect(talk().hears('chào bạn')[0]).toMatch(/^«hello»\n\nBà con cần giúp/)
    expect(talk().hears('đồ ngốc')[0]).toContain('«abuse»')
  })
})

describe('a person', () => {
  it('asking makes a record and tells the hours', () => {
    const draft = talk().says('gặp cán bộ')
    expect(draft).toMatchObject({ handedOver: true, changes: { handover: { kind: 'open', reason: 'asked' } } })
    expect(draft.messages[0]!.text).toBe('«handover_open» 1022')
  })

  it('when the office is closed it is told when it opens', () => {
    expect(talk({ now: monday9 + 9 * HOUR }).hears('gặp cán bộ')[0]).toBe('«handover_closed» 07:30 ngày mai')
  })

  it('until a person writes the bot goes on answering; asking again tells since when', () => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    citizen.now += 10 * MINUTE
    expect(citizen.says('quên mật khẩu vneid').article).toBe('dvc-forgot-password')
    expect(citizen.hears('gặp cán bộ')[0]).toBe('«handover_again» 09:00')
  })

  it.each(['có cần gặp cán bộ?', 'có cần gặp cán bộ à', 'cần gặp cán bộ không ạ'])('whether one is needed is a question, whatever the list shown last offers: %s', (text) => {
    const citizen = talk()
    citizen.says('menu')
    expect(citizen.says(text)).not.toMatchObject({ handedOver: true })
    expect(citizen.says('cần gặp cán bộ')).toMatchObject({ handedOver: true })
  })

  it.each(['thôi không cần gặp cán bộ nữa', 'không cần cán bộ nữa'])('the request is taken back: %s', (text) => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    citizen.now += 10 * MINUTE
    const back = citizen.says(text)
    expect(back).toMatchObject({ status: 'taken_back', changes: { handover: { kind: 'close' } } })
    expect(back.messages[0]!.text).toMatch(/^«handover_taken_back»/)
    expect(citizen.on({ kind: 'reminder', handoverId: 'h', what: 'no_answer_yet' }).messages).toEqual([])
    expect(citizen.hears('gặp cán bộ')[0]).toBe('«handover_open» 1022')
  })

  it('taken back while a person has the conversation: that person reads it', () => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    citizen.on({ kind: 'thread_control', owner: 'others' })
    expect(citizen.says('không cần gặp cán bộ nữa')).toMatchObject({ messages: [], status: 'paused' })
  })

  it('when a person writes the bot is silent and drops its waiting replies', () => {
    const citizen = talk()
    const wrote = citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
    expect(wrote).toMatchObject({ messages: [], changes: { cancelReplies: 'staff_answered', handover: { kind: 'staff_answered' } } })
    expect(citizen.hears('quên mật khẩu vneid')).toEqual([])
    expect(citizen.taps('c:main:menu:1').messages).toEqual([])
    expect(citizen.on({ kind: 'attachment', mediaType: 'image' }).messages).toEqual([])
    citizen.now += 241 * MINUTE
    expect(citizen.hears('quên mật khẩu vneid')).toHaveLength(1)
  })

  it('while a person has it, emergencies, menu, dừng and xóa dữ liệu still work', () => {
    const paused = () => {
      const citizen = talk()
      citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
      return citizen
    }
    expect(paused().hears('cháy nhà rồi')[0]).toContain('«emergency_fire»')
    expect(paused().hears('dừng')[0]).toBe('«opt_out_done»')
    expect(paused().hears('nhận tin')[0]).toBe('«opt_in_done»')
    const erasing = paused()
    expect(erasing.hears('xóa dữ liệu')[0]).toContain('«erase_confirm»')
    expect(erasing.taps('k:erase-yes').changes).toMatchObject({ erase: true })
    const back = paused()
    const menuAgain = back.says('menu')
    expect(menuAgain.messages[0]!.text).toMatch(/^«bot_again»/)
    expect(menuAgain.changes).toEqual({ handover: { kind: 'close' } })
    expect(back.hears('quên mật khẩu vneid')).toHaveLength(1)
  })

  it('another app takes the thread and gives it back', () => {
    const citizen = talk()
    citizen.on({ kind: 'thread_control', owner: 'others' })
    expect(citizen.hears('quên mật khẩu vneid')).toEqual([])
    citizen.on({ kind: 'thread_control', owner: 'us' })
    expect(citizen.hears('quên mật khẩu vneid')).toHaveLength(1)
  })

  it('reminders are said only while the citizen still waits', () => {
    const citizen = talk()
    expect(citizen.on({ kind: 'reminder', handoverId: 'h', what: 'no_answer_yet' }).messages).toEqual([])
    citizen.says('gặp cán bộ')
    expect(citizen.on({ kind: 'reminder', handoverId: 'h', what: 'no_answer_yet' }).messages[0]!.text).toBe('«handover_waiting»')
    expect(citizen.on({ kind: 'reminder', handoverId: 'h', what: 'window_closing' }).messages[0]!.text).toBe('«handover_window»')
  })
})

describe('orders about announcements and data', () => {
  it('dừng and nhận tin change the profile with a consent record', () => {
    expect(talk().says('dừng').changes).toMatchObject({ profile: { optedOut: true }, consents: [{ purpose: 'announce', given: false }] })
    expect(talk().says('nhận tin').changes).toMatchObject({ profile: { optedOut: false }, consents: [{ purpose: 'announce', given: true }] })
  })

  it('erasing needs a confirming tap', () => {
    const citizen = talk()
    expect(citizen.taps('k:erase-yes').changes).toBeUndefined()
    citizen.says('xóa dữ liệu')
    expect(citizen.says('giữ lại').messages[0]!.text).toBe('«erase_kept»')
    citizen.says('xóa dữ liệu')
    const erased = citizen.says('1')
    expect(erased.changes).toMatchObject({ erase: true })
    expect(erased.messages.map(({ text }) => text)).toEqual(['«erase_done»'])
  })

  it('the platform’s own demand to erase is obeyed at once, without words', () => {
    expect(talk().on({ kind: 'erasure_request' })).toMatchObject({ messages: [], changes: { erase: true } })
  })

  it('remembering needs consent', () => {
    const ask = () => {
      const citizen = talk()
      citizen.says('nộp hồ sơ')
      citizen.says('2')
      citizen.says('Lan')
      expect(citizen.hears('Xã Mẫu')[0]).toContain('«remember_ask» Xã Mẫu')
      return citizen
    }
    const yes = ask().says('đồng ý')
    expect(yes.changes).toMatchObject({ profile: { remembered: { commune: 'Xã Mẫu' } }, consents: [{ purpose: 'remember', given: true }] })
    expect(yes.messages[0]!.text).toContain('Dịch vụ công, bà con chọn một việc')
    const no = ask().says('2')
    expect(no.changes!.profile).toBeUndefined()
    expect(no.changes!.consents).toMatchObject([{ purpose: 'remember', given: false }])
  })
})

describe('what is not text', () => {
  it.each([
    ['audio', '«voice»'], ['video', '«video»'], ['file', '«file»'], ['sticker', '«sticker»'], ['contact_card', '«contact_card»'], ['link', '«contact_card»'], ['other', '«file»'],
  ] as const)('%s', (mediaType, text) => {
    expect(talk().on({ kind: 'attachment', mediaType }).messages[0]!.text).toContain(text)
  })

  it('a burst of pictures gets one reply', () => {
    const citizen = talk()
    expect(citizen.on({ kind: 'attachment', mediaType: 'image' }).messages[0]!.choices).toHaveLength(4)
    citizen.now += 30 * SECOND
    expect(citizen.on({ kind: 'attachment', mediaType: 'image' }).messages).toEqual([])
    expect(citizen.hears('1')[0]).toContain('«image_strange»')
    citizen.now += 3 * MINUTE
    expect(citizen.on({ kind: 'attachment', mediaType: 'image' }).messages).toHaveLength(1)
  })

  it('words under a picture are read as words', () => {
    expect(talk().on({ kind: 'attachment', mediaType: 'image', caption: 'quên mật khẩu vneid' }).article).toBe('dvc-forgot-password')
  })

  it('passing to staff opens a handover', () => {
    const citizen = talk()
    citizen.on({ kind: 'attachment', mediaType: 'audio' })
    expect(citizen.says('chuyển cán bộ xem').changes).toMatchObject({ handover: { kind: 'open', reason: 'attachment' } })
  })

  it.each([
    ['', '«empty»'], ['   ', '«empty»'], ['👍👍', '«sticker»'], ['...', '«sticker»'],
  ])('text %j', (text, expected) => {
    expect(talk().hears(text)[0]).toContain(expected)
  })

  it('a text of 10,000 characters is no question, but an emergency in it is heard', () => {
    expect(talk().says('quên mật khẩu vneid. '.repeat(500))).toMatchObject({ status: 'too_long', messages: [{ text: '«too_long»\n\nGõ 1: Menu chính · 2: Gặp cán bộ' }] })
    expect(talk().hears(`nhà tôi đang cháy cứu với ${'ở đây '.repeat(1_000)}`)[0]).toBe('«emergency_fire»')
  })

  it('a step that takes any text takes the beginning of a long one', () => {
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    citizen.says('2')
    expect(citizen.hears('Lan '.repeat(1_000))[0]).toContain('Chào Lan Lan')
  })

  it('location and submitted info get a reply and are not kept', () => {
    expect(talk().on({ kind: 'location' }).messages[0]!.text).toContain('«location»')
    expect(talk().on({ kind: 'submitted_info', fields: { phone: '84900000001' } }).messages[0]!.text).toContain('«submitted_info»')
  })
})

describe('late and many', () => {
  it('over two hours old: one apology with the menu, the questions go to staff', () => {
    const citizen = talk()
    const old = citizen.now - 3 * HOUR
    const first = citizen.says('quên mật khẩu vneid', old)
    expect(first.messages[0]!.text).toMatch(/^«stale»\n\nBà con cần/)
    expect(first.changes).toMatchObject({ handover: { kind: 'open', reason: 'stale' } })
    expect(citizen.says('còn câu này', old + MINUTE)).toMatchObject({ messages: [], changes: { handover: { kind: 'open' } } })
    expect(citizen.hears('quên mật khẩu vneid')[0]).toContain('Trả lời ngắn')
  })

  it('an old emergency is still answered, also one written under a picture', () => {
    expect(talk().hears('có người bị tai nạn bất tỉnh', monday9 - 3 * HOUR)).toEqual(['«emergency_medical»'])
    const under = talk().on({ kind: 'attachment', mediaType: 'image', caption: 'nhà tôi đang cháy cứu với' }, monday9 - 3 * HOUR)
    expect(under.messages).toEqual([{ text: '«emergency_fire»' }])
  })

  it('a flood is told once, then silence, then calm again', () => {
    const citizen = talk()
    const replies = Array.from({ length: 70 }, () => citizen.hears('quên mật khẩu vneid').length)
    expect(replies.slice(0, 60).every((count) => count === 1)).toBe(true)
    expect(citizen.conversation.pace.told).toBe(true)
    expect(replies.slice(60)).toEqual([1, ...Array<number>(9).fill(0)])
    citizen.now += 2 * MINUTE
    expect(citizen.hears('quên mật khẩu vneid')).toHaveLength(1)
  })

  it('in the silence an emergency and orders are still heard, and orders however late', () => {
    const citizen = talk()
    for (let turn = 0; turn < 30; turn++) citizen.hears(`câu thứ ${turn} vô nghĩa`)
    expect(citizen.hears('vô nghĩa nữa')).toEqual([])
    expect(citizen.hears('cháy nhà rồi')).toEqual([expect.stringContaining('«emergency_fire»')])
    expect(citizen.hears('dừng')).toEqual(['«opt_out_done»'])
    expect(talk().says('dừng', monday9 - 3 * HOUR).changes).toMatchObject({ profile: { optedOut: true } })
  })

  it('silence over futile turns ends after half an hour even for who goes on writing', () => {
    const citizen = talk()
    const replies = Array.from({ length: 120 }, (_, turn) => {
      citizen.now += 30 * SECOND
      return citizen.hears(`câu thứ ${turn} vô nghĩa`).length
    })
    expect(replies.slice(25, 75)).toEqual(Array<number>(50).fill(0))
    expect(replies.slice(80, 90).some((count) => count > 0)).toBe(true)
  })

  it('names of built-in properties are only words', () => {
    for (const payload of ['k:__proto__', 'k:constructor', 'k:toString']) expect(talk().taps(payload).messages[0]!.text).toContain('«old_button»')
    for (const ref of ['constructor', '__proto__']) expect(talk().on({ kind: 'start', ref }).messages[0]!.text).toContain(menu)
  })

  it('while a person has it, erasing can be confirmed in words', () => {
    const citizen = talk()
    citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
    citizen.hears('xóa dữ liệu')
    expect(citizen.says('1').changes).toMatchObject({ erase: true })
  })

  it('two machines answering each other end in silence', () => {
    const citizen = talk()
    const replies = Array.from({ length: 60 }, (_, turn) => {
      citizen.now += 20 * SECOND
      return citizen.hears(`máy nói câu thứ ${turn} vô nghĩa`).length
    })
    expect(replies.slice(0, 20).every((count) => count === 1)).toBe(true)
    expect(replies.slice(21)).toEqual(Array<number>(39).fill(0))
    citizen.now += 11 * MINUTE
    expect(citizen.hears('quên mật khẩu vneid')).toHaveLength(1)
  })

  it('FLOOD_PER_MINUTE=0 is no limit', () => {
    const citizen = talk({ settings: { floodPerMinute: 0 } })
    expect(Array.from({ length: 300 }, () => citizen.hears('lạ lùng').length).every((count) => count === 1)).toBe(true)
  })
})

describe('what must not happen by mistake', () => {
  it.each([
    ['the old button of another question', 'k:remember-yes'],
    ['another old button', 'k:model-yes'],
  ])('nothing is erased by %s, while it is asked whether to erase', (_, payload) => {
    const citizen = talk()
    citizen.says('xóa dữ liệu')
    const draft = citizen.taps(payload)
    expect(draft.status).not.toBe('erased')
    expect(draft.changes).toBeUndefined()
  })

  it('nothing is erased by a yes to a person who has written meanwhile', () => {
    const citizen = talk()
    citizen.says('xóa dữ liệu')
    citizen.on({ kind: 'staff_message', platformMessageId: 's', automatic: false })
    expect(citizen.says('đồng ý').status).toBe('paused')
    expect(citizen.taps('k:erase-yes').status).not.toBe('erased')
  })

  it('nobody is reminded whom a person is just answering', () => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    citizen.on({ kind: 'thread_control', owner: 'others' })
    expect(citizen.on({ kind: 'reminder', handoverId: 'h', what: 'no_answer_yet' }).messages).toEqual([])
  })

  it('nobody is told that they still wait after a person has written', () => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    citizen.on({ kind: 'staff_message', platformMessageId: 's', automatic: false })
    citizen.now += 241 * MINUTE
    expect(citizen.on({ kind: 'reminder', handoverId: 'h', what: 'window_closing' }).messages).toEqual([])
    expect(citizen.hears('gặp cán bộ')).toEqual([expect.stringContaining('«handover_closed»')])
  })

  it.each([['gặp cán bộ'], ['dữ liệu của tôi']])('the bot is silent while a person has the conversation, also about “%s” and places', (text) => {
    const citizen = talk()
    citizen.on({ kind: 'staff_message', platformMessageId: 's', automatic: false })
    expect(citizen.says(text)).toMatchObject({ messages: [], status: 'paused' })
    expect(citizen.on({ kind: 'location' })).toMatchObject({ messages: [], status: 'paused' })
  })

  it('who left us is noted, so that nothing more is written to them', () => {
    expect(talk().on({ kind: 'unfollow' })).toMatchObject({ messages: [], changes: { profile: { blocked: true } } })
  })

  it('no apology for what came late goes between a person and the citizen; the question goes to staff all the same', () => {
    const citizen = talk()
    citizen.on({ kind: 'staff_message', platformMessageId: 's', automatic: false })
    expect(citizen.says('câu hỏi cũ', citizen.now - 3 * HOUR)).toMatchObject({ messages: [], status: 'stale', changes: { handover: { kind: 'open', reason: 'stale' } } })
  })

  it('a backlog is apologised for once, a second one hours later anew', () => {
    const citizen = talk()
    expect(citizen.hears('câu hỏi cũ', citizen.now - 3 * HOUR)[0]).toMatch(/^«stale»/)
    expect(citizen.hears('câu nữa', citizen.now - 3 * HOUR)).toEqual([])
    citizen.now += 3 * HOUR
    expect(citizen.hears('câu cũ khác', citizen.now - 2.5 * HOUR)[0]).toMatch(/^«stale»/)
  })

  it('orders are obeyed in a backlog by button too', () => {
    const citizen = talk()
    expect(citizen.on({ kind: 'tap', payload: 'k:stop' }, citizen.now - 3 * HOUR)).toMatchObject({ changes: { profile: { optedOut: true } } })
  })

  it('a machine that sends orders by the hundred is heard no more', () => {
    const citizen = talk()
    const answered = Array.from({ length: 300 }, () => citizen.says('menu').messages.length > 0)
    expect(answered.lastIndexOf(true)).toBe(179)
  })
})

describe('automatic messages of the platform’s own app', () => {
  const watch = () => {
    const found: string[][] = []
    return { found, wrote: createAutomaticWatch((_, contactKeys) => void found.push(contactKeys)) }
  }
  it('are eight different contacts within a minute on one account, told once', () => {
    const { found, wrote } = watch()
    for (let n = 0; n < 8; n++) wrote(`k${n}`, 'zalo:oa', n * 8 * SECOND)
    expect(found).toEqual([['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7']])
    wrote('k8', 'zalo:oa', 57 * SECOND)
    expect(found).toHaveLength(1)
  })
  it.each<[string, (n: number) => [string, 'zalo:oa' | 'zalo:ob', number]]>([
    ['one officer who writes to the same few', (n) => [`k${n % 7}`, 'zalo:oa', n]],
    ['officers who take their time', (n) => [`k${n}`, 'zalo:oa', n * 9 * SECOND]],
    ['officers of two accounts', (n) => [`k${n}`, n % 2 === 0 ? 'zalo:oa' : 'zalo:ob', 0]],
  ])('are not %s', (_, at) => {
    const { found, wrote } = watch()
    for (let n = 0; n < 14; n++) wrote(...at(n))
    expect(found).toEqual([])
  })
})
