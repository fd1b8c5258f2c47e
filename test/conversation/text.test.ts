import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND, vietnamMoment } from '../../src/core/time.ts'
import { tellOpening } from '../../src/conversation/person.ts'
import { describeKept } from '../../src/conversation/kept-data.ts'
import type { ContactExport } from '../../src/store/ports.ts'
import { sampleArticle, sampleContent, sampleFlows } from '../support/content.ts'
import { Dialogue, monday9 } from '../support/dialogue.ts'

const content = sampleContent({
  articles: [sampleArticle('dvc-forgot-password', { related: ['pay-qr-how'] }), sampleArticle('pay-qr-how'), sampleArticle('brief', { details: '' })],
  answers: {
    'quên mật khẩu vneid': { status: 'answered', article: 'dvc-forgot-password' },
    'mất bao lâu': { status: 'answered', article: 'dvc-forgot-password' },
    'hỏi ngắn': { status: 'answered', article: 'brief' },
    'hai việc': { status: 'answered', article: 'dvc-forgot-password', also: 'pay-qr-how' },
    'chưa rõ': { status: 'clarify', candidates: [{ article: 'dvc-forgot-password', score: 0.5 }] },
    'bao lâu': { status: 'clarify', candidates: [{ article: 'dvc-forgot-password', score: 0.1 }], reply: 'which_matter' },
    'có ai không': { status: 'small_talk', reply: 'hello' },
    'cảm ơn': { status: 'small_talk', reply: 'thanks' },
    'có': { status: 'small_talk', reply: 'say_what' },
    'mã otp là': { status: 'answered', article: 'pay-qr-how' },
  },
})
const talk = (given = {}) => new Dialogue(content, given)
const menu = 'Bà con cần giúp việc gì?'

describe('asked on about the same article', () => {
  it('the steps follow the short answer, then that this was all', () => {
    const citizen = talk()
    expect(citizen.hears('quên mật khẩu vneid')[0]).toContain('Trả lời ngắn')
    expect(citizen.says('mất bao lâu')).toMatchObject({ status: 'answered', article: 'dvc-forgot-password' })
    expect(citizen.conversation.article).toMatchObject({ full: true })
    const last = citizen.says('mất bao lâu')
    expect(last.messages[0]!.text).toBe('«nothing_more» Mục dvc-forgot-password\n\nGõ 1: Các bước · 2: Gửi người nhà · 3: Gặp cán bộ · 4: Menu chính')
    expect(last).toMatchObject({ article: 'dvc-forgot-password' })
    expect(citizen.hears('1')[0]).toContain('1. Bước một dvc-forgot-password.')
  })

  it('steps that were tapped count as given; without steps the short answer was all', () => {
    const citizen = talk()
    citizen.says('quên mật khẩu vneid')
    citizen.says('1')
    expect(citizen.hears('mất bao lâu')[0]).toContain('«nothing_more»')
    const brief = talk()
    brief.says('hỏi ngắn')
    expect(brief.hears('hỏi ngắn')[0]).toBe('«nothing_more» Mục brief\n\nGõ 1: Gửi người nhà · 2: Gặp cán bộ · 3: Menu chính')
  })

  it('after an hour it is a question like any other', () => {
    const citizen = talk()
    citizen.says('quên mật khẩu vneid')
    citizen.now += HOUR + MINUTE
    expect(citizen.hears('quên mật khẩu vneid')[0]).toContain('Trả lời ngắn')
  })

  it('with nothing before it, it is asked what it is about', () => {
    expect(talk().hears('bao lâu')[0]).toBe('«which_matter»\n\nGõ 1: Menu chính · 2: Gặp cán bộ')
  })

  it('in the middle of a flow the step is said anew', () => {
    const citizen = talk()
    citizen.says('dịch vụ công')
    const step = citizen.conversation.flow.at
    expect(step).not.toMatchObject({ flow: 'main' })
    expect(citizen.hears('bao lâu')[0]).toMatch(/^«say_what»/)
    expect(citizen.conversation.flow.at).toEqual(step)
  })

  it('"nói lại" says again what was said last: the answer, its steps, the choice, the menu', () => {
    const citizen = talk()
    expect(citizen.hears('nói lại')[0]).toContain(menu)
    const short = citizen.hears('quên mật khẩu vneid')
    expect(citizen.hears('nói lại giúp tôi')).toEqual(short)
    const steps = citizen.hears('1')
    expect(citizen.hears('gởi lại tin hồi nãy')).toEqual(steps)
    const offered = citizen.hears('chưa rõ')
    expect(citizen.hears('nhắc lại')).toEqual(offered)
    expect(citizen.says('cái đầu tiên')).toMatchObject({ article: 'dvc-forgot-password' })
    citizen.says('menu')
    expect(citizen.hears('lặp lại câu trên')[0]).toContain(menu)
  })

  it('two things asked: the other one is a choice, and there are still three', () => {
    const citizen = talk()
    expect(citizen.hears('hai việc')[0]).toMatch(/«also_asked» Mục pay-qr-how\n\nGõ 1: Các bước · 2: Mục pay-qr-how · 3: Gặp cán bộ$/)
    expect(citizen.says('chưa đúng ý')).toMatchObject({ helpful: 'no', article: 'dvc-forgot-password' })
    citizen.hears('hai việc')
    expect(citizen.taps('a:pay-qr-how').article).toBe('pay-qr-how')
  })
})

