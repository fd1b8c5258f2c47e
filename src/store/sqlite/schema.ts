const inStretches = (table: 'events' | 'deliveries', indexed: string): string => `
  with recursive stretches (n) as (
    select min(seq) >> 12 from ${table}
    union all select n + 1 from stretches where n < (select max(seq) >> 12 from ${table}))
  select own.seq from stretches cross join ${table} own on own.seq >> 12 = stretches.n and own.contact_id = ?1${indexed}`

/** The events of the contact `?1`: for `seq in (…)`. */
export const eventsOfContact = `${inStretches('events', ` and own.status <> 'waiting'`)}
  union all select seq from events where contact_id = ?1 and status = 'waiting'`
/** The deliveries of the contact `?1`: for `seq in (…)`. */
export const deliveriesOfContact = inStretches('deliveries', '')

/**
 * The tables, version by version. A step is never changed once released: a new one is added at the end. The version
 * stands in SQLite's `user_version`.
 *
 * How it stays fast: one `due_at` per mailbox and per delivery says when somebody must look at it (a delivery's is null:
 * nobody), so that a claim is one walk along a small index. A claim moves `due_at` to the end of its lease, and one that
 * ran out is thereby simply due again. `noted_at` is the moment `due_at` was set at, by which a clock that was put back
 * is found out. Planned deliveries of campaigns stand in an index of their own, line by line, so that hundreds of thousands of
 * them, many in campaigns that are paused, are in nobody's way.
 *
 * What costs is how many different pages a transaction touches. Hence partial indexes on what rows only pass through
 * (waiting, due, open, uncertain), which stay a few pages small, and the indexes from a contact to its rows, in stretches
 * of 4,096 rows: new entries all go to the last stretch, and the rare reader looks once into each (`eventsOfContact`).
 * An event that waits stands among those that wait alone. One whose sender waits for the acknowledgement is kept in `arrivals` first, which is mostly empty.
 * Hence also the mailbox: a contact has a row there only while events wait for it, so that a message changes the
 * contact's own wide row once, when the turn is committed.
 *
 * `claims` is the part of a claim's token that makes it new: a delivery's counts, a mailbox's is drawn from the opened store's own run of numbers.
 */
