/** Everything of ours lives in a schema of this name, so that a database may be shared with other programs. */
export const schemaName = 'camnang'

/**
 * The tables, version by version. A step is never changed once released: a new one is added at the end, and must leave what
 * the version before it does working, because processes are replaced one after another.
 *
 * As in SQLite one `due_at` per mailbox and per delivery says when somebody must look at it, a claim moves it to the end of
 * its lease, and `noted_at` is the moment it was set at. What is different here:
 * - Whoever changes anything of a contact first locks the contact's row; `locks.ts` says how.
 * - Totals that every process adds to have a row for each process (`shard`), because one row would be a queue for all.
 * - Text that is compared has the collation "C": bytes, the same on every machine.
 */
export const schemaSteps: readonly string[] = [`
  create table accounts (
    id integer generated always as identity primary key,
    account text collate "C" not null unique
  );
  create table accounts_heard (
    account_id integer not null,
    shard integer not null,
    at bigint not null,
    primary key (account_id, shard)
  ) with (fillfactor = 50);

  create table contacts (
    id bigint generated always as identity primary key,
    contact_key text collate "C" not null unique,
    account_id integer not null,
    user_id text not null,
    first_seen_at bigint not null,
    last_inbound_at bigint,
    last_event_at bigint not null,
    last_event_day integer not null,
    opted_out boolean not null default false,
    blocked boolean not null default false,
    remembered text not null default '{}',
    farewell boolean not null default false,
    version bigint not null default 0,
    conversation text
  ) with (fillfactor = 80);
  create index contacts_idle on contacts (last_event_day);

  -- A row only while events wait. It comes and goes with every message, so it is cleaned by count and not by share.
  create table mailbox (
    contact_id bigint primary key,
    waiting integer not null,
    -- The waiting event whose attempts stand here; when another comes before it they are put away in its row.
    head bigint,
    attempts integer not null default 0,
    claims bigint not null default 0,
    -- Which opened store holds the claim; 0 nobody.
    claimed_by integer not null default 0,
    due_at bigint not null,
    noted_at bigint not null,
    -- What the contact's row learns when the turn is over.
    inbound_at bigint,
    event_at bigint not null
  ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = -1);
  create index mailbox_due on mailbox (due_at, contact_id);

  -- seq is the order of arrival. contact_id and body go when the contact is erased or the term is over; the id stays.
  create table events (
    seq bigint generated always as identity primary key,
    id text collate "C" not null,
    contact_id bigint,
    account_id integer not null,
    status text collate "C" not null,
    kind text not null,
    sent_at bigint not null,
    received_at bigint not null,
    order_at bigint not null,
    settled_at bigint,
    attempts integer not null default 0,
    cause text,
    body text
  ) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
  create unique index events_id on events (id);
  create index events_waiting on events (contact_id, order_at, seq) where status = 'waiting';
  -- From a contact to its rows, in stretches of 4,096: new entries all go to the last one, the rare reader looks once into each.
  create index events_of_contact on events ((seq >> 12), contact_id) where contact_id is not null;
  create index events_with_words on events (received_at) where body is not null and settled_at is not null;
  create index events_without_words on events (received_at) where body is null;
  create index events_dead on events (settled_at) where status = 'dead';

  -- seq is the order in a lane; only the first open one of a lane has a due_at. origin: 0 reply, 1 staff, 2 campaign.
  create table deliveries (
    seq bigint generated always as identity primary key,
    id text collate "C" not null,
    contact_id bigint,
    account_id integer not null,
    origin integer not null,
    status text collate "C" not null,
    question_at bigint,
    question_message_id text,
    attempts integer not null default 0,
    maybe_sent boolean not null default false,
    claims integer not null default 0,
    claimed_by integer not null default 0,
    queued_at bigint not null,
    due_at bigint,
    noted_at bigint,
    finished_at bigint,
    reason text,
    platform_message_id text,
    receipt text,
    part text
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
  -- An echo looks for what is not settled; a campaign must never plan somebody twice. A reply cannot be queued twice,
  -- because its event is handled once.
  create unique index deliveries_unsettled on deliveries (id) where finished_at is null or status = 'uncertain';
  create unique index campaign_ids on deliveries (id) where origin = 2;
  create index deliveries_due on deliveries (account_id, origin, due_at, seq) where due_at is not null;
  create index deliveries_open on deliveries (contact_id, seq) where finished_at is null;
  create index deliveries_of_contact on deliveries ((seq >> 12), contact_id) where contact_id is not null;
  create index deliveries_with_words on deliveries (finished_at) where finished_at is not null and part is not null;
  create index campaign_deliveries on deliveries (contact_id, platform_message_id) where origin = 2 and contact_id is not null and finished_at is not null;
  create index campaign_keys on deliveries (finished_at) where origin = 2 and contact_id is not null and finished_at is not null;

  create table counts (
    name text collate "C" not null,
    shard integer not null,
    count bigint not null,
    primary key (name, shard)
  ) with (fillfactor = 50);

  create table consents (
    seq bigint generated always as identity primary key,
    contact_id bigint,
    purpose text not null,
    given boolean not null,
    at bigint not null,
    notice text not null,
    event_id text not null
  );
  create index consents_of_contact on consents (contact_id) where contact_id is not null;

  create table handovers (
    seq bigint generated always as identity primary key,
    id text collate "C" not null unique,
    contact_id bigint,
    account_id integer not null,
    reason text not null,
    asked_at bigint not null,
    first_staff_answer_at bigint,
    closed_at bigint,
    marks text[] not null default '{}'
  );
  create unique index handovers_open on handovers (contact_id) where closed_at is null;
  create index handovers_waiting on handovers (asked_at, seq) where closed_at is null;
  create index handovers_asked on handovers (asked_at, seq);
  create index handovers_of_contact on handovers (contact_id) where contact_id is not null;

  create table entries (
    name text collate "C" primary key,
    value text not null,
    version bigint not null
  );

  -- '' stands for null.
  create table outcomes (
    day text collate "C" not null,
    account text collate "C" not null,
    entry text collate "C" not null,
    flow text collate "C" not null,
    step text collate "C" not null,
    article text collate "C" not null,
    status text collate "C" not null,
    handover boolean not null,
    helpful text collate "C" not null,
    shard integer not null,
    count bigint not null,
    primary key (day, account, entry, flow, step, article, status, handover, helpful, shard)
  ) with (fillfactor = 70);

  create table unanswered (
    seq bigint generated always as identity primary key,
    contact_id bigint,
    question text not null,
    status text not null,
    at bigint not null
  );
  create index unanswered_at on unanswered (at, seq);
  create index unanswered_of_contact on unanswered (contact_id) where contact_id is not null;

  -- Digests of the lines of tombstone files that this database has taken in.
  create table tombstones (line text collate "C" primary key);
`]

/** The rows of the contact `$1` in `table`: for `seq in (…)`. */
export const rowsOfContact = (table: 'events' | 'deliveries'): string => `
  with recursive stretches (n) as (
    select min(seq) >> 12 from ${table}
    union all select n + 1 from stretches where n < (select max(seq) >> 12 from ${table}))
  select own.seq from stretches cross join lateral (
    select seq from ${table} each where each.seq >> 12 = stretches.n and each.contact_id = $1) own`

/** When the person `c` last wrote: what its row knows, or what its mailbox `m` (joined, where there is one) has not told it yet. */
export const lastInbound = 'greatest(c.last_inbound_at, m.inbound_at)'
/** As `lastInbound`: when an event of any kind came last. */
export const lastEvent = 'greatest(c.last_event_at, m.event_at)'
