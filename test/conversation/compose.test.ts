import { describe, expect, it } from 'vitest'
import { facebookLimits, renderFacebook } from '../../src/channels/facebook-message.ts'
import { renderZalo, zaloLimits } from '../../src/channels/zalo-message.ts'
import { formatProblems, loadContent } from '../../src/content.ts'
import { forwardable, fullAnswer, shortAnswer, spokenAnswer, stepsMessages } from '../../src/conversation/compose.ts'
import { readContentFolders } from '../../src/node/files.ts'
import { contentOptions, wordFolders } from '../../src/node/words.ts'

const read = loadContent(await readContentFolders(wordFolders({ flowsDir: 'flows', contentDir: 'content' })), contentOptions)
if ('problems' in read) throw new Error(formatProblems(read.problems).join('\n'))
const { content } = read
const articles = [...content.articles.values()]
const wrong = (isWrong: (article: (typeof articles)[number]) => boolean): string[] => articles.filter(isWrong).map(({ id }) => id)

describe('every article of the handbook', () => {
  it('begins with its short answer and three choices at most, in one message on each channel, official page and source in the text', () => {
    expect(articles.length).toBeGreaterThan(100)
    expect(wrong((article) => (shortAnswer(content, article).choices?.length ?? 0) !== 3 || !shortAnswer(content, article).text.startsWith(article.short))).toEqual([])
    expect(wrong((article) => article.actions[0] !== undefined && !shortAnswer(content, article).text.includes(article.actions[0].url))).toEqual([])
    expect(wrong((article) => !shortAnswer(content, article).text.includes('Nguồn: '))).toEqual([])
    expect(wrong((article) => renderZalo(shortAnswer(content, article)).length !== 1 || renderFacebook(shortAnswer(content, article)).length !== 1)).toEqual([])
  })

  it('has room for a recording among the buttons under its steps', () => {
    expect(wrong((article) => fullAnswer(content, article).choices!.length >= zaloLimits.buttons)).toEqual([])
  })

  it('is passed on as three lines and its page', () => {
    expect(wrong((article) => forwardable(content, article, 'https://tinh.example')[1]!.text.split('\n').length !== 4)).toEqual([])
  })
})

describe('pictures and recordings', () => {
  const framed = content.articles.get('dx-day-activities')!
  const asset = content.assets.get(framed.assets[0]!)!
  const showing = { day: asset.from ?? '2026-10-01', publicUrl: 'https://tinh.example' }
  const recording = { ...asset, id: 'ghi-am', file: 'ghi-am.mp3', kind: 'audio' as const, type: 'audio/mpeg', from: null, until: null }
  const heard = { ...content, assets: new Map(content.assets).set(recording.id, recording) }
  const spoken = { ...framed, audio: [{ language: 'Tiếng Mông', asset: recording.id, translatedBy: 'Sùng A', checkedBy: 'Vàng B' }] }

  it('go before the steps, whose choices stay in sight', () => {
    const [picture, steps] = stepsMessages(content, framed, showing)
    expect(picture).toMatchObject({ media: { kind: 'image', url: `https://tinh.example/tep/${asset.id}`, alt: asset.alt } })
    expect(steps).toEqual({ ...fullAnswer(content, framed) })
  })

  it('are left out after their last day, and where nobody could fetch them', () => {
    expect(stepsMessages({ ...content, assets: new Map([[asset.id, { ...asset, until: '2025-12-31' }]]) }, framed, showing)).toEqual([fullAnswer(content, framed)])
    expect(stepsMessages(content, framed, { ...showing, publicUrl: null })).toEqual([fullAnswer(content, framed)])
  })

  it('a recording is offered as "Nghe" and sent', () => {
    expect(stepsMessages(heard, spoken, showing).at(-1)!.choices![0]).toEqual({ title: 'Nghe', payload: `h:${framed.id}` })
    expect(spokenAnswer(heard, spoken, showing)).toMatchObject([{ text: `${framed.title} (Tiếng Mông)`, media: { kind: 'audio', url: 'https://tinh.example/tep/ghi-am' } }])
    expect(spokenAnswer(content, framed, showing)).toEqual(stepsMessages(content, framed, showing))
  })
})

it('no title under an answer is cut on Facebook', () => {
  const titles = (['steps_title', 'not_helpful_title', 'human_title', 'helpful_title', 'share_title', 'hear_title', 'menu_title', 'more_title', 'first_page_title'] as const).map((key) => content.replies[key])
  expect(titles.filter((title) => title.length > facebookLimits.buttonTitle)).toEqual([])
})
