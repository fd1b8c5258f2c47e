/**
 * Every canned sentence, by key; the words are in `content/replies.yaml`, this says when each is used and which
 * placeholders it may show beside `{{province.KEY}}`. A missing or unknown key is refused when content is read.
 */
export const replyUses = {
  // Lists
  list_hint: 'under every numbered list: type a number or tap; 0 main menu, 9 back',
  more_title: 'choice that shows the next page of a long list',
  first_page_title: 'choice on the last page that shows the first one again',
  old_button: 'a button that no longer leads anywhere; the current menu follows',
  number_without_list: 'a number was typed but no list of the last 24 hours fits; the menu follows',
  // Articles
  source_line: 'last line of an answer: {{source}} {{reviewed}}',
  steps_title: 'choice under a short answer: shows the rest',
  not_helpful_title: 'choice under an answer: this is not what I asked',
  human_title: 'choice: talk to a person',
  helpful_title: 'choice under the full steps: this helped',
  helpful_thanks: 'after helpful',
  not_helpful_sorry: 'after not helpful; related articles and a person follow as choices',
  expired_article: 'instead of an article past its review date: {{title}} {{url}}',
  // Free questions
  no_source_found: 'nothing sure enough was found; choices: menu, a person',
  clarify: 'two or three candidates follow as choices',
  clarify_none_title: 'last choice of clarify: none of these',
  menu_title: 'choice: main menu',
  // Small talk and what the bot does not do
  hello: 'a greeting without a question; the main menu follows',
  thanks: 'thanks',
  goodbye: 'goodbye',
  who_are_you: 'is this a machine, who runs it',
  abuse: 'insults; calm, offers a person',
  other_language: 'a message in another language or script',
  blocked_question: 'attempts to command the bot, demands for other people’s data, help with wrongdoing',
  off_topic: 'clearly not our business (love, weather, homework); says what it can do',
  gibberish: 'letters without sense',
  // Emergencies: numbers first, at most 300 characters
  emergency_fire: 'fire: 114',
  emergency_medical: 'accident, unconscious: 115',
  emergency_police: 'violence, crime under way: 113',
  emergency_suicide: 'thoughts of ending one’s life: 115, 113, somebody near, stay',
  emergency_child: 'a child in danger: 111',
  emergency_scam: 'a pasted "relative in emergency, transfer now": stop, call back, then 113',
  // A person
  handover_open: 'asked for a person, office open: {{province.duty_hours}} {{province.hotline}}',
  handover_closed: 'asked for a person, office closed: {{opens}} when it opens again, {{province.hotline}}',
  handover_again: 'asked again while waiting: {{since}}',
  handover_waiting: 'nobody answered within the set time, told once: {{province.hotline}}',
  handover_window: 'nobody answered and the platform soon forbids us to write: call {{province.hotline}}, or write again',
  bot_again: '"menu" while a person has the conversation: the assistant answers again',
  // Campaign messages, data
  opt_out_done: 'dừng: no announcements any more; how to come back; questions still answered',
  opt_in_done: 'nhận tin: announcements again (consent given)',
  data_shown: 'dữ liệu của tôi: {{summary}} then how to erase',
  erase_confirm: 'asks to confirm erasure; choices follow',
  erase_yes_title: 'choice: erase',
  erase_no_title: 'choice: keep',
  erase_done: 'farewell after erasure',
  erase_kept: 'not erased',
  remember_ask: 'asks consent to remember {{value}}; choices follow',
  remember_yes_title: 'choice: remember',
  remember_no_title: 'choice: do not remember',
  submitted_info: 'the citizen filled in the platform’s contact form: not kept, what to do instead',
  // What is not text
  voice: 'cannot hear yet; type it or pass it to staff',
  image: 'asks what the picture is; warns against sending ID pictures and OTPs; choices follow',
  image_strange_title: 'choice: a strange message or call',
  image_error_title: 'choice: an error on the screen',
  image_papers_title: 'choice: papers',
  image_strange: 'what to do with a strange message (never tap, type what it says)',
  image_error: 'type the words of the error, or a person',
  image_papers: 'papers are not read here: where to hand them in; delete pictures of ID cards',
  pass_to_staff_title: 'choice: pass what I sent to staff',
  video: 'cannot watch; type it',
  file: 'cannot read files; where to hand papers in',
  contact_card: 'a name card or link: cannot open it; warns about strange links',
  sticker: 'a sticker or emoji only: friendly, short, what it can do',
  location: 'location is not kept; name the commune in words',
  empty: 'an empty message',
  too_long: 'more than 2,000 characters: only the beginning was read',
  // Late, many, broken
  late: 'first line of a late reply: {{time}} of the question',
  stale: 'apology for questions that waited over two hours; staff have them; the menu follows',
  flood: 'one notice before silence when messages come too fast',
  failed: 'apology when a message could not be handled; offers a person',
} as const

export type ReplyKey = keyof typeof replyUses
export type Replies = Readonly<Record<ReplyKey, string>>