describe('to pass on to the family', () => {
  const lines = 'Mục dvc-forgot-password\nTrả lời ngắn dvc-forgot-password.\nNguồn: Nghị định 69/2024/NĐ-CP, 21/11/2026'

  it('under the steps: how to forward, then a message with three lines and the article’s page', () => {
    const citizen = talk()
    citizen.says('quên mật khẩu vneid')
    citizen.says('các bước')
    const shared = citizen.says('Gửi người nhà')
    expect(shared).toMatchObject({ status: 'share', article: 'dvc-forgot-password' })
    expect(shared.messages).toEqual([{ text: '«share_how»' }, { text: `${lines}\nhttps://tinh.example/muc/dvc-forgot-password` }])
    expect(citizen.says('1').helpful).toBe('yes')
  })

  it.each(['gửi người nhà', 'gui cho con gai toi voi', 'chuyển tiếp cho hàng xóm giúp em'])('in words after an answer: %s', (text) => {
    const citizen = talk()
    citizen.says('quên mật khẩu vneid')
    expect(citizen.hears(text)[1]).toContain(lines)
  })

  it('without a public address the page is left out', () => {
    const citizen = talk({ settings: { publicUrl: null } })
    citizen.says('quên mật khẩu vneid')
    expect(citizen.hears('gửi người nhà')).toEqual(['«share_how»', lines])
  })

  it('with no answer just given, asks for the question first', () => {
    expect(talk().hears('gửi người nhà')[0]).toContain('«share_what»')
  })

  it('stands under a short answer that is all there is, and not for an article past its review date', () => {
    expect(talk().says('hỏi ngắn').messages[0]!.choices!.map(({ payload }) => payload)).toEqual(['n:brief', 'g:brief', 'k:human'])
    const old = sampleContent({ articles: [sampleArticle('old', { reviewBy: '2026-11-01' })] })
    expect(new Dialogue(old).taps('g:old').messages.map(({ text }) => text)).toEqual([expect.stringContaining('«expired_article»')])
  })
})

describe('commands of entry.yaml', () => {
  it.each(['/gapcanbo', '/GapCanBo', '/gapcanbo@CamNangBot'])('%s', (text) => {
    expect(talk().says(text)).toMatchObject({ status: 'handover', handedOver: true })
  })

  it('lead to flows, articles, orders and links', () => {
    expect(talk().hears('/xoadulieu')[0]).toContain('«erase_confirm»')
    expect(talk().hears('/dichvucong')[0]).toContain('Dịch vụ công, bà con chọn một việc')
    expect(talk().says('/quetma').article).toBe('pay-qr-how')
    expect(talk().hears('/cong')[0]).toContain('Mở Cổng: https://dichvucong.gov.vn')
    expect(talk().hears('/menu')[0]).toContain(menu)
  })

  it('while a person has the conversation only those that always work', () => {
    const citizen = talk()
    citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
    expect(citizen.hears('/dichvucong')).toEqual([])
    expect(citizen.hears('/cong')).toEqual([])
    expect(citizen.hears('/xoadulieu')[0]).toContain('«erase_confirm»')
  })
})

