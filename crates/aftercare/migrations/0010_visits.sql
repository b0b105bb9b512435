-- Work orders, visits, checklists, evidence, what was shown and signed, invoices owed.

CREATE TABLE work_order (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  kind TEXT NOT NULL CHECK (kind IN ('install', 'repair', 'maintain', 'rework', 'train', 'patch')),
  -- Derived from the visits in the same transaction; kept here so that lists can filter by it.
  state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'scheduled', 'in_progress', 'work_done', 'self_checked',
    'signed', 'settled', 'closed', 'incomplete', 'cancelled')),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  site_id TEXT NOT NULL REFERENCES site (id),
  asset_id TEXT REFERENCES asset (id),
  unit_id TEXT NOT NULL,
  second_unit_id TEXT,
  division_code TEXT,
  -- Time, place, symptom (P42).
  wish_start BIGINT NOT NULL,
  wish_end BIGINT NOT NULL,
  place TEXT NOT NULL CHECK (place <> ''),
  symptom TEXT NOT NULL CHECK (symptom <> ''),
  skill TEXT,
  duration_min BIGINT NOT NULL CHECK (duration_min > 0),
  -- How many visits were ever made: the next one's number.
  visits_made BIGINT NOT NULL DEFAULT 0,
  cancel_reason TEXT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (wish_start < wish_end),
  CHECK ((state IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)),
  CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL))
);
-- One job under way per case; a signed one that waits for its invoice holds up no other.
CREATE UNIQUE INDEX work_order_under_way ON work_order (case_id)
  WHERE state IN ('draft', 'ready', 'scheduled', 'in_progress', 'work_done', 'self_checked', 'incomplete');
CREATE INDEX work_order_case ON work_order (case_id, created_at);
CREATE INDEX work_order_state ON work_order (state, wish_end, id);
CREATE INDEX work_order_unit ON work_order (unit_id, created_at, id);
CREATE INDEX work_order_created ON work_order (created_at, id);
CREATE INDEX work_order_asset ON work_order (asset_id);
CREATE INDEX work_order_division ON work_order (division_code);

-- postgres:
CREATE EXTENSION IF NOT EXISTS btree_gist;
-- all:

CREATE TABLE visit (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  case_id TEXT NOT NULL,
  engineer_id TEXT NOT NULL REFERENCES employee (id),
  window_start BIGINT NOT NULL,
  window_end BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'dispatched', 'accepted', 'declined', 'travelling',
    'arrived', 'working', 'paused', 'done', 'partly_done', 'no_access', 'left', 'cancelled')),
  -- Why it rests, or what came of it.
  state_code TEXT,
  -- The reason in words.
  state_note TEXT,
  customer_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  second_unit_id TEXT,
  division_code TEXT,
  -- The checklist as it stood when the visit was planned (P24).
  checklist TEXT NOT NULL,
  arrived_at BIGINT,
  left_at BIGINT,
  self_checked_at BIGINT,
  -- What was shown to the customer last, and when the signature or refusal came (P72).
  shown_sha256 TEXT,
  signed_at BIGINT,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (window_start < window_end),
  CHECK (state NOT IN ('declined', 'partly_done', 'no_access', 'cancelled') OR state_note IS NOT NULL),
  CHECK ((state IN ('paused', 'left')) = (state_code IS NOT NULL)),
  CHECK ((state = 'left') = (left_at IS NOT NULL)),
  CHECK (signed_at IS NULL OR (shown_sha256 IS NOT NULL AND self_checked_at IS NOT NULL)),
  CHECK (state <> 'done' OR signed_at IS NOT NULL)
);
CREATE INDEX visit_work_order ON visit (work_order_id, created_at, id);
CREATE INDEX visit_engineer ON visit (engineer_id, window_start);
CREATE INDEX visit_window ON visit (window_start, window_end);
CREATE INDEX visit_case ON visit (case_id);
CREATE INDEX visit_unit ON visit (unit_id, window_start);
CREATE INDEX visit_division ON visit (division_code);
-- One visit under way or planned per work order, and an engineer is in one field at a time (invariant 6).
CREATE UNIQUE INDEX visit_one_open ON visit (work_order_id) WHERE state NOT IN ('declined', 'left', 'cancelled');
CREATE UNIQUE INDEX visit_one_in_field ON visit (engineer_id)
  WHERE state IN ('travelling', 'arrived', 'working', 'paused', 'done', 'partly_done', 'no_access');

-- No double booking (decision 15): the windows of an engineer don't overlap.
-- sqlite:
CREATE TRIGGER visit_engineer_busy_new BEFORE INSERT ON visit
WHEN NEW.state NOT IN ('declined', 'left', 'cancelled') AND EXISTS (
  SELECT 1 FROM visit v WHERE v.engineer_id = NEW.engineer_id AND v.state NOT IN ('declined', 'left', 'cancelled')
    AND v.window_start < NEW.window_end AND NEW.window_start < v.window_end)
BEGIN SELECT RAISE(ABORT, 'visit_engineer_busy'); END;
CREATE TRIGGER visit_engineer_busy_moved BEFORE UPDATE OF engineer_id, window_start, window_end, state ON visit
WHEN NEW.state NOT IN ('declined', 'left', 'cancelled') AND EXISTS (
  SELECT 1 FROM visit v WHERE v.id <> NEW.id AND v.engineer_id = NEW.engineer_id
    AND v.state NOT IN ('declined', 'left', 'cancelled')
    AND v.window_start < NEW.window_end AND NEW.window_start < v.window_end)
