import { shorten } from '../src/core/text.ts'
import type { FacebookContext } from './facebook-events.ts'
import type { Gathering } from './gather.ts'
import { idOf, objectOf, textOf, timeOf, type Json } from './read.ts'

/** One item of `entry.changes`: something on the page itself, outside Messenger. */
export function readChange(found: Gathering, change: Json, context: FacebookContext): void {
  const field = textOf(change.field)
  const value = objectOf(change.value)
  if (field === null || value === null) found.ignore('unknown_shape')
  else if (field === 'feed') readFeed(found, value, context)
  else if (field.endsWith('template_status_update')) readTemplateStatus(found, value, context)
  else found.ignore(field)
}

/** On a popular post reactions come by the thousand: what is no comment is left at once. */
function readFeed(found: Gathering, value: Json, context: FacebookContext): void {
  const [item, verb] = [textOf(value.item) ?? 'item', textOf(value.verb) ?? 'change']
  if (item !== 'comment') return found.ignore(`feed_${item}`)
  if (verb !== 'add' && verb !== 'edited' && verb !== 'remove') return found.ignore(`feed_comment_${verb}`)
  const author = idOf(objectOf(value.from)?.id)
  const commentId = idOf(value.comment_id)
  if (author === null || commentId === null) return found.ignore('feed_comment_without_author')
  if (author === context.pageId) return found.ignore('own_comment')
  const contact = { channel: 'facebook', accountId: context.pageId, userId: author } as const
  const sentAt = timeOf(value.created_time, context.receivedAt)
  const head = { sentAt, receivedAt: context.receivedAt, orderAt: sentAt, messageId: commentId }
  const fields = fieldsOf(value)
  // The time is that of the comment: what is done to it happens now.
  if (verb !== 'add') found.add(contact, commentId, { ...head, sentAt: context.receivedAt, orderAt: context.receivedAt }, { kind: 'comment_removed', commentId, words: verb === 'edited' ? (fields['message'] ?? null) : null })
  if (verb === 'remove') return
  found.add(contact, verb === 'add' ? commentId : { commentId, message: fields['message'] ?? null }, head, { kind: 'comment', fields })
}

/** Where it can be seen stands beside it or, as the post's place, in what is told of the post. */
function fieldsOf(value: Json): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const name of ['comment_id', 'post_id', 'parent_id', 'message', 'permalink_url']) {
    const text = textOf(value[name]) ?? (name === 'permalink_url' ? textOf(objectOf(value.post)?.permalink_url) : null)
    if (text !== null) fields[name] = text
  }
  return fields
}

/** A message template was approved or refused. Meta prints two spellings of the field. */
function readTemplateStatus(found: Gathering, value: Json, { pageId, receivedAt }: FacebookContext): void {
  const said = ['message_template_name', 'event', 'reason'].map((name) => textOf(value[name])).filter((text) => text !== null)
  found.accountEvents.push({ account: `facebook:${pageId}`, at: receivedAt, kind: 'template_changed', detail: shorten(said.join(' '), 300) })
}
