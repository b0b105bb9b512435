-- Cases: calls, the case file, phone support, agreements to visits, hand-overs, blockers, notes.

CREATE TABLE service_case (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  -- The last four digits, as people say them.
  number_tail TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('fault', 'consultation', 'installation', 'design', 'training', 'maintenance',
    'rework', 'parts', 'complaint', 'patch')),
  channel TEXT NOT NULL CHECK (channel IN ('phone', 'portal', 'mail', 'message', 'in_person', 'system', 'import')),
  severity TEXT NOT NULL CHECK (severity IN ('major', 'normal')),
  severity_reason TEXT,
  state TEXT NOT NULL CHECK (state IN ('new', 'triaged', 'phone_support', 'onsite_agreed', 'in_field',
    'waiting_customer', 'waiting_parts', 'resolved', 'follow_up', 'closed', 'merged', 'withdrawn')),
  -- What a waiting case returns to, and when somebody looks again.
  back TEXT CHECK (back IN ('triaged', 'phone_support', 'onsite_agreed', 'in_field')),
  until_at BIGINT,
  phone TEXT NOT NULL CHECK (phone IN ('not_tried', 'running', 'not_solved', 'solved')),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  site_id TEXT NOT NULL REFERENCES site (id),
  asset_id TEXT REFERENCES asset (id),
  contact_id TEXT REFERENCES contact (id),
  symptom TEXT NOT NULL CHECK (symptom <> ''),
  symptom_class TEXT,
  effects TEXT NOT NULL,
  reachable_when TEXT,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  second_unit_id TEXT REFERENCES org_unit (id),
  department TEXT,
  division_code TEXT,
  -- One owner at every moment (P10): an employee, or an account without one.
  owner_id TEXT NOT NULL CHECK (owner_id <> ''),
  reported_by TEXT NOT NULL,
  hand_over_to TEXT,
  hand_overs BIGINT NOT NULL DEFAULT 0,
  escalated_at BIGINT,
  next_step TEXT,
  next_step_note TEXT,
  next_due_at BIGINT,
  touched_at BIGINT NOT NULL,
  reported_at BIGINT NOT NULL,
  onsite_agreed_at BIGINT,
  resolved_how TEXT CHECK (resolved_how IN ('remote', 'onsite')),
  resolved_at BIGINT,
  closed_at BIGINT,
  merged_into TEXT REFERENCES service_case (id),
  reopened BIGINT NOT NULL DEFAULT 0,
  rework_of TEXT REFERENCES service_case (id),
  policy_version BIGINT NOT NULL,
  -- The promise as it was shown when the report was taken.
  promise TEXT NOT NULL,
  coverage_decision_id TEXT,
  -- An intake form makes one case, however often it is sent.
  draft_id TEXT UNIQUE,
  imported_from TEXT UNIQUE,
  version BIGINT NOT NULL DEFAULT 1,
  -- Invariant 7: an open case has a next step and a due time, an ended one has neither.
  CHECK ((state IN ('closed', 'merged', 'withdrawn')) = (next_step IS NULL)),
  CHECK ((next_step IS NULL) = (next_due_at IS NULL)),
  CHECK ((state IN ('closed', 'merged', 'withdrawn')) = (closed_at IS NOT NULL)),
  CHECK ((state IN ('waiting_customer', 'waiting_parts')) = (back IS NOT NULL)),
  CHECK ((back IS NULL) = (until_at IS NULL)),
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (merged_into <> id),
  CHECK (state NOT IN ('resolved', 'follow_up', 'closed') OR resolved_how IS NOT NULL),
  CHECK ((resolved_how IS NULL) = (resolved_at IS NULL)),
  -- P41: nobody is sent before both sides agree.
  CHECK (state NOT IN ('onsite_agreed', 'in_field') OR onsite_agreed_at IS NOT NULL),
  CHECK (onsite_agreed_at >= reported_at),
  CHECK (state <> 'phone_support' OR phone IN ('running', 'not_solved'))
);
CREATE INDEX service_case_open_due ON service_case (next_due_at, id) WHERE closed_at IS NULL;
CREATE INDEX service_case_open_owner ON service_case (owner_id, next_due_at, id) WHERE closed_at IS NULL;
CREATE INDEX service_case_open_unit ON service_case (unit_id, next_due_at, id) WHERE closed_at IS NULL;
CREATE INDEX service_case_open_site ON service_case (site_id, asset_id) WHERE closed_at IS NULL;
CREATE INDEX service_case_offered ON service_case (hand_over_to, next_due_at, id) WHERE hand_over_to IS NOT NULL;
CREATE INDEX service_case_second_unit ON service_case (second_unit_id, next_due_at, id) WHERE second_unit_id IS NOT NULL;
CREATE INDEX service_case_state ON service_case (state, next_due_at, id);
CREATE INDEX service_case_reported ON service_case (reported_at, id);
CREATE INDEX service_case_reported_by ON service_case (reported_by, reported_at);
CREATE INDEX service_case_unit ON service_case (unit_id, reported_at, id);
CREATE INDEX service_case_site ON service_case (site_id, reported_at);
CREATE INDEX service_case_asset ON service_case (asset_id, resolved_at);
CREATE INDEX service_case_customer ON service_case (customer_id, reported_at);
CREATE INDEX service_case_tail ON service_case (number_tail);
CREATE INDEX service_case_division ON service_case (division_code) WHERE closed_at IS NULL;
CREATE INDEX service_case_rework ON service_case (rework_of) WHERE rework_of IS NOT NULL;

