/**
 * What we want to say, before any channel's limits. Texts are plain (no markup) and may be long; a channel's `render`
 * turns a message into parts. Choices are also written into the text as a numbered list by whoever makes the message,
 * so that a channel may drop what does not fit its buttons.
 */
export interface Message {
  text: string
  choices?: Choice[]
  links?: Link[]
  media?: Media
  /** The platform's id of a message that this one answers visibly. */
  quote?: string
  /** What the platform approved beforehand, with its blanks filled: goes out instead of everything else. Only campaigns have it. */
  template?: { id: string; language: string | null; data: Record<string, string> }
}

/** One thing to tap. `payload` comes back as a tap and is at most 64 bytes. */
export interface Choice {
  title: string
  payload: string
  /** Keeps its button where a channel has too few for all of them: the others can be typed by number, this is how one gets to see them. */
  leadsOn?: true
}

export interface Link {
  title: string
  url: string
}

export interface Media {
  kind: 'image' | 'audio' | 'video' | 'file'
  url: string
  /** What it shows, for those who cannot see or load it. */
  alt: string
}

/** One platform call's worth of a message: within that channel's limits, nothing left to cut. Stored as JSON. */
export type Part = Message
