-- Follow-up calls after a service (P13) and what customers say in them (P7).

CREATE TABLE follow_up (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  site_id TEXT NOT NULL REFERENCES site (id),
  contact_id TEXT REFERENCES contact (id),
  unit_id TEXT NOT NULL,
  second_unit_id TEXT,
  division_code TEXT,
  -- Who did the work: somebody else calls.
  served_by TEXT,
  how TEXT NOT NULL CHECK (how IN ('remote', 'onsite')),
  state TEXT NOT NULL CHECK (state IN ('due', 'calling', 'done', 'cancelled')),
  -- The questions as they stood when the call was planned.
  script TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  -- When to call next: later than asked for at first if nobody was reached.
  next_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  caller_id TEXT,
  started_at BIGINT,
  result TEXT CHECK (result IN ('solved', 'not_solved', 'not_reached')),
  rating BIGINT CHECK (rating BETWEEN 1 AND 5),
  answers TEXT,
  -- Words stand here, not in events: they may name people.
  comment TEXT,
  -- An answer that a branch manager must look at (P20, P27).
  concern BIGINT NOT NULL DEFAULT 0 CHECK (concern IN (0, 1)),
  created_at BIGINT NOT NULL,
  done_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((state = 'calling') = (started_at IS NOT NULL)),
  CHECK (state <> 'calling' OR caller_id IS NOT NULL),
  CHECK ((state = 'done') = (result IS NOT NULL)),
  CHECK ((state = 'done') = (done_at IS NOT NULL)),
  -- One satisfaction score per closed order (P7).
  CHECK (result IS NULL OR (result = 'not_reached') = (rating IS NULL)),
  CHECK (served_by IS NULL OR caller_id IS NULL OR served_by <> caller_id)
);
-- One call is owed per case at a time.
CREATE UNIQUE INDEX follow_up_one_open ON follow_up (case_id) WHERE state IN ('due', 'calling');
CREATE INDEX follow_up_case ON follow_up (case_id, created_at);
CREATE INDEX follow_up_open ON follow_up (next_at, id) WHERE state IN ('due', 'calling');
CREATE INDEX follow_up_done ON follow_up (done_at, id) WHERE state = 'done';
CREATE INDEX follow_up_caller ON follow_up (caller_id, next_at);
CREATE INDEX follow_up_division ON follow_up (division_code);

CREATE TABLE follow_up_attempt (
  id TEXT PRIMARY KEY,
  follow_up_id TEXT NOT NULL REFERENCES follow_up (id),
  at BIGINT NOT NULL,
  by_id TEXT NOT NULL,
  reached BIGINT NOT NULL CHECK (reached IN (0, 1)),
  comment TEXT,
  next_at BIGINT
);
CREATE INDEX follow_up_attempt_follow_up ON follow_up_attempt (follow_up_id, at, id);
