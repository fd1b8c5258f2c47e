import { describe, expect, it } from 'vitest'
import type { Campaign, Post } from '../../src/campaign/campaign.ts'
import { checkCampaign } from '../../src/campaign/check.ts'
import { readForm } from '../../src/campaign/parse.ts'
import { standardSettings } from '../support/campaign-settings.ts'
import { inForm, tellFault } from '../../src/console/campaign-form-words.ts'
import { headFieldOf } from '../../src/console/campaign-head.ts'
import { DAY, HOUR } from '../../src/core/time.ts'
import { campaignText, readCampaign } from '../campaign/support.ts'
import { compose, picture, rules } from '../campaign/world.ts'

/** Words of campaign files and of programmers. */
const ofFiles = /\b(?:means|theme|slogans|period|key_days|at_night|template|data|cities|paid|sample|posts|tags|audience|flow:|article:|campaign check)\b|khóa|\.yaml|\d{4}-\d{2}-\d{2}|\{\{[^]*\{\{[^]*\{\{/

const good = readCampaign(campaignText())
const post = good.posts[0]!
const withPost = (change: Partial<Post>, head: Partial<Campaign> = {}): Campaign => ({ ...good, ...head, posts: [{ ...post, ...change }] })
const message = (change: Partial<Post['message']>, head: Partial<Campaign> = {}): Campaign => withPost({ message: { ...post.message, ...change } }, head)
const contacts = { phones: new Set<string>(), sites: [], unsure: { phones: new Set<string>(), sites: [] }, press: [], own: [], advice: false }

describe('what a form says of a campaign', () => {
  it.each<[string, Campaign]>([
    ['nothing typed', { ...good, id: '', name: '', purpose: '', period: { from: '', to: '' }, posts: [] }], ['days turned round', { ...good, period: { from: '2026-10-10', to: '2026-10-01' } }],
    ['a key day that is none', { ...good, keyDays: ['mai'] }], ['no way to send', withPost({ means: [] })], ['no words', message({ text: '' })],
    ['links and buttons that are none', message({ links: [{ title: 'A', url: 'http://x' }], buttons: [{ title: '', opens: 'x' }] })],
    ['a template without its id', withPost({ means: [{ means: 'zalo_template', template: null, cities: [], paid: true }] })],
    ['a template that nobody asked for', withPost({ means: [{ means: 'zalo_broadcast', template: { id: 'a', language: 'vi', data: { 'x y': '' } }, cities: ['99'], paid: false }] })],
    ['a file that is none', message({ media: { kind: 'image', asset: 'Ảnh' } })], ['accounts that are none', withPost({ audience: { ...post.audience, accounts: ['x' as 'zalo:1'], lastSeenSince: 'mai' } })],
    ['two posts of one code', { ...good, posts: [post, post] }],
  ])('that cannot be read, in its own words: %s', (_, campaign) => {
    const read = readForm(campaign)
    if (!('faults' in read)) throw new Error('it can be read')
    for (const fault of read.faults) expect(tellFault(fault)).not.toMatch(ofFiles)
  })

  it.each<[string, Campaign]>([
    ['a theme that is not there', message({ text: '{{campaign.theme}}' })], ['a slogan that is not there', message({ text: '{{campaign.slogan}}' })], ['a place that is not there', message({ text: '{{province.hotlin}} {{x}} {{province.y}}' })],
    ['a day outside', withPost({ at: post.at - DAY })], ['a key day outside', { ...good, keyDays: ['2026-11-01'] }], ['at night, skipped', withPost({ at: post.at + 14 * HOUR, atNight: 'skip' })],
    ['a button to nowhere', message({ buttons: [{ title: 'A', opens: 'article:khong-co' }] })], ['a link that is no address', message({ links: [{ title: 'A', url: '{{province.hotline}}' }] })],
    ['a picture out of its time', message({ media: { kind: 'image', asset: 'anh' } })], ['numbers, pages and places', message({ text: 'Gọi 0912345678, xem tin-moi.vn [[điền số]].' })], ['a tag', withPost({ audience: { ...post.audience, tags: ['x'] } })],
    ['a sample’s words', withPost({ title: '(BÀI MẪU) A' })],
  ])('that is not good, in its own words: %s', (_, campaign) => {
    const context = { compose: compose({ contacts, media: () => picture({ until: '2026-09-30' }) }), rules, settings: standardSettings }
    const found = checkCampaign({ campaign, file: 'f', locate: () => ({ line: 1, column: 1 }) }, context)
    expect(found.length).toBeGreaterThan(0)
    for (const problem of found) expect(tellFault(problem)).not.toMatch(ofFiles)
  })

  it('tells days as people write them', () => expect(inForm('sai ngày 2026-10-01')).toBe('sai ngày 01/10/2026'))

  it('has a field for every part of the head', () => expect(['id', 'name', 'purpose', 'theme', 'slogans', 'key_days'].map((name) => headFieldOf([name, 0]))).not.toContain(''))
})