BEGIN SELECT RAISE(ABORT, 'visit_engineer_busy'); END;
-- postgres:
ALTER TABLE visit ADD CONSTRAINT visit_engineer_busy
  EXCLUDE USING gist (engineer_id WITH =, int8range(window_start, window_end) WITH &&)
  WHERE (state NOT IN ('declined', 'left', 'cancelled'));
-- all:

-- Every step with both times: the server's, and the phone's if it was made offline.
CREATE TABLE visit_stamp (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  step TEXT NOT NULL,
  at BIGINT NOT NULL,
  device_at BIGINT,
  by_id TEXT NOT NULL,
  lon DOUBLE PRECISION,
  lat DOUBLE PRECISION,
  accuracy_m DOUBLE PRECISION,
  method TEXT CHECK (method IN ('gps', 'badge', 'manual')),
  place_check TEXT CHECK (place_check IN ('at_site', 'away', 'unknown')),
  distance_m BIGINT,
  -- A reason in words: never in an event.
  note TEXT,
  CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX visit_stamp_visit ON visit_stamp (visit_id, at, id);

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  fault_code TEXT,
  cause_code TEXT NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  action TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX finding_work_order ON finding (work_order_id, at, id);

CREATE TABLE checklist (
  id TEXT PRIMARY KEY,
  -- Null: for every product that has none of its own.
  product_id TEXT REFERENCES product (id),
  kind TEXT NOT NULL CHECK (kind IN ('install', 'repair', 'maintain', 'rework', 'train', 'patch')),
  version BIGINT NOT NULL CHECK (version > 0),
  content TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL
);
CREATE UNIQUE INDEX checklist_version ON checklist (COALESCE(product_id, ''), kind, version);

CREATE TABLE checklist_answer (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  item TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('done', 'failed', 'skipped')),
  note TEXT,
  at BIGINT NOT NULL,
  device_at BIGINT,
  PRIMARY KEY (visit_id, item),
  -- P24: what was left out or is not in order says why.
  CHECK (result = 'done' OR (note IS NOT NULL AND note <> ''))
);

CREATE TABLE evidence (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  kind TEXT NOT NULL CHECK (kind IN ('before', 'after', 'exclusion')),
  sha256 TEXT NOT NULL CHECK (LENGTH(sha256) = 64),
  note TEXT,
  at BIGINT NOT NULL,
  device_at BIGINT,
  UNIQUE (visit_id, kind, sha256)
);
CREATE INDEX evidence_work_order ON evidence (work_order_id, at, id);

-- What became of each removed part (P23).
CREATE TABLE old_part (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  name TEXT NOT NULL CHECK (name <> ''),
  serial TEXT,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  fate TEXT NOT NULL CHECK (fate IN ('returned', 'left_with_customer', 'scrapped')),
  at BIGINT NOT NULL
);
CREATE INDEX old_part_work_order ON old_part (work_order_id, at, id);

-- Canonical documents as the customer saw them, never changed: the quote before, the service order after (P72).
CREATE TABLE shown_document (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  sha256 TEXT NOT NULL CHECK (LENGTH(sha256) = 64),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  kind TEXT NOT NULL CHECK (kind IN ('quote', 'result')),
  content TEXT NOT NULL,
  shown_at BIGINT NOT NULL,
  PRIMARY KEY (visit_id, sha256)
);
CREATE INDEX shown_document_work_order ON shown_document (work_order_id, kind, shown_at);

CREATE TABLE signature (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL,
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  kind TEXT NOT NULL CHECK (kind IN ('quote', 'result')),
  outcome TEXT NOT NULL CHECK (outcome IN ('signed', 'refused')),
  document_sha256 TEXT NOT NULL,
  signer_name TEXT,
  -- The strokes as canonical JSON, and their SHA-256.
  strokes TEXT,
  strokes_sha256 TEXT,
  reason TEXT,
  witness TEXT,
  at BIGINT NOT NULL,
  device_at BIGINT,
  -- SHA-256 over document, strokes, signer and time: binds them to each other.
  binding_sha256 TEXT NOT NULL,
  FOREIGN KEY (visit_id, document_sha256) REFERENCES shown_document (visit_id, sha256),
  CHECK ((outcome = 'signed') = (signer_name IS NOT NULL AND strokes IS NOT NULL AND strokes_sha256 IS NOT NULL)),
  CHECK ((outcome = 'refused') = (reason IS NOT NULL AND witness IS NOT NULL))
);
CREATE UNIQUE INDEX signature_result ON signature (visit_id) WHERE kind = 'result';
CREATE INDEX signature_work_order ON signature (work_order_id, at, id);

-- Money the customer owes without an invoice keeps the case open (P69, P71).
CREATE TABLE invoice_duty (
  work_order_id TEXT PRIMARY KEY REFERENCES work_order (id),
  case_id TEXT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  invoice_number TEXT UNIQUE,
  issued_at BIGINT,
  issued_by TEXT,
  CHECK ((invoice_number IS NULL) = (issued_at IS NULL)),
  CHECK ((invoice_number IS NULL) = (issued_by IS NULL))
);
CREATE INDEX invoice_duty_open ON invoice_duty (opened_at) WHERE invoice_number IS NULL;
