-- The service promise in versions, holiday lists, and the clocks that measure promises.

-- A version never changes: a case keeps the one in force at its report (decision 10).
CREATE TABLE policy_version (
  version BIGINT PRIMARY KEY CHECK (version >= 1),
  valid_from BIGINT NOT NULL,
  content TEXT NOT NULL,
  digest TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  reason TEXT NOT NULL
);

-- Imported years; those that come with the program need no row (decision 12).
CREATE TABLE holiday_year (
  year BIGINT PRIMARY KEY CHECK (year BETWEEN 2004 AND 2100),
  content TEXT NOT NULL,
  digest TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);

-- One clock per promise. due_at, outcome and provisional are for lists only: they are derived from the events and
-- compared with them by the check (invariant 8).
CREATE TABLE clock (
  id TEXT PRIMARY KEY,
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  unit_id TEXT,
  division_code TEXT,
  customer_id TEXT,
  promise TEXT NOT NULL CHECK (promise IN ('respond', 'arrive', 'restore', 'follow_up', 'answer_complaint', 'depot_turnaround')),
  started_at BIGINT NOT NULL,
  stopped_at BIGINT,
  due_at BIGINT,
  outcome TEXT CHECK (outcome IN ('met', 'missed', 'stopped')),
  provisional BIGINT NOT NULL CHECK (provisional IN (0, 1)),
  quiet BIGINT NOT NULL DEFAULT 0 CHECK (quiet IN (0, 1)),
  CHECK ((stopped_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX clock_subject ON clock (subject_type, subject_id);
CREATE INDEX clock_open ON clock (due_at) WHERE stopped_at IS NULL;
CREATE UNIQUE INDEX clock_one_open ON clock (subject_type, subject_id, promise) WHERE stopped_at IS NULL;
CREATE INDEX clock_started ON clock (started_at);

-- What happened to a clock. A start and a retarget carry the terms that hold from there.
CREATE TABLE clock_event (
  clock_id TEXT NOT NULL REFERENCES clock (id),
  step BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  terms TEXT,
  severity TEXT CHECK (severity IN ('major', 'normal')),
  policy_version BIGINT REFERENCES policy_version (version),
  command_id TEXT NOT NULL,
  PRIMARY KEY (clock_id, step),
  CHECK ((terms IS NULL) = (policy_version IS NULL))
);

-- What was announced, once each (P44): the key says so. The era counts changes of the terms.
CREATE TABLE clock_alert (
  clock_id TEXT NOT NULL REFERENCES clock (id),
  era BIGINT NOT NULL,
  threshold TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  announced_at BIGINT NOT NULL,
  PRIMARY KEY (clock_id, era, threshold)
);

-- Nobody changes or removes a version or what happened to a clock.
-- sqlite:
CREATE TRIGGER policy_version_stays_as_it_is BEFORE UPDATE ON policy_version
BEGIN SELECT RAISE(ABORT, 'policy versions are append-only'); END;
CREATE TRIGGER policy_version_stays BEFORE DELETE ON policy_version
BEGIN SELECT RAISE(ABORT, 'policy versions are append-only'); END;
CREATE TRIGGER clock_event_stays_as_it_is BEFORE UPDATE ON clock_event
BEGIN SELECT RAISE(ABORT, 'clock events are append-only'); END;
CREATE TRIGGER clock_event_stays BEFORE DELETE ON clock_event
BEGIN SELECT RAISE(ABORT, 'clock events are append-only'); END;
-- postgres:
CREATE FUNCTION policy_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;
END $body$;
CREATE TRIGGER policy_version_append_only BEFORE UPDATE OR DELETE ON policy_version
FOR EACH ROW EXECUTE FUNCTION policy_append_only();
CREATE TRIGGER clock_event_append_only BEFORE UPDATE OR DELETE ON clock_event
FOR EACH ROW EXECUTE FUNCTION policy_append_only();
-- all:
