-- The ground every domain stands on: steps, events, answers, jobs, sharing, leases.

CREATE TABLE schema_step (
  number BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);

-- Timeline, audit, outbox, live feed and sync cursor in one (decisions 4 and 5).
CREATE TABLE event (
  pos {serial},
  seq BIGINT UNIQUE,
  command_id TEXT NOT NULL,
  step BIGINT NOT NULL,
  at BIGINT NOT NULL,
  device_at BIGINT,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  unit_id TEXT,
  customer_id TEXT,
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  thread_id TEXT,
  audience TEXT NOT NULL CHECK (audience IN ('staff', 'customer', 'audit')),
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT,
  UNIQUE (command_id, step),
  CHECK ((seq IS NULL) = (hash IS NULL))
);
CREATE INDEX event_thread ON event (thread_id, pos);
CREATE INDEX event_subject ON event (subject_type, subject_id, pos);

-- Nobody changes or removes an event; sealing may fill seq and hash once.
-- sqlite:
CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
-- postgres:
CREATE INDEX event_unsealed ON event (pos) WHERE seq IS NULL;
CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
     AND (NEW.pos, NEW.command_id, NEW.step, NEW.at, NEW.actor_kind, NEW.actor_id, NEW.subject_type, NEW.subject_id, NEW.audience, NEW.kind, NEW.body)
         = (OLD.pos, OLD.command_id, OLD.step, OLD.at, OLD.actor_kind, OLD.actor_id, OLD.subject_type, OLD.subject_id, OLD.audience, OLD.kind, OLD.body)
     AND (NEW.device_at, NEW.unit_id, NEW.customer_id, NEW.thread_id) IS NOT DISTINCT FROM (OLD.device_at, OLD.unit_id, OLD.customer_id, OLD.thread_id)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'events are append-only';
END $body$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event
FOR EACH ROW EXECUTE FUNCTION event_append_only();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
FOR EACH STATEMENT EXECUTE FUNCTION event_append_only();
-- all:

-- The answer of a command, for seven days (decision 7).
CREATE TABLE command_answer (
  command_id TEXT PRIMARY KEY,
  actor_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  status BIGINT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT,
  kept_until BIGINT NOT NULL
);
CREATE INDEX command_answer_kept ON command_answer (kept_until);

-- Timers, jobs and deliveries.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  job_key TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  payload TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  fence BIGINT NOT NULL,
  lease_until BIGINT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  done_at BIGINT,
  last_error TEXT,
  UNIQUE (kind, job_key)
);
CREATE INDEX job_waiting ON job (run_at) WHERE state = 'waiting';

-- One holder at a time: the row lock is the lease.
CREATE TABLE lease (name TEXT PRIMARY KEY);
INSERT INTO lease (name) VALUES ('sealer');

-- How far each reader of the sealed events has come; its row lock is the lease.
CREATE TABLE event_reader (
  name TEXT PRIMARY KEY,
  seq BIGINT NOT NULL
);

-- For each unit: itself and everything below it.
CREATE TABLE unit_reach (
  root_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  PRIMARY KEY (root_id, unit_id)
);

-- What an engineer may see, while it lasts.
CREATE TABLE shared_with (
  person_id TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (person_id, subject_type, subject_id)
);
CREATE INDEX shared_with_subject ON shared_with (subject_type, subject_id);

-- Numbers like FW20261122-0001: per prefix and day, gap-free, never reused.
CREATE TABLE number_series (
  prefix TEXT NOT NULL,
  day TEXT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (prefix, day)
);

-- Settings of the whole system: name to JSON.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);

-- What was stored under a digest.
CREATE TABLE file (
  sha256 TEXT PRIMARY KEY,
  bytes BIGINT NOT NULL,
  media_type TEXT NOT NULL,
  stored_at BIGINT NOT NULL,
  stored_by TEXT NOT NULL
);