export const schemaSteps: readonly string[] = [`
  create table accounts (
    id integer primary key,
    account text not null unique,
    last_event_at integer not null
  ) strict;

  -- autoincrement: an id is never used again, so that a claim on an erased contact can never fit its successor.
  create table contacts (
    id integer primary key autoincrement,
    contact_key text not null unique,
    account_id integer not null,
    user_id text not null,
    first_seen_at integer not null,
    last_inbound_at integer,
    last_event_at integer not null,
    last_event_day integer not null,
    opted_out integer not null default 0,
    blocked integer not null default 0,
    remembered text not null default '{}',
    farewell integer not null default 0,
    version integer not null default 0,
    waiting integer not null default 0,
    -- The waiting event whose attempts stand here; when another comes before it they are put away in its row.
    head integer,
    attempts integer not null default 0,
    claims integer not null default 0,
    -- Which opened store holds the claim; 0 nobody.
    claimed_by integer not null default 0,
    due_at integer,
    noted_at integer,
    conversation text
  ) strict;
  create index contacts_due on contacts (due_at) where due_at is not null;
  create index contacts_idle on contacts (last_event_day);

  -- seq is the order of arrival. contact_id and body go when the contact is erased or the term is over; the id stays.
  create table events (
    seq integer primary key,
    id text not null unique,
    contact_id integer,
    account_id integer not null,
    status text not null,
    kind text not null,
    sent_at integer not null,
    received_at integer not null,
    order_at integer not null,
    settled_at integer,
    attempts integer not null default 0,
    cause text,
    body text
  ) strict;
  create index events_waiting on events (contact_id, order_at) where status = 'waiting';
  create index events_of_contact on events (seq >> 12, contact_id) where contact_id is not null;
  create index events_with_words on events (received_at) where body is not null and settled_at is not null;
  create index events_without_words on events (received_at) where body is null;
  create index events_dead on events (settled_at) where status = 'dead';

  -- seq is the order in a lane; only the first open one of a lane has a due_at. origin: 0 reply, 1 staff, 2 campaign.
  create table deliveries (
    seq integer primary key,
    id text not null,
    contact_id integer,
    account_id integer not null,
    origin integer not null,
    status text not null,
    question_at integer,
    question_message_id text,
    attempts integer not null default 0,
    maybe_sent integer not null default 0,
    claims integer not null default 0,
    claimed_by integer not null default 0,
    queued_at integer not null,
    due_at integer,
    noted_at integer,
    finished_at integer,
    reason text,
    platform_message_id text,
    receipt text,
    part text
  ) strict;
  -- An echo looks for what is not settled; a campaign must never plan somebody twice. A reply cannot be queued twice,
  -- because its event is handled once.
  create unique index deliveries_unsettled on deliveries (id) where finished_at is null or status = 'uncertain';
  create unique index campaign_ids on deliveries (id) where origin = 2;
  create index deliveries_due on deliveries (account_id, origin, due_at) where due_at is not null;
  create index deliveries_open on deliveries (contact_id) where finished_at is null;
  create index deliveries_of_contact on deliveries (seq >> 12, contact_id) where contact_id is not null;
  create index deliveries_with_words on deliveries (finished_at) where finished_at is not null and part is not null;
  create index campaign_deliveries on deliveries (contact_id, platform_message_id) where origin = 2 and contact_id is not null and finished_at is not null;
  create index campaign_keys on deliveries (finished_at) where origin = 2 and contact_id is not null and finished_at is not null;
  create table delivery_counts (
    origin integer not null,
    status text not null,
    count integer not null,
    primary key (origin, status)
  ) strict, without rowid;

  -- What this file knows of things beside it: how many tombstones it has taken in.
  create table marks (
    name text primary key,
    value integer not null
  ) strict, without rowid;

  create table consents (
    seq integer primary key,
    contact_id integer,
    purpose text not null,
    given integer not null,
    at integer not null,
    notice text not null,
    event_id text not null
  ) strict;
  create index consents_of_contact on consents (contact_id) where contact_id is not null;

  create table handovers (
    seq integer primary key,
    id text not null unique,
    contact_id integer,
    account_id integer not null,
    reason text not null,
    asked_at integer not null,
    first_staff_answer_at integer,
    closed_at integer,
    marks text not null default '[]'
  ) strict;
  create unique index handovers_open on handovers (contact_id) where closed_at is null;
  create index handovers_of_contact on handovers (contact_id) where contact_id is not null;

  create table entries (
    name text primary key,
    value text not null,
    version integer not null
  ) strict, without rowid;

  -- '' stands for null.
  create table outcomes (
    day text not null,
    account text not null,
    entry text not null,
    flow text not null,
    step text not null,
    article text not null,
    status text not null,
    handover integer not null,
    helpful text not null,
    count integer not null,
    primary key (day, account, entry, flow, step, article, status, handover, helpful)
  ) strict, without rowid;

  create table unanswered (
    seq integer primary key,
    question text not null,
    status text not null,
    at integer not null
  ) strict;
  create index unanswered_at on unanswered (at);
`, `
  create table mailbox (
    contact_id integer primary key,
    waiting integer not null,
    -- The waiting event whose attempts stand here; when another comes before it they are put away in its row.
    head integer,
    attempts integer not null default 0,
    claims integer not null default 0,
    -- Which opened store holds the claim; 0 nobody.
    claimed_by integer not null default 0,
    due_at integer not null,
    noted_at integer not null,
    -- What the contact's row learns when the turn is over.
    inbound_at integer,
    event_at integer not null
  ) strict;
  insert into mailbox (contact_id, waiting, head, attempts, claims, claimed_by, due_at, noted_at, event_at)
    select id, waiting, head, attempts, claims, claimed_by, coalesce(due_at, 0), coalesce(noted_at, 0), last_event_at from contacts where waiting > 0;
  create index mailbox_due on mailbox (due_at);
  drop index contacts_due;
  alter table contacts drop column waiting;
  alter table contacts drop column head;
  alter table contacts drop column attempts;
  alter table contacts drop column claims;
  alter table contacts drop column claimed_by;
  alter table contacts drop column due_at;
  alter table contacts drop column noted_at;

  -- Erased with the contact; questions from before this version belong to nobody.
  alter table unanswered add column contact_id integer;
  create index unanswered_of_contact on unanswered (contact_id) where contact_id is not null;
`, `
  create table campaigns (
    id text primary key,
    status text not null,
    version integer not null,
    content text not null,
    author text not null,
    last_editor text not null,
    approval text,
    correction text,
    reason text,
    changed_at integer not null
  ) strict;
  create table audit_lines (
    seq integer primary key,
    at integer not null,
    who text not null,
    via text not null,
    why text not null,
    action text not null,
    campaign text not null,
    status_before text,
    status_after text not null,
    approval text,
    previous text not null,
    hash text not null
  ) strict;
  create index audit_lines_at on audit_lines (at);

  -- One post on one account by a means with recipients, and how far its planning has come.
  create table campaign_lines (
    id integer primary key,
    campaign text not null,
    post text not null,
    account_id integer not null,
    means text not null,
    after_key text,
    done integer not null default 0,
    planned integer not null default 0,
    unique (campaign, post, account_id)
  ) strict;
  create table publications (
    id text primary key,
    campaign text not null,
    post text not null,
    account_id integer not null,
    means text not null,
    status text not null,
    platform_ids text not null,
    due_at integer not null,
    published_at integer,
    reason text,
    reach text,
    opted_out_reached integer,
    claims integer not null default 0,
    claimed_by integer not null default 0,
    claimed_until integer,
    noted_at integer
  ) strict, without rowid;
  create index publications_of_campaign on publications (campaign);
  create index publications_by_means on publications (means, account_id);
  create index publications_due on publications (due_at) where status in ('planned', 'publishing');

  -- A planned delivery has a line; all other deliveries have none. part_no counts from 1; settled: uncertain, and seen by staff.
  alter table deliveries add column line_id integer;
  alter table deliveries add column part_no integer;
  alter table deliveries add column settled integer not null default 0;
  drop index deliveries_due;
  create index deliveries_due on deliveries (account_id, origin, due_at) where due_at is not null and line_id is null;
  create index planned_due on deliveries (line_id, due_at) where line_id is not null and due_at is not null;
  create index planned_queued on deliveries (line_id) where line_id is not null and status = 'queued';
  create index planned_sending on deliveries (line_id) where line_id is not null and status = 'sending';
  create index planned_uncertain on deliveries (line_id, finished_at) where line_id is not null and status = 'uncertain';
  create index planned_reached on deliveries (contact_id, coalesce(finished_at, noted_at))
    where line_id is not null and contact_id is not null and status in ('sending', 'sent', 'uncertain');
  create index staff_ids on deliveries (id) where origin = 1;

  -- The ledger added up, by the triggers below, so that nobody has to walk it. day: days since 1970 in Viet Nam; reason '' stands for null.
  create table campaign_counts (
    line_id integer not null,
    day integer not null,
    status text not null,
    reason text not null,
    count integer not null,
    people integer not null,
    primary key (line_id, day, status, reason)
  ) strict, without rowid;
  create trigger planned_added after insert on deliveries when new.line_id is not null begin
    insert into campaign_counts values (new.line_id, (coalesce(new.finished_at, new.noted_at) + 25200000) / 86400000, new.status, coalesce(new.reason, ''), 1, new.part_no = 1)
      on conflict do update set count = count + 1, people = people + excluded.people;
  end;
  create trigger planned_changed after update of status, reason, finished_at, noted_at on deliveries when new.line_id is not null begin
    update campaign_counts set count = count - 1, people = people - (old.part_no = 1)
      where line_id = old.line_id and day = (coalesce(old.finished_at, old.noted_at) + 25200000) / 86400000 and status = old.status and reason = coalesce(old.reason, '');
    insert into campaign_counts values (new.line_id, (coalesce(new.finished_at, new.noted_at) + 25200000) / 86400000, new.status, coalesce(new.reason, ''), 1, new.part_no = 1)
      on conflict do update set count = count + 1, people = people + excluded.people;
  end;

  create index contacts_of_account on contacts (account_id, contact_key);
  create table contact_tags (
    contact_id integer not null,
    tag text not null,
    primary key (contact_id, tag)
  ) strict, without rowid;

  alter table unanswered add column released_by text;
  alter table unanswered add column released_at integer;
`, `
  create index events_comments on events (received_at) where kind = 'comment' and body is not null;
  create index handovers_asked on handovers (asked_at);
`, `
  -- Parts that go to many people, each once; from then on \`deliveries.part\` is JSON, or \`#\` and a number of these.
  create table shared_parts (
    id integer primary key,
    part text not null unique
  ) strict;
`, `
  -- The ledger listens to line_id alone (\`inLedger\`): a trigger on what every reply changes cost a fifth of the store's part of a message.
  drop trigger planned_added;
  drop trigger planned_changed;
  create trigger planned_changed after update of line_id on deliveries when new.line_id is not null begin
    update campaign_counts set count = count - 1, people = people - (old.part_no = 1)
      where line_id = old.line_id and day = (coalesce(old.finished_at, old.noted_at) + 25200000) / 86400000 and status = old.status and reason = coalesce(old.reason, '');
    insert into campaign_counts values (new.line_id, (coalesce(new.finished_at, new.noted_at) + 25200000) / 86400000, new.status, coalesce(new.reason, ''), 1, new.part_no = 1)
      on conflict do update set count = count + 1, people = people + excluded.people;
  end;

  -- An echo finds what is not final through its person.
  drop index deliveries_unsettled;
  create index deliveries_uncertain on deliveries (id) where status = 'uncertain';
`, `
  drop index events_of_contact;
  create index events_of_contact on events (seq >> 12, contact_id) where contact_id is not null and status <> 'waiting';
`, `
  -- What is acknowledged and not recorded yet (\`arrivals.ts\`): the whole event, for a moment.
  create table arrivals (
    arrival integer primary key,
    contact_key text not null,
    event text not null
  ) strict;
`]

/**
 * Stands in the `set` of every `update deliveries` that changes `status`, `reason`, `finished_at` or `noted_at` of planned rows:
 * only so does the ledger of campaigns count the change.
 */
export const inLedger = 'line_id = line_id'

/** When the person `c` last wrote: what its row knows, or what its mailbox `m` (joined, where there is one) has not told it yet. */
export const lastInbound = 'nullif(max(coalesce(c.last_inbound_at, 0), coalesce(m.inbound_at, 0)), 0)'
/** As `lastInbound`: when an event of any kind came last. */
export const lastEvent = 'max(c.last_event_at, coalesce(m.event_at, 0))'