-- A call as the desk typed it (P1). Numbers are stored as E.164 and shown masked.
CREATE TABLE call (
  id TEXT PRIMARY KEY,
  hotline_id TEXT REFERENCES hotline (id),
  dialled_e164 TEXT NOT NULL,
  caller_e164 TEXT,
  caller_masked TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  agent_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('case_made', 'case_continued', 'answered', 'missed', 'no_concern')),
  case_id TEXT REFERENCES service_case (id),
  unit_id TEXT,
  -- A missed call is called back by then.
  call_back_due_at BIGINT,
  called_back_by TEXT REFERENCES call (id),
  CHECK (ended_at IS NULL OR ended_at >= started_at),
  CHECK ((caller_e164 IS NULL) = (caller_masked IS NULL)),
  CHECK ((outcome = 'missed') = (call_back_due_at IS NOT NULL)),
  CHECK (outcome NOT IN ('case_made', 'case_continued') OR case_id IS NOT NULL)
);
CREATE INDEX call_case ON call (case_id, started_at);
CREATE INDEX call_caller ON call (caller_e164, started_at);
CREATE INDEX call_started ON call (started_at, id);
CREATE INDEX call_back ON call (unit_id, call_back_due_at) WHERE outcome = 'missed' AND called_back_by IS NULL;

-- An attempt to help by phone (P14, P37, P38).
CREATE TABLE phone_support (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  supporter_id TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  outcome TEXT CHECK (outcome IN ('solved', 'not_solved')),
  steps_tried TEXT,
  fix_plan TEXT,
  reason TEXT,
  needed_skill TEXT,
  expected_parts TEXT,
  expected_minutes BIGINT CHECK (expected_minutes > 0),
  recorded_by TEXT,
  CHECK ((outcome IS NULL) = (ended_at IS NULL)),
  CHECK (outcome IS NULL OR steps_tried IS NOT NULL),
  CHECK (outcome <> 'not_solved' OR reason IS NOT NULL),
  CHECK (outcome <> 'solved' OR fix_plan IS NOT NULL),
  CHECK (ended_at >= started_at)
);
CREATE INDEX phone_support_case ON phone_support (case_id, started_at);
CREATE UNIQUE INDEX phone_support_one_running ON phone_support (case_id) WHERE ended_at IS NULL;

-- Who agreed for each side to a visit, when and how; recorded apart from the report (P41).
CREATE TABLE onsite_agreement (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  phone_support_id TEXT REFERENCES phone_support (id),
  exception_reason TEXT,
  contact_id TEXT NOT NULL REFERENCES contact (id),
  company_person_id TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('phone', 'message', 'in_person', 'portal')),
  agreed_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  -- No agreement without "phone tried: result", unless the policy's exception is written down.
  CHECK (phone_support_id IS NOT NULL OR exception_reason IS NOT NULL),
  CHECK (agreed_at <= recorded_at)
);
CREATE INDEX onsite_agreement_case ON onsite_agreement (case_id, recorded_at);

-- A new owner only by acceptance (P10).
CREATE TABLE case_hand_over (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  from_id TEXT NOT NULL,
  to_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  answered_at BIGINT,
  answer TEXT CHECK (answer IN ('accepted', 'declined', 'dropped')),
  answer_reason TEXT,
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK (from_id <> to_id)
);
CREATE UNIQUE INDEX case_hand_over_one_open ON case_hand_over (case_id) WHERE answered_at IS NULL;
CREATE INDEX case_hand_over_case ON case_hand_over (case_id, offered_at);

-- What keeps a case open, set and cleared by the domain concerned (decision 9).
CREATE TABLE case_hold (
  case_id TEXT NOT NULL REFERENCES service_case (id),
  kind TEXT NOT NULL,
  hold_key TEXT NOT NULL,
  label TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (case_id, kind, hold_key)
);

-- Words stand here, not in events: they may name people.
CREATE TABLE case_note (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  text TEXT NOT NULL CHECK (text <> ''),
  for_customer BIGINT NOT NULL CHECK (for_customer IN (0, 1)),
  written_by TEXT NOT NULL,
  written_at BIGINT NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id, written_at);
