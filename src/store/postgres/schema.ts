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
    part text,
    -- A planned delivery of a campaign has a line; all others have none. part_no counts from 1; settled: uncertain, and seen by staff.
    line_id integer,
    part_no integer,
    settled boolean not null default false
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
  -- An echo looks for what is not settled; a campaign must never plan somebody twice. A reply cannot be queued twice,
  -- because its event is handled once.
  create unique index deliveries_unsettled on deliveries (id) where finished_at is null or status = 'uncertain';
  create unique index campaign_ids on deliveries (id) where origin = 2;
  create index deliveries_due on deliveries (account_id, origin, due_at, seq) where due_at is not null and line_id is null;
  -- Planned ones stand in indexes of their own, line by line, so that hundreds of thousands of them are in nobody's way.
  create index planned_due on deliveries (line_id, due_at, seq) where line_id is not null and due_at is not null;
  create index planned_open on deliveries (line_id) where line_id is not null and finished_at is null;
  create index planned_sending on deliveries (line_id) where line_id is not null and status = 'sending';
  create index planned_uncertain on deliveries (line_id, finished_at, seq) where line_id is not null and status = 'uncertain';
  create index planned_reached on deliveries (contact_id, coalesce(finished_at, noted_at))
    where line_id is not null and contact_id is not null and status in ('sending', 'sent', 'uncertain');
  create index staff_ids on deliveries (id) where origin = 1;
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
  create index consents_of_contact on consents (contact_id, seq) where contact_id is not null;

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
  create index handovers_of_contact on handovers (contact_id, seq) where contact_id is not null;

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
    at bigint not null,
    -- A person let it into reports.
    released_by text,
    released_at bigint
  );
  create index unanswered_released on unanswered (at, seq) where released_by is not null;
  create index unanswered_at on unanswered (at, seq);
  create index unanswered_of_contact on unanswered (contact_id, seq) where contact_id is not null;

  create table campaigns (
    id text collate "C" primary key,
    status text not null,
    version bigint not null,
    content text not null,
    author text not null,
    last_editor text not null,
    approval text,
    correction text,
    reason text,
    changed_at bigint not null
  );
  create table audit_lines (
    seq bigint primary key,
    at bigint not null,
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
  );
  create index audit_lines_at on audit_lines (at);
  -- One post on one account by a means with recipients, and how far its planning has come.
  create table campaign_lines (
    id integer generated always as identity primary key,
    campaign text collate "C" not null,
    post text collate "C" not null,
    account_id integer not null,
    means text collate "C" not null,
    after_key text collate "C",
    done boolean not null default false,
    planned integer not null default 0,
    unique (campaign, post, account_id)
  );
  create index campaign_lines_of_account on campaign_lines (account_id, means);
  create table publications (
    id text collate "C" primary key,
    campaign text collate "C" not null,
    post text collate "C" not null,
    account_id integer not null,
    means text collate "C" not null,
    status text collate "C" not null,
    platform_ids text not null,
    due_at bigint not null,
    published_at bigint,
    reason text,
    reach text,
    opted_out_reached integer,
    claims integer not null default 0,
    claimed_by integer not null default 0,
    claimed_until bigint,
    noted_at bigint
  );
  create index publications_of_campaign on publications (campaign);
  create index publications_by_means on publications (means, account_id);
  create index publications_due on publications (due_at, id) where status in ('planned', 'publishing');

  -- The ledger added up, by the triggers below, so that nobody has to walk it. day: days since 1970 in Viet Nam; reason '' stands for null.
  create table campaign_counts (
    line_id integer not null,
    day integer not null,
    status text collate "C" not null,
    reason text collate "C" not null,
    shard integer not null,
    count bigint not null,
    people bigint not null,
    primary key (line_id, day, status, reason, shard)
  ) with (fillfactor = 50);
  create index campaign_counts_by_day on campaign_counts (day);
  create function count_planned() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      insert into campaign_counts (line_id, day, status, reason, shard, count, people)
        select line_id, (coalesce(finished_at, noted_at) + 25200000) / 86400000, status, coalesce(reason, ''), pg_backend_pid() % 32, count(*), count(*) filter (where part_no = 1)
        from added where line_id is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (line_id, day, status, reason, shard) do update set count = campaign_counts.count + excluded.count, people = campaign_counts.people + excluded.people;
    else
      insert into campaign_counts (line_id, day, status, reason, shard, count, people)
        select line_id, (coalesce(finished_at, noted_at) + 25200000) / 86400000, status, coalesce(reason, ''), pg_backend_pid() % 32, sum(by), coalesce(sum(by) filter (where part_no = 1), 0)
        from (select *, 1 as by from added where line_id is not null union all select *, -1 from removed where line_id is not null) changed
        group by 1, 2, 3, 4 having sum(by) <> 0 or coalesce(sum(by) filter (where part_no = 1), 0) <> 0 order by 1, 2, 3, 4
        on conflict (line_id, day, status, reason, shard) do update set count = campaign_counts.count + excluded.count, people = campaign_counts.people + excluded.people;
    end if;
    return null;
  end $$;
  create trigger planned_added after insert on deliveries referencing new table as added for each statement execute function count_planned();
  create trigger planned_changed after update on deliveries referencing new table as added old table as removed for each statement execute function count_planned();

  create index contacts_of_account on contacts (account_id, contact_key);
  create table contact_tags (
    contact_id bigint not null,
    tag text collate "C" not null,
    primary key (contact_id, tag)
  );

  -- Places of the accounts' sending rates; free_at 0: never taken. taken says how often, so that a late answer frees nobody else's.
  create table places (
    account text collate "C" not null,
    place integer not null,
    free_at bigint not null default 0,
    taken bigint not null default 0,
    primary key (account, place)
  ) with (fillfactor = 25);

  -- Digests of the lines of tombstone files that this database has taken in.
  create table tombstones (line text collate "C" primary key);
`, `
  create index events_comments on events (received_at) where kind = 'comment' and body is not null;
`, `
  -- By the time alone: whoever looks for a contact must never walk this index through all times.
  drop index mailbox_due;
  create index mailbox_due on mailbox (due_at);
  -- What was set at a moment that has not come yet, when the clock was put back.
  create index planned_noted on deliveries (noted_at) where line_id is not null and due_at is not null;
`, `
  -- Whose claim has run out is looked for among the claimed alone.
  create index mailbox_claimed on mailbox (due_at) where claimed_by <> 0;
`]

/** The rows of the contacts `$1` (an array) in `table`, as `seq` and `contact_id`: each stretch is looked into once for all of them. */
export const rowsOfContacts = (table: 'events' | 'deliveries'): string => `
  with recursive stretches (n) as (
    select min(seq) >> 12 from ${table}
    union all select n + 1 from stretches where n < (select max(seq) >> 12 from ${table}))
  select own.seq, own.contact_id from stretches cross join lateral (
    select seq, contact_id from ${table} each where each.seq >> 12 = stretches.n and each.contact_id = any($1::bigint[])) own`

/** When the person `c` last wrote: what its row knows, or what its mailbox `m` (joined, where there is one) has not told it yet. */
export const lastInbound = 'greatest(c.last_inbound_at, m.inbound_at)'
/** As `lastInbound`: when an event of any kind came last. */
export const lastEvent = 'greatest(c.last_event_at, m.event_at)'
