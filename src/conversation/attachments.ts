import type { InboundEvent, MediaType } from '../core/event.ts'
import type { ReplyKey } from '../core/replies.ts'
import { MINUTE } from '../core/time.ts'
import { choice, humanChoice, menuChoice, reply } from './compose.ts'
import { decideText } from './text.ts'
import { isWaiting, noted } from './person.ts'
import { silence, turn, type Decision, type Situation } from './turn.ts'

/** Pictures that follow one another so closely get one reply. */
const burst = 2 * MINUTE

const replyOf: Readonly<Record<Exclude<MediaType, 'image'>, ReplyKey>> = {
  audio: 'voice', video: 'video', file: 'file', sticker: 'sticker', link: 'contact_card', contact_card: 'contact_card', other: 'file',
}

/** Not text: each gets a civil, useful reply; words under a picture are read as words. */
export function decideAttachment(situation: Situation, event: Extract<InboundEvent, { kind: 'attachment' }>): Decision {
  if (event.caption !== undefined && event.caption.trim() !== '') return decideText(situation, event.caption)
  const { content, conversation } = situation
  if (event.mediaType !== 'image') {
    const forStaff = event.mediaType === 'audio' || event.mediaType === 'video' || event.mediaType === 'file'
    if (forStaff && isWaiting(situation)) return turn(noted(situation, 'noted_media'))
    const choices = forStaff
      ? [choice(content, 'pass_to_staff_title', 'k:pass'), menuChoice(content)]
      : [menuChoice(content), humanChoice(content)]
    return turn({ conversation, messages: [{ text: reply(content, replyOf[event.mediaType]), choices }], status: 'attachment' })
  }
  const told = { ...conversation, pictureToldAt: event.sentAt }
  if (conversation.pictureToldAt !== null && event.sentAt - conversation.pictureToldAt < burst) return turn(silence(situation, 'attachment', told))
  if (isWaiting(situation)) return turn(noted({ ...situation, conversation: told }, 'noted_media'))
  return turn({
    conversation: told,
    messages: [{
      text: reply(content, 'image'),
      choices: [
        choice(content, 'image_strange_title', 'k:img-strange'),
        choice(content, 'image_error_title', 'k:img-error'),
        choice(content, 'image_papers_title', 'k:img-papers'),
        humanChoice(content),
      ],
    }],
    status: 'attachment',
  })
}