describe('words that mean a number of the list', () => {
  it.each(['２', '（2）', '2️⃣', '②', 'số 2', 'chọn 2', '(2)', '2.', 'hai', 'mục hai ạ'])('%s', (text) => {
    const citizen = talk()
    citizen.says('menu')
    expect(citizen.says(text).article).toBe('dvc-forgot-password')
  })

  it('a reply that shows numbers of its own takes them over, also where nothing was found; one that shows none leaves the list as it is', () => {
    const citizen = talk()
    citizen.says('menu')
    expect(citizen.hears('chuyện không ai biết')[0]).toMatch(/Gõ 1: Menu chính · 2: Gặp cán bộ$/)
    expect(citizen.says('2').status).toBe('handover')
    citizen.says('menu')
    expect(citizen.says('chuyện không ai biết').messages).toEqual([{ text: '«noted_for_staff»' }])
    expect(citizen.says('2').article).toBe('dvc-forgot-password')
    citizen.says('menu')
    expect(citizen.hears('nhà tôi đang cháy cứu với')).toEqual(['«emergency_fire»'])
    expect(citizen.says('2').article).toBe('dvc-forgot-password')
  })

  it.each(['1 và 2', '1, 3', 'cả hai'])('several at once, “%s”: one at a time, and the same list again', (text) => {
    const citizen = talk()
    const [shown] = citizen.says('menu').messages
    const again = citizen.says(text)
    expect(again.messages).toEqual([{ text: expect.stringMatching(/^«one_at_a_time»\n\n1\. Dịch vụ công\n2\. Quên mật khẩu\n3\. /), choices: shown!.choices }])
    expect(citizen.says('2').article).toBe('dvc-forgot-password')
    const offered = citizen.says('chưa rõ').messages[0]!.choices
    expect(citizen.says(text === '1, 3' ? '1, 2' : text).messages[0]!.choices).toEqual(offered)
    expect(citizen.says('1').article).toBe('dvc-forgot-password')
  })

  it('several numbers are words like any other where a step waits for words, where there is no list, and where staff changed it', () => {
    const named = talk()
    named.says('nộp hồ sơ')
    named.says('2')
    expect(named.hears('1 và 2')[0]).toContain('Chào 1 và 2.')
    expect(talk().says('1 và 2').status).toBe('no_source_found')
    const changed = talk()
    changed.says('menu')
    changed.content = sampleContent({ flows: { ...sampleFlows, 'flows/main.yaml': sampleFlows['flows/main.yaml']!.replace('title: Quên mật khẩu', 'title: Mật khẩu') } })
    expect(changed.says('1 và 2').status).toBe('no_source_found')
  })

  it.each(['０', '0️⃣', 'menuu'])('%s is the main menu', (text) => {
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    expect(citizen.hears(text)[0]).toContain(menu)
  })

  it('without a list the menu is shown; a name that sounds like a number stays a name', () => {
    expect(talk().hears('số 2')[0]).toMatch(/^«number_without_list»\n\nBà con cần/)
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    citizen.says('2')
    expect(citizen.hears('Hai')[0]).toContain('Chào Hai.')
  })

  it('words that ask nothing get the menu', () => {
    expect(talk().hears('có')[0]).toMatch(/^«say_what»\n\nBà con cần/)
  })
})

describe('a yes or no in words', () => {
  const erasing = () => {
    const citizen = talk()
    citizen.says('xóa dữ liệu')
    return citizen
  }
  it.each(['có', 'đồng ý', 'dạ có ạ', 'xóa đi', 'dong y'])('“%s” erases', (text) => {
    expect(erasing().says(text).changes).toMatchObject({ erase: true })
  })

  it.each(['ừ', 'ok', 'vâng', 'phải'])('“%s” is asked again', (text) => {
    const citizen = erasing()
    const again = citizen.says(text)
    expect(again.changes?.erase).toBeUndefined()
    expect(again.messages[0]!.text).toBe('«erase_confirm»\n\nGõ 1: Xóa · 2: Giữ lại')
    expect(citizen.says('có').changes).toMatchObject({ erase: true })
  })

  it.each(['không', 'thôi', 'giữ lại', 'hủy', 'huy', 'huỷ bỏ', 'thôi hủy đi', 'ko'])('“%s” keeps', (text) => {
    const citizen = erasing()
    expect(citizen.hears(text)).toEqual(['«erase_kept»'])
    expect(citizen.conversation.pending).toBeNull()
  })

  it('means nothing once something else was said, nor without the question', () => {
    const citizen = erasing()
    citizen.says('quên mật khẩu vneid')
    expect(citizen.says('có').changes?.erase).toBeUndefined()
    expect(talk().says('đồng ý xóa').changes?.erase).toBeUndefined()
  })

  it.each([['ừ', true], ['ok', true], ['thôi', false], ['không cần', false]])('“%s” to remembering: %s', (text, given) => {
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    citizen.says('2')
    citizen.says('Lan')
    citizen.says('Xã Mẫu')
    expect(citizen.says(text).changes!.consents).toMatchObject([{ purpose: 'remember', given }])
  })
})

describe('“hủy” alone', () => {
  const cancelled = /^«cancel_what»\n\nBà con cần giúp việc gì\?/

  it.each(['hủy', 'huỷ', 'Hủy đi', 'hủy bỏ ạ', 'huy', 'cancel'])('%s: says how to cancel what, and cancels nothing', (text) => {
    const draft = talk().says(text)
    expect(draft.messages[0]!.text).toMatch(cancelled)
    expect(draft.changes).toBeUndefined()
  })

  it('leads out of a flow; where words are waited for, “Huy” is a name', () => {
    const citizen = talk()
    citizen.says('nộp hồ sơ')
    expect(citizen.hears('huy')[0]).toMatch(cancelled)
    citizen.says('nộp hồ sơ')
    citizen.says('2')
    expect(citizen.hears('Huy')[0]).toContain('Chào Huy.')
    citizen.says('nộp hồ sơ')
    citizen.says('2')
    expect(citizen.hears('hủy')[0]).toMatch(cancelled)
    expect(citizen.conversation.flow.saved['name']).toBe('Huy')
  })

  it('after the question whether to erase was left, erases no more', () => {
    const citizen = talk()
    citizen.says('xóa dữ liệu')
    citizen.says('quên mật khẩu vneid')
    citizen.says('hủy')
    expect(citizen.conversation.pending).toBeNull()
    expect(citizen.says('có').changes?.erase).toBeUndefined()
  })

  it('does not take back a request for a person, nor break the silence while one has the conversation', () => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    expect(citizen.says('hủy').changes).toBeUndefined()
    expect(citizen.hears('gặp cán bộ')[0]).toBe('«handover_again» 09:00')
    citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
    expect(citizen.hears('hủy')).toEqual([])
  })

  it.each(['hủy hồ sơ đã nộp', 'anh Huy đâu', 'hủy lịch hẹn'])('with more words it is a question: %s', (text) => {
    expect(talk().says(text).status).toBe('no_source_found')
  })
})

describe('while waiting for a person', () => {
  const waiting = () => {
    const citizen = talk()
    citizen.says('gặp cán bộ')
    citizen.now += 5 * MINUTE
    return citizen
  }

  it.each(['hồ sơ tách thửa của tôi từ tháng 8 chưa thấy gì', 'chưa rõ', 'có'])('details are noted: %s', (text) => {
    const draft = waiting().says(text)
    expect(draft.messages).toEqual([{ text: '«noted_for_staff»' }])
    expect(draft.changes).toBeUndefined()
  })

  it('what is surely answered, courtesy and menus are as ever', () => {
    expect(waiting().says('quên mật khẩu vneid').article).toBe('dvc-forgot-password')
    expect(waiting().hears('cảm ơn')[0]).toContain('«thanks»')
    expect(waiting().hears('menu')[0]).toContain(menu)
  })

  it('“không cần nữa” takes the request back, and only then', () => {
    expect(waiting().says('thôi không cần nữa')).toMatchObject({ status: 'taken_back', changes: { handover: { kind: 'close' } } })
    expect(talk().says('thôi không cần nữa').changes?.handover).toBeUndefined()
  })

  it('“có ai không” is told since when the request stands', () => {
    expect(waiting().hears('có ai không')).toEqual(['«handover_again» 09:00'])
  })

  it('pictures, voices and files are for the person; a burst gets one reply', () => {
    const citizen = waiting()
    expect(citizen.on({ kind: 'attachment', mediaType: 'image' }).messages).toEqual([{ text: '«noted_media»' }])
    citizen.now += 30 * SECOND
    expect(citizen.on({ kind: 'attachment', mediaType: 'image' }).messages).toEqual([])
    expect(citizen.on({ kind: 'attachment', mediaType: 'audio' }).messages).toEqual([{ text: '«noted_media»' }])
    expect(citizen.on({ kind: 'attachment', mediaType: 'sticker' }).messages[0]!.text).toContain('«sticker»')
  })

  it('after two days in vain a new matter begins', () => {
    const citizen = waiting()
    citizen.now += 2 * DAY
    expect(citizen.says('chuyện khác hẳn').status).toBe('no_source_found')
  })
})

