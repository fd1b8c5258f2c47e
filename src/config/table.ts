/** One environment variable. The README's table is made of these. */
export interface Setting {
  name: string
  /** As it would be written; null: nothing. */
  default: string | null
  meaning: string
}

const setting = (name: string, standard: string | null, meaning: string): Setting => ({ name, default: standard, meaning })

/** Every name that is read. Durations are `15m`, `2h`, `7d`, or a bare number in the unit named in the meaning. */
export const settingsTable: readonly Setting[] = [
  setting('HOST', '127.0.0.1', 'Address to listen on.'),
  setting('PORT', '3000', 'Port to listen on.'),
  setting('PUBLIC_URL', null, 'Where citizens and platforms reach the server: an https origin without a path.'),
  setting('STORE', 'sqlite:./data/camnang.db', 'Where everything is kept: `sqlite:<file>`, `file:<folder>`, `postgres://user:password@host/database`, or `env:NAME` for one of these in another variable.'),
  setting('LOG_LEVEL', 'info', '`trace`, `debug`, `info`, `warn`, `error` or `silent`.'),
  setting('FLOWS_DIR', 'flows', 'Folder of the scripted dialogues.'),
  setting('CONTENT_DIR', 'content', 'Folder of articles, replies and province facts.'),

  setting('ZALO_APP_ID', null, 'Id of the Zalo app.'),
  setting('ZALO_APP_SECRET', null, 'Secret key of the Zalo app; signs token calls.'),
  setting('ZALO_OA_ID', null, 'Id of the Official Account.'),
  setting('ZALO_OA_SECRET_KEY', null, 'OA Secret Key; proves webhooks. `new,old` while rotating.'),
  setting('ZALO_ACCESS_TOKEN', null, 'Seeds the store; replaces its pair only when it is a new one. Not needed with `zalo connect`.'),
  setting('ZALO_REFRESH_TOKEN', null, 'Seeds the store together with ZALO_ACCESS_TOKEN.'),
  setting('ZALO_VERIFY_CODE', null, 'Code of `zalo_verifier<code>.html`, served to prove the domain.'),
  setting('ZALO_API_URL', 'https://openapi.zalo.me', 'Origin of the OA API.'),
  setting('ZALO_OAUTH_URL', 'https://oauth.zaloapp.com', 'Origin of the token host.'),

  setting('FACEBOOK_PAGE_ID', null, 'Id of the page.'),
  setting('FACEBOOK_APP_ID', null, 'Id of the Meta app.'),
  setting('FACEBOOK_APP_SECRET', null, 'App secret; proves webhooks and our calls. `new,old` while rotating.'),
  setting('FACEBOOK_PAGE_TOKEN', null, 'Page access token, best of a system user.'),
  setting('FACEBOOK_VERIFY_TOKEN', null, 'The word Meta repeats when the webhook is set up.'),
  setting('FACEBOOK_GRAPH_URL', 'https://graph.facebook.com', 'Origin of the Graph API.'),
  setting('FACEBOOK_GRAPH_VERSION', 'v26.0', 'Version of the Graph API; each lives about two years.'),

  setting('TELEGRAM_BOT_TOKEN', null, 'Token of the bot. Telegram is restricted in Viet Nam: setting it is a decision of the province.'),
  setting('TELEGRAM_WEBHOOK_SECRET', null, 'Proves webhooks: 1–256 of A–Z a–z 0–9 _ -. `new,old` while rotating.'),
  setting('TELEGRAM_POST_TO', null, 'Channel that the bot posts in: `@name` or its -100… number. The bot must be an administrator there.'),
  setting('TELEGRAM_API_URL', 'https://api.telegram.org', 'Origin of the Bot API.'),

  setting('ACCOUNTS_FILE', null, 'YAML file with any number of OAs, pages and bots (docs/accounts.example.yaml); the variables above are the first account.'),

  setting('OPENAI_MODEL', null, 'Name of the language model; with it, unsure questions and long stories may be answered in its words, checked against the articles (docs/answers.md). Absent: no model.'),
  setting('OPENAI_BASE_URL', 'https://api.openai.com/v1', 'Where it runs: any server that speaks OpenAI’s chat completions. Plain http only on this machine or a private network.'),
  setting('OPENAI_API_KEY', null, 'Its key; not needed where OPENAI_BASE_URL is set and the server wants none.'),
  setting('MODEL_HOSTS_IN_VIETNAM', null, 'Host names, with commas between, to which masked questions may go without asking. For any other host each citizen is asked first.'),
  setting('MODEL_TIMEOUT', '8s', 'How long a citizen waits for the model before the article itself is sent: 1s to 30s. A bare number is seconds.'),
  setting('MODEL_PER_CONTACT_A_DAY', '20', 'Questions of one person that may go to the model on one day.'),
  setting('MODEL_PER_DAY', '2000', 'Questions of all that may go to the model on one day, over all processes.'),
  setting('MODEL_PRICE_READ', '0', 'Price of a million tokens that the model reads, for the counter of cost.'),
  setting('MODEL_PRICE_WRITTEN', '0', 'Price of a million tokens that it writes.'),

  setting('HANDOVER_MINUTES', '240', 'How long the bot keeps silent after a person has written, in minutes.'),
  setting('STAFF_ANSWER_MINUTES', '30', 'Working minutes without a person’s answer after which staff and citizen are told.'),
  setting('LATE_AFTER', '15m', 'A reply older than this says that it is late. A bare number is minutes.'),
  setting('STALE_AFTER', '2h', 'A question older than this gets one apology and goes to staff. A bare number is minutes.'),
  setting('FLOOD_PER_MINUTE', '60', 'Messages of one person in a minute before the bot asks for patience; 0: no limit.'),
  setting('ANNOUNCE_BASIS', 'consent', '`consent`: announcements go only to who agreed ("nhận tin"); `state_task`: the law’s exemption for state bodies, which the province’s lawyer decides.'),
  setting('APPROVE_VIA', 'any', '`console`: campaigns cannot be approved from the command line.'),
  setting('QUIET_HOURS', '22:00-06:00', 'Nothing of a campaign goes out then, by the clock of Viet Nam; `off`: at any hour.'),
  setting('CAMPAIGN_DAILY_CAP', '1', 'Campaign messages that one person gets at most on one day.'),
  setting('CAMPAIGN_PAUSE_SHARE', '5', 'Of a hundred sends so many failures pause a campaign, from its hundredth send on.'),
  setting('CAMPAIGN_PAUSE_IN_ROW', '50', 'So many failures one after another pause it at once.'),
  setting('ALERT_URL', null, 'Alerts for the people on duty are posted there as JSON.'),
  setting('METRICS_TOKEN', null, 'Lets others than this machine read /metrics and the details of /ready, as a bearer token.'),
  setting('SANDBOX', null, '`1`: local stand-ins of the platforms; `0`: never. Without any channel they are on by themselves, but not on a public server.'),

  setting('RETAIN_EVENT_TEXT', '7d', 'Words of incoming messages. A bare number is days, here and below.'),
  setting('RETAIN_REPLY_TEXT', '30d', 'Words of sent replies.'),
  setting('RETAIN_IDLE_CONTACT', '90d', 'A conversation and its contact without any event.'),
  setting('RETAIN_CAMPAIGN_KEY', '180d', 'Who received a campaign message (by key).'),
  setting('RETAIN_DEDUPE_KEY', '30d', 'Ids of events, by which a repeat is known. At least 2d: platforms repeat for up to 36 hours.'),
  setting('RETAIN_UNANSWERED', '90d', 'Questions nobody could answer, already masked.'),
  setting('RETAIN_AUDIT', '1826d', 'Lines of the log of campaigns (who did what), five years; at least 365d. Its last line stays.'),
  setting('RETAIN_BACKUPS', '30d', 'Backups made by `camnang backup`, and the copies that a restore or a new version leaves beside the store; the server deletes them. Erasures are remembered 7 days longer.'),
]

const defaults = new Map(settingsTable.map(({ name, default: standard }) => [name, standard]))

/** The default of a setting; null when it has none or is not one. */
export const defaultOf = (name: string): string | null => defaults.get(name) ?? null
