/**
 * All rows of a contact, by an index that is used only where this is written: what happens with every message goes by the small indexes of what waits and is open.
 */
export const ofContact = (id: string): string => `contact_id + 0 = ${id} and contact_id is not null`

/** Everything that makes a person's rows nobody's. `now` and the rest are expressions. */
const clear = (id: string, key: string, now: string): string => `
  update events set contact_id = null, body = null, cause = null, settled_at = coalesce(settled_at, ${now}), status = 'handled' where ${ofContact(id)};
  update deliveries set status = iif(status = 'sending', 'uncertain', 'skipped'), reason = 'erased', due_at = null, finished_at = ${now} where contact_id = ${id} and finished_at is null;
  update deliveries set part = null, platform_message_id = null, question_message_id = null, contact_id = null,
    id = iif(origin = 2 or id glob 'trial:*', replace(id, ${key}, 'erased-' || seq), id) where ${ofContact(id)};
  update consents set contact_id = null where contact_id = ${id};
  update handovers set closed_at = coalesce(closed_at, ${now}), contact_id = null where contact_id = ${id};
  delete from unanswered where contact_id = ${id};
  delete from contact_tags where contact_id = ${id};
  delete from mailbox where contact_id = ${id};`

const vietnamDay = (at: string): string => `(${at} + 25200000) / 86400000`
const count = (name: string, by: 1 | -1): string => `insert into counts values (${name}, ${by}) on conflict (name) do update set count = count + ${by};`
const ledger = `
  insert into campaign_counts values (new.line_id, ${vietnamDay('coalesce(new.finished_at, new.noted_at)')}, new.status, coalesce(new.reason, ''), 1, new.part_no = 1)
    on conflict do update set count = count + 1, people = people + excluded.people;`
const firstOfLane = `
  select seq from deliveries where contact_id = new.contact_id and finished_at is null and line_id is null and (origin = 2) = (new.origin = 2) order by seq limit 1`

/**
 * The tables, version by version: a list of statements, which one batch takes or leaves. A step is never changed once released.
 *
 * As in SQLite one `due_at` per mailbox and per delivery says when somebody must look at it, a claim moves it to the end of its lease, and `noted_at`
 * is the moment it was set at. What is different here: nobody can look between two statements, so what follows from a change stands in triggers, in
 * the same transaction: who waits (`mailbox`), what is next in a lane, the totals, what goes with an erased person. `claims` is a number drawn for
 * each claim, by which its rows are found again in the same batch. Accounts stand in the rows by name.
 */
