-- Who is told of what needs somebody now, until one of them says "mine"; how long an offered hand-over waits.

-- What somebody has to look at now (P8, P10, P44): told to who is on duty, then to the next, until one acknowledges it (P11).
CREATE TABLE duty_alert (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  -- The clock, visit or case it is about: one alert at a time is open for each.
  subject_type TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  case_id TEXT,
  customer_id TEXT,
  -- Whose rota is asked.
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  facts TEXT NOT NULL,
  raised_at BIGINT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('primary', 'backup', 'manager', 'nobody')),
  why TEXT NOT NULL CHECK (why IN ('on_duty', 'no_primary', 'unanswered', 'nobody_on_duty', 'no_rota')),
  -- When the next is told; none once there is nobody left.
  next_at BIGINT,
  acknowledged_at BIGINT,
  acknowledged_by TEXT,
  -- What it was about is over: the clock has stopped, the visit has begun, the case has ended.
  over_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  CHECK (acknowledged_at IS NULL OR over_at IS NULL),
  CHECK ((acknowledged_at IS NULL AND over_at IS NULL) OR next_at IS NULL)
);
CREATE UNIQUE INDEX duty_alert_one_open ON duty_alert (subject_type, subject_id) WHERE acknowledged_at IS NULL AND over_at IS NULL;
CREATE INDEX duty_alert_open ON duty_alert (unit_id, raised_at) WHERE acknowledged_at IS NULL AND over_at IS NULL;
CREATE INDEX duty_alert_case ON duty_alert (case_id);

-- Who was told, as what, and why them.
CREATE TABLE duty_alert_told (
  alert_id TEXT NOT NULL REFERENCES duty_alert (id),
  person_id TEXT NOT NULL,
  stage TEXT NOT NULL CHECK (stage IN ('primary', 'backup', 'manager')),
  why TEXT NOT NULL CHECK (why IN ('on_duty', 'no_primary', 'unanswered', 'nobody_on_duty', 'no_rota')),
  told_at BIGINT NOT NULL,
  PRIMARY KEY (alert_id, person_id)
);
CREATE INDEX duty_alert_told_person ON duty_alert_told (person_id, alert_id);

-- An offer that nobody answers goes back to who made it.
-- sqlite:
CREATE TABLE case_hand_over_anew (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  answered_at BIGINT,
  answer TEXT CHECK (answer IN ('accepted', 'declined', 'dropped', 'timed_out')),
  answer_reason TEXT,
  answer_due_at BIGINT,
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK (from_id <> to_id)
);
INSERT INTO case_hand_over_anew (id, case_id, from_id, to_id, reason, offered_at, answered_at, answer, answer_reason)
  SELECT id, case_id, from_id, to_id, reason, offered_at, answered_at, answer, answer_reason FROM case_hand_over;
DROP TABLE case_hand_over;
ALTER TABLE case_hand_over_anew RENAME TO case_hand_over;
CREATE UNIQUE INDEX case_hand_over_one_open ON case_hand_over (case_id) WHERE answered_at IS NULL;
CREATE INDEX case_hand_over_case ON case_hand_over (case_id, offered_at);
-- postgres:
ALTER TABLE case_hand_over DROP CONSTRAINT case_hand_over_answer_check;
ALTER TABLE case_hand_over ADD CONSTRAINT case_hand_over_answer_check
  CHECK (answer IN ('accepted', 'declined', 'dropped', 'timed_out'));
ALTER TABLE case_hand_over ADD COLUMN answer_due_at BIGINT;
-- all:

-- Several reports of one fault: the parent is mended, its children follow.
ALTER TABLE service_case ADD COLUMN parent_id TEXT REFERENCES service_case (id);
CREATE INDEX service_case_parent ON service_case (parent_id) WHERE parent_id IS NOT NULL;

-- A view of a list: filters and columns under a name; its account's own, or shared within the unit.
CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  -- The unit whose people may use it; none while it is private.
  unit_id TEXT,
  list TEXT NOT NULL CHECK (list <> ''),
  name TEXT NOT NULL CHECK (name <> ''),
  content TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (account_id, list, name)
);
CREATE INDEX saved_view_unit ON saved_view (unit_id, list) WHERE unit_id IS NOT NULL;