describe('what should not have been typed', () => {
  it('is warned of first, and is no part of the question', () => {
    const citizen = talk()
    expect(citizen.hears('mã otp là 482913')).toEqual(['«secret_warning» 7 ngày', expect.stringContaining('Trả lời ngắn pay-qr-how.')])
    const alone = citizen.says('012345678901')
    expect(alone.messages[0]!.text).toBe('«secret_warning» 7 ngày\n\nGõ 1: Menu chính · 2: Gặp cán bộ')
    const unknown = citizen.says('mật khẩu của tôi là Abc@1234 vào không được chỗ kia')
    expect(unknown.messages[0]).toEqual({ text: '«secret_warning» 7 ngày' })
    expect(unknown.changes!.unanswered!.question).not.toContain('Abc')
  })

  it('tells the term that is set', () => {
    expect(talk({ settings: { retention: { eventText: 36 * HOUR } } }).hears('012345678901')[0]).toContain('«secret_warning» 36 giờ')
  })

  it('does not delay an emergency, nor break the silence of a pause', () => {
    const citizen = talk()
    expect(citizen.hears('nhà tôi đang cháy cứu với, cccd 012345678901')).toEqual(['«emergency_fire»'])
    citizen.on({ kind: 'staff_message', platformMessageId: 's1', automatic: false })
    expect(citizen.hears('012345678901')).toEqual([])
  })
})

describe('what is thought of an answer', () => {
  it('counts where an article was just given', () => {
    const good = talk()
    good.says('quên mật khẩu vneid')
    expect(good.says('đúng rồi')).toMatchObject({ status: 'feedback', helpful: 'yes', article: 'dvc-forgot-password' })
    const bad = talk()
    bad.says('quên mật khẩu vneid')
    expect(bad.says('không hiểu')).toMatchObject({ status: 'feedback', helpful: 'no', article: 'dvc-forgot-password' })
  })

  it('and only there', () => {
    expect(talk().says('đúng rồi').helpful).toBeUndefined()
  })
})

describe('what is told', () => {
  it('when the office opens: the weekday where it is neither today nor tomorrow', () => {
    expect(tellOpening(monday9 + 4 * HOUR, monday9)).toBe('13:00')
    expect(tellOpening(vietnamMoment('2026-11-24', 450), monday9)).toBe('07:30 ngày mai')
    expect(tellOpening(vietnamMoment('2026-11-30', 450), vietnamMoment('2026-11-27', 20 * 60))).toBe('07:30 thứ Hai 30/11')
    expect(tellOpening(null, monday9)).toBe('')
  })

  it('what is kept: what flows saved, where the person came in, consents as they are recorded, the latest of each kind', () => {
    const kept = {
      profile: { firstSeenAt: monday9, optedOut: false, remembered: {} }, events: [], deliveries: [], handovers: [], unanswered: [],
      consents: [
        { purpose: 'announce', given: true, at: monday9 + DAY, notice: 'v1', eventId: 'e2' },
        { purpose: 'announce', given: false, at: monday9, notice: 'v1', eventId: 'e1' },
        { purpose: 'remember', given: false, at: monday9, notice: 'v1', eventId: 'e3' },
      ],
    } as unknown as ContactExport
    expect(describeKept(kept)).toContain('– Nhận thông báo: đã đồng ý ngày 24/11/2026\n– Cho trợ lý ghi nhớ: không đồng ý ngày 23/11/2026')
    expect(describeKept({ ...kept, conversation: { entry: 'khai-sinh', flow: { saved: { xa: 'Xã Bình An', ten: 'Lan' } } } }))
      .toContain('– Bà con đã chọn hoặc viết khi làm từng bước: “Xã Bình An”\n– Bà con đã chọn hoặc viết khi làm từng bước: “Lan”\n– Vào từ mã QR hoặc đường dẫn: khai-sinh')
    expect(describeKept({ ...kept, unanswered: [{ question: 'chuyện của [tên]', at: monday9 }] })).toContain('giữ để bổ sung (đã che tên, số), ngày 23/11/2026: “chuyện của [tên]”')
    expect(describeKept({ ...kept, consents: [] })).toContain('– Nhận thông báo: chưa đồng ý, cũng chưa từ chối\n– Cho trợ lý ghi nhớ: chưa hỏi')
  })
})