export const schemaSteps: readonly (readonly string[])[] = [[`
  -- A batch whose condition does not hold tries to write here, and is thereby undone.
  create table guards (lost integer, refused integer, constraint held check (lost is null), constraint possible check (refused is null)) strict`, `
  create table marks (name text primary key) strict, without rowid`, `
  create table entries (name text primary key, value text not null, version integer not null) strict, without rowid`, `
  create table accounts (account text primary key, last_event_at integer not null) strict, without rowid`, `
  create table counts (name text primary key, count integer not null) strict, without rowid`, `

  -- autoincrement: an id is never used again, so that a claim on an erased contact can never fit its successor.
  -- erased_at: only the way to the person is left, until the last words to them are final.
  create table contacts (
    id integer primary key autoincrement,
    contact_key text not null unique,
    account text not null,
    user_id text not null,
    first_seen_at integer not null,
    last_inbound_at integer,
    last_event_at integer not null,
    last_event_day integer not null,
    opted_out integer not null default 0,
    blocked integer not null default 0,
    remembered text not null default '{}',
    erased_at integer,
    version integer not null default 0,
    conversation text
  ) strict`, `
  create index contacts_idle on contacts (last_event_day)`, `
  create index contacts_of_account on contacts (account, contact_key)`, `
  create trigger contacts_added after insert on contacts begin ${count("'contacts'", 1)} end`, `
  create trigger contacts_erased after update of erased_at on contacts when new.erased_at is not null begin ${clear('new.id', 'new.contact_key', 'new.erased_at')} end`, `
  create trigger contacts_gone after delete on contacts begin
    ${count("'contacts'", -1)}
    ${clear('old.id', 'old.contact_key', 'coalesce(old.erased_at, old.last_event_at)')}
  end`, `

  -- A row only while events wait. inbound_at and event_at: what the contact's row learns when the turn is over. claimed_by: 0 nobody.
  create table mailbox (
    contact_id integer primary key,
    waiting integer not null,
    claims integer not null default 0,
    claimed_by integer not null default 0,
    due_at integer not null,
    noted_at integer not null,
    inbound_at integer,
    event_at integer not null
  ) strict`, `
  create index mailbox_due on mailbox (due_at)`, `

  -- seq is the order of arrival. contact_id and body go when the contact is erased or the term is over; the id stays.
  -- inbound_at: sent_at where the citizen did it. recorded_at is null, and nothing follows, where a copy is loaded; recorded_by: which call wrote it.
  create table events (
    seq integer primary key,
    id text not null unique,
    contact_id integer,
    account text not null,
    status text not null,
    kind text not null,
    sent_at integer not null,
    received_at integer not null,
    order_at integer not null,
    inbound_at integer,
    recorded_at integer,
    recorded_by integer,
    settled_at integer,
    attempts integer not null default 0,
    cause text,
    body text
  ) strict`, `
  create index events_waiting on events (contact_id, order_at) where status = 'waiting'`, `
  create index events_of_contact on events (contact_id + 0) where contact_id is not null`, `
  create index events_with_words on events (received_at) where body is not null and settled_at is not null`, `
  create index events_without_words on events (received_at) where body is null`, `
  create index events_comments on events (received_at) where kind = 'comment' and body is not null`, `
  create index events_dead on events (settled_at) where status = 'dead'`, `
  create trigger events_recorded after insert on events when new.recorded_at is not null and new.status <> 'dead' begin
    insert into accounts values (new.account, new.recorded_at) on conflict do update set last_event_at = max(last_event_at, excluded.last_event_at);
    update contacts set erased_at = null, first_seen_at = new.recorded_at, last_inbound_at = null where id = new.contact_id and erased_at is not null;
    update contacts set last_event_day = new.recorded_at / 86400000 where id = new.contact_id and last_event_day < new.recorded_at / 86400000;
    update contacts set blocked = 0 where id = new.contact_id and blocked = 1 and new.inbound_at is not null;
    insert into mailbox (contact_id, waiting, due_at, noted_at, inbound_at, event_at)
      select new.contact_id, 1, new.recorded_at, new.recorded_at, new.inbound_at, new.recorded_at where new.status = 'waiting'
      on conflict (contact_id) do update set waiting = waiting + 1, event_at = max(event_at, excluded.event_at),
        inbound_at = iif(excluded.inbound_at > coalesce(inbound_at, 0), excluded.inbound_at, inbound_at);
    update contacts set last_event_at = max(last_event_at, new.recorded_at), last_inbound_at = iif(new.inbound_at > coalesce(last_inbound_at, 0), new.inbound_at, last_inbound_at)
      where id = new.contact_id and new.status = 'handled';
  end`, `
  create trigger events_settled after update of status on events when old.status = 'waiting' and new.status <> 'waiting' begin
    update contacts set last_event_at = max(last_event_at, m.event_at), last_inbound_at = iif(m.inbound_at > coalesce(last_inbound_at, 0), m.inbound_at, last_inbound_at)
      from mailbox m where id = old.contact_id and m.contact_id = old.contact_id and m.waiting = 1 and (m.event_at > last_event_at or m.inbound_at > coalesce(last_inbound_at, 0));
    delete from mailbox where contact_id = old.contact_id and waiting = 1;
    update mailbox set waiting = waiting - 1 where contact_id = old.contact_id;
  end`, `
  create trigger events_revived after update of status on events when old.status = 'dead' and new.status = 'waiting' begin
    insert into mailbox (contact_id, waiting, due_at, noted_at, event_at) values (new.contact_id, 1, new.recorded_at, new.recorded_at, 0)
      on conflict (contact_id) do update set waiting = waiting + 1;
  end`, `

  -- seq is the order in a lane; only the first open one of a lane has a due_at. origin: 0 reply, 1 staff, 2 campaign.
  -- A planned delivery has a line; all others have none. part_no counts from 1; settled: uncertain, and seen by staff.
  create table deliveries (
    seq integer primary key,
    id text not null,
    contact_id integer,
    account text not null,
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
    part text,
    line_id integer,
    part_no integer,
    settled integer not null default 0
  ) strict`, `
  -- An echo looks for what is not settled; a campaign must never plan somebody twice. A reply cannot be queued twice, because its event is handled once.
  create unique index deliveries_unsettled on deliveries (id) where finished_at is null or status = 'uncertain'`, `
  create unique index campaign_ids on deliveries (id) where origin = 2`, `
  create index staff_ids on deliveries (id) where origin = 1`, `
  create index deliveries_due on deliveries (account, origin, due_at) where due_at is not null and line_id is null`, `
  create index planned_due on deliveries (line_id, due_at) where line_id is not null and due_at is not null`, `
  create index planned_queued on deliveries (line_id) where line_id is not null and status = 'queued'`, `
  create index planned_sending on deliveries (line_id) where line_id is not null and status = 'sending'`, `
  create index planned_uncertain on deliveries (line_id, finished_at) where line_id is not null and status = 'uncertain'`, `
  create index planned_reached on deliveries (contact_id, coalesce(finished_at, noted_at))
    where line_id is not null and contact_id is not null and status in ('sending', 'sent', 'uncertain')`, `
  create index deliveries_open on deliveries (contact_id) where finished_at is null`, `
  create index deliveries_of_contact on deliveries (contact_id + 0) where contact_id is not null`, `
  create index deliveries_with_words on deliveries (finished_at) where finished_at is not null and part is not null`, `
  create index campaign_deliveries on deliveries (contact_id, platform_message_id) where origin = 2 and contact_id is not null and finished_at is not null`, `
  create index campaign_keys on deliveries (finished_at) where origin = 2 and contact_id is not null and finished_at is not null`, `
  create trigger deliveries_added after insert on deliveries begin ${count("new.origin || ' ' || new.status", 1)} end`, `
  create trigger deliveries_gone after delete on deliveries begin ${count("old.origin || ' ' || old.status", -1)} end`, `
  create trigger deliveries_moved after update of status on deliveries when old.status <> new.status begin
    ${count("old.origin || ' ' || old.status", -1)} ${count("new.origin || ' ' || new.status", 1)}
  end`, `
  -- The next of the lane may go, where it waited for this one.
  create trigger deliveries_ended after update of finished_at on deliveries
    when old.finished_at is null and new.finished_at is not null and new.line_id is null and new.contact_id is not null begin
    update deliveries set due_at = new.finished_at, noted_at = new.finished_at where due_at is null and seq = (${firstOfLane});
  end`, `
  create trigger farewells_ended after update of finished_at on deliveries
    when old.finished_at is null and new.finished_at is not null and new.contact_id is not null and new.reason is not 'erased' begin
    delete from contacts where id = new.contact_id and erased_at is not null and not exists (select 1 from deliveries where contact_id = new.contact_id and finished_at is null);
  end`, `
  -- The parts of one post: the next is due where this one was sent; where it was not, the rest are skipped for the same reason. Who cancels names all rows.
  -- +: found by the contact, who has few rows, never by the line, which may have a hundred thousand.
  create trigger parts_ended after update of finished_at on deliveries
    when old.finished_at is null and new.finished_at is not null and new.line_id is not null and new.reason is not 'cancelled' begin
    update deliveries set due_at = new.finished_at, noted_at = new.finished_at
      where new.status = 'sent' and contact_id = new.contact_id and finished_at is null and +line_id = new.line_id and part_no = new.part_no + 1 and status = 'queued' and due_at is null;
    update deliveries set status = 'skipped', reason = new.reason, due_at = null, finished_at = new.finished_at
      where new.status <> 'sent' and contact_id = new.contact_id and finished_at is null and +line_id = new.line_id and part_no > new.part_no and status = 'queued';
  end`, `
  -- A reply's row says nothing without its words; a campaign's stands for the report, and an erased person's for the totals.
  create trigger replies_forgotten after update of part on deliveries when new.part is null and new.contact_id is not null and new.origin <> 2 begin
    delete from deliveries where seq = new.seq;
  end`, `

  create table consents (
    seq integer primary key,
    contact_id integer,
    purpose text not null,
    given integer not null,
    at integer not null,
    notice text not null,
    event_id text not null
  ) strict`, `
  create index consents_of_contact on consents (contact_id) where contact_id is not null`, `
  create table handovers (
    seq integer primary key,
    id text not null unique,
    contact_id integer,
    account text not null,
    reason text not null,
    asked_at integer not null,
    first_staff_answer_at integer,
    closed_at integer,
    marks text not null default '[]'
  ) strict`, `
  create unique index handovers_open on handovers (contact_id) where closed_at is null`, `
  create index handovers_asked on handovers (asked_at)`, `
  create index handovers_of_contact on handovers (contact_id) where contact_id is not null`, `
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
  ) strict, without rowid`, `
  create table unanswered (
    seq integer primary key,
    contact_id integer,
    question text not null,
    status text not null,
    at integer not null,
    -- A person let it into reports.
    released_by text,
    released_at integer
  ) strict`, `
  create index unanswered_at on unanswered (at)`, `
  create index unanswered_of_contact on unanswered (contact_id) where contact_id is not null`, `
  -- Places of the accounts' sending rates; free_at 0: never taken. taken says how often, so that a late answer frees nobody else's.
  create table places (
    account text not null, place integer not null, free_at integer not null default 0, taken integer not null default 0, primary key (account, place)
  ) strict, without rowid`, `
  create table contact_tags (contact_id integer not null, tag text not null, primary key (contact_id, tag)) strict, without rowid`, `

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
  ) strict`, `
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
  ) strict`, `
  create index audit_lines_at on audit_lines (at)`, `
  -- One post on one account by a means with recipients, and how far its planning has come.
  create table campaign_lines (
    id integer primary key,
    campaign text not null,
    post text not null,
    account text not null,
    means text not null,
    after_key text,
    done integer not null default 0,
    planned integer not null default 0,
    unique (campaign, post, account)
  ) strict`, `
  create index campaign_lines_of_account on campaign_lines (account, means)`, `
  create table publications (
    id text primary key,
    campaign text not null,
    post text not null,
    account text not null,
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
  ) strict, without rowid`, `
  create index publications_of_campaign on publications (campaign)`, `
  create index publications_by_means on publications (means, account)`, `
  create index publications_due on publications (due_at) where status in ('planned', 'publishing')`, `
  -- The ledger added up, so that nobody has to walk it. day: days since 1970 in Viet Nam; reason '' stands for null.
  create table campaign_counts (
    line_id integer not null,
    day integer not null,
    status text not null,
    reason text not null,
    count integer not null,
    people integer not null,
    primary key (line_id, day, status, reason)
  ) strict, without rowid`, `
  create trigger planned_added after insert on deliveries when new.line_id is not null begin ${ledger} end`, `
  create trigger planned_changed after update of status, reason, finished_at, noted_at on deliveries when new.line_id is not null begin
    update campaign_counts set count = count - 1, people = people - (old.part_no = 1)
      where line_id = old.line_id and day = ${vietnamDay('coalesce(old.finished_at, old.noted_at)')} and status = old.status and reason = coalesce(old.reason, '');
    ${ledger}
  end`,
], [
  // Digests of the erasures that this database has taken in.
  'create table tombstones (line text primary key) strict, without rowid',
], [
  // Whose claim has run out is looked for among the claimed alone.
  'create index mailbox_claimed on mailbox (due_at) where claimed_by <> 0',
]]

/** When the person `c` last wrote: what its row knows, or what its mailbox `m` (joined, where there is one) has not told it yet. */
export const lastInbound = 'nullif(max(coalesce(c.last_inbound_at, 0), coalesce(m.inbound_at, 0)), 0)'
/** As `lastInbound`: when an event of any kind came last. */
export const lastEvent = 'max(c.last_event_at, coalesce(m.event_at, 0))'
