-- Sqlite

-- step 1: events, answers, jobs, sharing
-- The ground every domain stands on: steps, events, answers, jobs, sharing, leases.

CREATE TABLE schema_step (
  number BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);

-- Timeline, audit, outbox, live feed and sync cursor in one (decisions 4 and 5).
CREATE TABLE event (
  pos INTEGER PRIMARY KEY AUTOINCREMENT,
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
CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

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

-- step 2: accounts, sessions, tokens
-- Accounts, sessions (one per device), one-time password links, API tokens, failures of login.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE CHECK (login = lower(login)),
  name TEXT NOT NULL,
  -- Null until its holder has set one by a link; an account for programs never has one.
  password_hash TEXT,
  roles TEXT NOT NULL,
  unit_id TEXT,
  employee_id TEXT UNIQUE,
  customer_id TEXT,
  contact_id TEXT,
  lang TEXT NOT NULL DEFAULT 'zh-CN' CHECK (lang IN ('zh-CN', 'en')),
  created_at BIGINT NOT NULL,
  password_changed_at BIGINT,
  disabled_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((password_hash IS NULL) = (password_changed_at IS NULL))
);
CREATE INDEX account_name ON account (name, id);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  -- How long it may rest, and until when it does at most.
  idle_us BIGINT NOT NULL CHECK (idle_us > 0),
  idle_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX session_account ON session (account_id, created_at);
CREATE INDEX session_expires ON session (expires_at);

-- A link by which somebody sets a password once; a newer one takes the place of the older.
CREATE TABLE password_link (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  last_used_at BIGINT,
  CHECK (expires_at > created_at)
);
CREATE INDEX api_token_account ON api_token (account_id, created_at);

-- Failures count per login and per address, also for logins that don't exist; a login is kept as a hash,
-- since people type passwords into that field.
CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL CHECK (failures >= 0),
  locked_until BIGINT,
  last_at BIGINT NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);

-- step 3: units, jurisdictions, hotlines, employees
-- Units, departments, jurisdictions, hotlines, employees.

-- One row: changes of the tree and of the map take turns on it, and the map's version is its ETag.
CREATE TABLE org_state (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  tree_version BIGINT NOT NULL,
  map_version BIGINT NOT NULL
);
INSERT INTO org_state (one, tree_version, map_version) VALUES (1, 1, 1);

-- The tree: headquarters, branches and technical centres below it, regions below any of them (P3).
CREATE TABLE org_unit (
  id TEXT PRIMARY KEY,
  parent_id TEXT REFERENCES org_unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('headquarters', 'branch', 'technical_centre', 'region')),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  zone TEXT NOT NULL,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((kind = 'headquarters') = (parent_id IS NULL)),
  CHECK (parent_id <> id)
);
CREATE UNIQUE INDEX org_unit_one_headquarters ON org_unit (kind) WHERE kind = 'headquarters';
CREATE UNIQUE INDEX org_unit_name ON org_unit (name_zh);
CREATE INDEX org_unit_parent ON org_unit (parent_id);
CREATE INDEX unit_reach_unit ON unit_reach (unit_id);

CREATE TABLE department (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('engineering', 'after_sales', 'technical_service')),
  UNIQUE (unit_id, kind)
);

-- Each county belongs to exactly one unit (P4): the key says so.
CREATE TABLE jurisdiction (
  division_code TEXT PRIMARY KEY CHECK (LENGTH(division_code) = 6),
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  since BIGINT NOT NULL
);
CREATE INDEX jurisdiction_unit ON jurisdiction (unit_id);

CREATE TABLE hotline (
  id TEXT PRIMARY KEY,
  number_e164 TEXT NOT NULL UNIQUE CHECK (number_e164 LIKE '+%'),
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  calendar TEXT NOT NULL CHECK (calendar IN ('five_by_eight', 'round_the_clock')),
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX hotline_unit ON hotline (unit_id);

CREATE TABLE employee (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  department_id TEXT REFERENCES department (id),
  role TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  badge_number TEXT NOT NULL UNIQUE CHECK (badge_number <> ''),
  badge_valid_until TEXT,
  education TEXT NOT NULL CHECK (education IN ('secondary', 'college', 'bachelor', 'master', 'doctor')),
  base_lon DOUBLE PRECISION CHECK (base_lon BETWEEN -180 AND 180),
  base_lat DOUBLE PRECISION CHECK (base_lat BETWEEN -90 AND 90),
  photo_sha256 TEXT,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((base_lon IS NULL) = (base_lat IS NULL))
);
CREATE INDEX employee_unit ON employee (unit_id, role);
CREATE INDEX employee_name ON employee (name, id);

CREATE TABLE employee_skill (
  employee_id TEXT NOT NULL REFERENCES employee (id),
  skill TEXT NOT NULL,
  level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
  PRIMARY KEY (employee_id, skill)
);
CREATE INDEX employee_skill_skill ON employee_skill (skill, employee_id);

CREATE TABLE certificate (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  code TEXT NOT NULL,
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  expires_on TEXT,
  UNIQUE (employee_id, code, number),
  CHECK (expires_on IS NULL OR expires_on >= issued_on)
);
CREATE INDEX certificate_expiry ON certificate (expires_on);

-- A weekly pattern and its exceptions, in minutes of the unit's local day: extra hours, leave.
CREATE TABLE shift (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  kind TEXT NOT NULL CHECK (kind IN ('weekly', 'extra', 'leave')),
  weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
  on_date TEXT,
  from_min BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
  to_min BIGINT NOT NULL CHECK (to_min BETWEEN 1 AND 1440),
  CHECK (from_min < to_min),
  CHECK ((kind = 'weekly') = (weekday IS NOT NULL)),
  CHECK ((kind = 'weekly') = (on_date IS NULL))
);
CREATE INDEX shift_employee ON shift (employee_id, kind, on_date);

-- step 4: service policy, holidays, clocks
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
CREATE TRIGGER policy_version_stays_as_it_is BEFORE UPDATE ON policy_version
BEGIN SELECT RAISE(ABORT, 'policy versions are append-only'); END;
CREATE TRIGGER policy_version_stays BEFORE DELETE ON policy_version
BEGIN SELECT RAISE(ABORT, 'policy versions are append-only'); END;
CREATE TRIGGER clock_event_stays_as_it_is BEFORE UPDATE ON clock_event
BEGIN SELECT RAISE(ABORT, 'clock events are append-only'); END;
CREATE TRIGGER clock_event_stays BEFORE DELETE ON clock_event
BEGIN SELECT RAISE(ABORT, 'clock events are append-only'); END;

-- step 5: customers, contacts, sites, search keys
-- Customers, their sites and contacts, and the keys by which a caller's words find them.

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  vip_level TEXT NOT NULL CHECK (vip_level IN ('none', 'silver', 'gold', 'platinum')),
  billing_party TEXT,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  -- The key in the system it was imported from: an import can run twice without doubling.
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX customer_name ON customer (name, id);
CREATE INDEX customer_unit ON customer (unit_id);

-- A place where assets stand. A site outside the division list has no code and gets its unit by hand (decision 27).
CREATE TABLE site (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  name TEXT NOT NULL CHECK (name <> ''),
  address TEXT NOT NULL,
  division_code TEXT,
  lon DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
  lat DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
  access_hours TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  zone TEXT NOT NULL,
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  -- When somebody last reported something here: what is used lately is found first.
  used_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX site_customer ON site (customer_id, name);
CREATE INDEX site_name ON site (name, id);
CREATE INDEX site_unit ON site (unit_id, name);
CREATE INDEX site_division ON site (division_code);

-- A caller may be known by number alone: the name may be empty.
CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  site_id TEXT REFERENCES site (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  phone_e164 TEXT,
  phone_ext TEXT,
  phone_masked TEXT,
  email TEXT,
  lang TEXT NOT NULL CHECK (lang IN ('zh-CN', 'en')),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (phone_e164 IS NOT NULL OR email IS NOT NULL),
  CHECK ((phone_e164 IS NULL) = (phone_masked IS NULL)),
  CHECK (phone_ext IS NULL OR phone_e164 IS NOT NULL)
);
CREATE INDEX contact_customer ON contact (customer_id, name, id);
CREATE INDEX contact_site ON contact (site_id);
CREATE INDEX contact_phone ON contact (phone_e164);

-- How many masked numbers an account has seen on a day.
CREATE TABLE contact_reveal (
  account_id TEXT NOT NULL,
  day TEXT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (account_id, day)
);

-- Keys for look-up: every search is an equality or a prefix on this primary key, never a scan of the records.
-- Prefixes need an order by code point whatever the collation of the database.
CREATE TABLE search_key (
  kind TEXT NOT NULL,
  term TEXT NOT NULL,
  record TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (kind, term, record, record_id)
) WITHOUT ROWID;
CREATE INDEX search_key_record ON search_key (record, record_id);

-- step 6: products, assets, acceptances
-- Products, installed assets, and acceptance: the only start of a warranty (P28).

CREATE TABLE product (
  id TEXT PRIMARY KEY,
  model TEXT NOT NULL CHECK (model <> ''),
  -- The version of the model; empty if there is only one.
  model_version TEXT NOT NULL,
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- The skill an engineer needs for it.
  kind TEXT NOT NULL CHECK (kind <> ''),
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (model, model_version)
);

-- The customer's signed statement that assets were accepted on a day.
CREATE TABLE acceptance (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  site_id TEXT NOT NULL REFERENCES site (id),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  unit_id TEXT NOT NULL,
  division_code TEXT,
  accepted_on TEXT NOT NULL,
  signed_by_name TEXT NOT NULL CHECK (signed_by_name <> ''),
  signed_at BIGINT NOT NULL,
  -- The canonical document as the customer saw it, and its SHA-256.
  document TEXT NOT NULL,
  document_sha256 TEXT NOT NULL,
  -- The strokes (canonical JSON), or null if the signature is a stored file; its SHA-256 either way.
  signature_strokes TEXT,
  signature_sha256 TEXT NOT NULL,
  -- SHA-256 over document, signature, signer and time: binds the signature to this document.
  binding_sha256 TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  revoked_reason TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX acceptance_site ON acceptance (site_id, accepted_on);

CREATE TABLE asset (
  id TEXT PRIMARY KEY,
  serial TEXT NOT NULL CHECK (serial <> ''),
  -- The serial without case and separators.
  serial_key TEXT NOT NULL,
  -- What the QR plate on the asset says.
  label TEXT NOT NULL UNIQUE,
  product_id TEXT NOT NULL REFERENCES product (id),
  site_id TEXT NOT NULL REFERENCES site (id),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  unit_id TEXT NOT NULL,
  division_code TEXT,
  parent_asset_id TEXT REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  foreign_components BIGINT NOT NULL CHECK (foreign_components IN (0, 1)),
  software_version TEXT,
  accepted_on TEXT,
  acceptance_id TEXT REFERENCES acceptance (id),
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (product_id, serial_key),
  -- A day of acceptance never stands without its certificate.
  CHECK ((accepted_on IS NULL) = (acceptance_id IS NULL)),
  CHECK (parent_asset_id IS NULL OR parent_asset_id <> id)
);
CREATE INDEX asset_site ON asset (site_id, serial);
CREATE INDEX asset_customer ON asset (customer_id);
CREATE INDEX asset_unit ON asset (unit_id, serial);
CREATE INDEX asset_serial ON asset (serial, id);
CREATE INDEX asset_serial_key ON asset (serial_key);
CREATE INDEX asset_parent ON asset (parent_asset_id);
CREATE INDEX asset_division ON asset (division_code);

CREATE TABLE acceptance_asset (
  acceptance_id TEXT NOT NULL REFERENCES acceptance (id),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  revoked_at BIGINT,
  PRIMARY KEY (acceptance_id, asset_id)
);
-- One acceptance per asset, unless the earlier one is revoked.
CREATE UNIQUE INDEX acceptance_asset_once ON acceptance_asset (asset_id) WHERE revoked_at IS NULL;

-- step 7: agreements, part warranties, coverage decisions, exclusions
-- Agreements, part warranties, and what was decided about cover: every decision stays with the facts it rests on.

CREATE TABLE agreement (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  level TEXT NOT NULL CHECK (level <> ''),
  covered_from TEXT NOT NULL,
  covered_to TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  -- Targets of its own; null is the warranty's (P29).
  respond_min BIGINT CHECK (respond_min > 0),
  arrive_major_min BIGINT CHECK (arrive_major_min > 0),
  arrive_normal_min BIGINT CHECK (arrive_normal_min > 0),
  -- The dates say whether a signed agreement is active, expiring or expired.
  status TEXT NOT NULL CHECK (status IN ('draft', 'signed', 'suspended', 'terminated')),
  signed_on TEXT,
  suspended_from TEXT,
  suspended_until TEXT,
  terminated_from TEXT,
  -- The chain of renewals does not branch.
  renews_id TEXT UNIQUE REFERENCES agreement (id),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (covered_to >= covered_from),
  CHECK ((status = 'draft') = (signed_on IS NULL)),
  CHECK (status <> 'suspended' OR suspended_from IS NOT NULL),
  CHECK ((status = 'terminated') = (terminated_from IS NOT NULL)),
  CHECK (suspended_until IS NULL OR suspended_until >= suspended_from),
  CHECK (renews_id IS NULL OR renews_id <> id)
);
CREATE INDEX agreement_customer ON agreement (customer_id, covered_to);
CREATE INDEX agreement_end ON agreement (covered_to, id);

CREATE TABLE agreement_asset (
  agreement_id TEXT NOT NULL REFERENCES agreement (id),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  PRIMARY KEY (agreement_id, asset_id)
);
CREATE INDEX agreement_asset_asset ON agreement_asset (asset_id);

-- A repaired or sold part that was delivered: the start of its own warranty (P49, P53).
CREATE TABLE part_warranty (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('repaired', 'sold')),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  part TEXT NOT NULL CHECK (part <> ''),
  serial TEXT NOT NULL CHECK (serial <> ''),
  source_number TEXT NOT NULL CHECK (source_number <> ''),
  delivered_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  UNIQUE (kind, serial, source_number)
);
CREATE INDEX part_warranty_asset ON part_warranty (asset_id, delivered_on);

-- Every decision ever made, oldest first per case; facts and answer as the engine took and gave them.
CREATE TABLE coverage_decision (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  cause TEXT NOT NULL CHECK (cause IN ('reported', 'exclusion', 'facts_changed', 'calendar_published')),
  facts TEXT NOT NULL,
  decision TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('covered', 'chargeable', 'undecided')),
  policy_version BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  UNIQUE (case_id, ordinal)
);
CREATE INDEX coverage_decision_asset ON coverage_decision (asset_id, decided_at);

CREATE TRIGGER coverage_decision_stays_as_it_is BEFORE UPDATE ON coverage_decision
BEGIN SELECT RAISE(ABORT, 'coverage decisions are append-only'); END;
CREATE TRIGGER coverage_decision_stays BEFORE DELETE ON coverage_decision
BEGIN SELECT RAISE(ABORT, 'coverage decisions are append-only'); END;

-- What holds for a case now, with what is needed to decide it again; the units follow the case.
CREATE TABLE case_coverage (
  case_id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset (id),
  customer_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  second_unit_id TEXT,
  division_code TEXT,
  reported_at BIGINT NOT NULL,
  request TEXT NOT NULL CHECK (request IN ('repair', 'part_sale', 'training', 'patch', 'upgrade')),
  policy_version BIGINT NOT NULL,
  previous_repairs TEXT NOT NULL,
  answers TEXT NOT NULL,
  decision_id TEXT NOT NULL REFERENCES coverage_decision (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('covered', 'chargeable', 'undecided')),
  badge TEXT NOT NULL,
  -- The first year whose holidays the decision waits for (decision 12).
  provisional_year BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX case_coverage_asset ON case_coverage (asset_id, reported_at);
CREATE INDEX case_coverage_unit ON case_coverage (unit_id, verdict);
CREATE INDEX case_coverage_division ON case_coverage (division_code);
CREATE INDEX case_coverage_provisional ON case_coverage (provisional_year) WHERE provisional_year IS NOT NULL;

-- A person's change to a decision; the decision itself stays beneath it.
CREATE TABLE coverage_overruling (
  id TEXT PRIMARY KEY,
  decision_id TEXT NOT NULL REFERENCES coverage_decision (id),
  ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'in_force', 'declined')),
  verdict TEXT CHECK (verdict IN ('covered', 'chargeable')),
  payers TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  asked_by TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  approved_by TEXT,
  approved_at BIGINT,
  UNIQUE (decision_id, ordinal),
  -- Nobody approves their own (P55).
  CHECK (approved_by IS NULL OR approved_by <> asked_by),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  CHECK (state <> 'waiting' OR approved_by IS NULL)
);

-- An exclusion somebody saw (P31-P34), with the customer's answer to the explanation.
CREATE TABLE exclusion_finding (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_coverage (case_id),
  code TEXT NOT NULL CHECK (code IN ('abnormal_operation', 'self_dismantled', 'non_designated', 'mixed_system')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'decided', 'rejected')),
  explained_at BIGINT,
  acknowledgement TEXT CHECK (acknowledgement IN ('signed', 'refused')),
  acknowledged_at BIGINT,
  acknowledgement_by TEXT,
  signature_sha256 TEXT REFERENCES file (sha256),
  proposed_by TEXT NOT NULL,
  proposed_at BIGINT NOT NULL,
  ruled_by TEXT,
  ruled_at BIGINT,
  ruled_reason TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((state = 'proposed') = (ruled_by IS NULL)),
  CHECK ((ruled_by IS NULL) = (ruled_at IS NULL)),
  CHECK ((ruled_by IS NULL) = (ruled_reason IS NULL)),
  CHECK ((acknowledgement IS NULL) = (acknowledged_at IS NULL)),
  CHECK (acknowledgement IS NULL OR acknowledgement <> 'signed' OR signature_sha256 IS NOT NULL)
);
CREATE INDEX exclusion_finding_case ON exclusion_finding (case_id, proposed_at);
CREATE UNIQUE INDEX exclusion_finding_waiting ON exclusion_finding (case_id, code) WHERE state = 'proposed';

CREATE TABLE exclusion_evidence (
  id TEXT PRIMARY KEY,
  finding_id TEXT NOT NULL REFERENCES exclusion_finding (id),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'text')),
  sha256 TEXT REFERENCES file (sha256),
  words TEXT,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  CHECK ((kind = 'photo') = (sha256 IS NOT NULL)),
  CHECK ((kind = 'text') = (words IS NOT NULL)),
  UNIQUE (finding_id, sha256)
);
CREATE INDEX exclusion_evidence_finding ON exclusion_evidence (finding_id, added_at);

-- step 8: price lists, charges
-- Price lists with their days of validity, and what was charged from them.

CREATE TABLE price_list (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL UNIQUE CHECK (version >= 1),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- Both days included; a list without an end is in force until the next one begins.
  valid_from TEXT NOT NULL UNIQUE,
  valid_to TEXT,
  currency TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE price_line (
  id TEXT PRIMARY KEY,
  price_list_id TEXT NOT NULL REFERENCES price_list (id),
  ordinal BIGINT NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  -- Training has no price (P61).
  kind TEXT NOT NULL CHECK (kind IN ('labour', 'parts', 'travel', 'postage', 'packing', 'patch', 'upgrade')),
  description_zh TEXT NOT NULL CHECK (description_zh <> ''),
  description_en TEXT NOT NULL,
  unit_zh TEXT NOT NULL CHECK (unit_zh <> ''),
  unit_en TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  tax_ppm BIGINT NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  tax_included BIGINT NOT NULL CHECK (tax_included IN (0, 1)),
  -- The kind of product it is for; null for every kind.
  product_kind TEXT,
  UNIQUE (price_list_id, code),
  UNIQUE (price_list_id, ordinal)
);

-- A list that was published stays as it is: old orders keep its prices (P54). Its end may be set once.
CREATE TRIGGER price_line_stays_as_it_is BEFORE UPDATE ON price_line
BEGIN SELECT RAISE(ABORT, 'price lines stay as they are'); END;
CREATE TRIGGER price_line_stays BEFORE DELETE ON price_line
BEGIN SELECT RAISE(ABORT, 'price lines stay as they are'); END;

-- One line of a service order. The amounts are the line's own: who pays shows in payer and waived_minor.
CREATE TABLE charge (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  work_order_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('labour', 'parts', 'travel', 'postage', 'packing', 'patch', 'upgrade')),
  description_zh TEXT NOT NULL CHECK (description_zh <> ''),
  description_en TEXT NOT NULL,
  unit_zh TEXT NOT NULL,
  unit_en TEXT NOT NULL,
  part_serial TEXT,
  quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  tax_ppm BIGINT NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  tax_included BIGINT NOT NULL CHECK (tax_included IN (0, 1)),
  -- Where the price comes from: exactly one (P26).
  price_line_id TEXT REFERENCES price_line (id),
  quote_id TEXT,
  coverage_decision_id TEXT,
  payer TEXT NOT NULL CHECK (payer IN ('customer', 'company')),
  net_minor BIGINT NOT NULL,
  tax_minor BIGINT NOT NULL,
  gross_minor BIGINT NOT NULL,
  -- What the customer owes, and the list price the company bears (P12).
  total_minor BIGINT NOT NULL,
  waived_minor BIGINT NOT NULL,
  -- A payer chosen against the decision (P55).
  decided_payer TEXT NOT NULL CHECK (decided_payer IN ('customer', 'company')),
  override_reason TEXT,
  override_by TEXT,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  removed_at BIGINT,
  removed_by TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((price_line_id IS NULL) <> (quote_id IS NULL)),
  CHECK (net_minor + tax_minor = gross_minor),
  CHECK (total_minor + waived_minor = gross_minor),
  CHECK ((payer = 'company' AND total_minor = 0) OR (payer = 'customer' AND waived_minor = 0)),
  CHECK ((payer <> decided_payer) = (override_reason IS NOT NULL)),
  CHECK ((override_reason IS NULL) = (override_by IS NULL)),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
  UNIQUE (work_order_id, ordinal)
);
CREATE INDEX charge_case ON charge (case_id);

-- step 9: calls, service cases
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

-- step 10: work orders, visits, checklists, evidence, service orders
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

-- step 11: follow-up calls
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

-- step 12: webhooks, deliveries
-- Messages to customers, people on duty and other programs: one delivery per event, recipient and channel.

CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL CHECK (url <> ''),
  name TEXT NOT NULL,
  -- Kinds of events, a JSON list.
  kinds TEXT NOT NULL,
  secret TEXT NOT NULL CHECK (secret LIKE 'whsec_%'),
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  disabled_at BIGINT,
  removed_at BIGINT
);

-- Recipients stand here by reference: the address is looked up when the message leaves, so that erasure reaches it.
CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  event_seq BIGINT,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('smtp', 'webhook')),
  recipient_kind TEXT NOT NULL CHECK (recipient_kind IN ('contact', 'duty', 'webhook', 'address')),
  recipient_id TEXT NOT NULL CHECK (recipient_id <> ''),
  case_id TEXT,
  customer_id TEXT,
  unit_id TEXT,
  -- Message-ID or webhook-id: the same on every attempt.
  message_id TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  payload TEXT NOT NULL,
  photo_token TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  delivered_at BIGINT,
  last_error TEXT,
  UNIQUE (event_seq, channel, recipient_kind, recipient_id),
  CHECK ((channel = 'webhook') = (recipient_kind = 'webhook')),
  CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
  CHECK (state <> 'failed' OR last_error IS NOT NULL)
);
CREATE INDEX delivery_created ON delivery (created_at, id);
CREATE INDEX delivery_state ON delivery (state, created_at, id);
CREATE INDEX delivery_case ON delivery (case_id, created_at);

-- step 13: imported people, import runs
-- Imported history: the names of people who had cases in another system, and every run.

-- Names stand here, not in events: they can be forgotten. Nobody is invented: a name stays a name unless the mapping says
-- which employee it is.
CREATE TABLE imported_person (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  since BIGINT NOT NULL,
  UNIQUE (source, name)
);

CREATE TABLE history_run (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  mapping_sha256 TEXT NOT NULL,
  finished_at BIGINT NOT NULL,
  report TEXT NOT NULL
);
CREATE INDEX history_run_source ON history_run (source, finished_at);

-- step 14: planned visits of cases, appointments, guidance on site
-- What a case's next visit is, what the customer was promised for it, and what customers were shown on site.

-- By when the planned visit arrives; null while none is planned. It tells the next step "plan a visit" from "visit".
ALTER TABLE service_case ADD COLUMN visit_due_at BIGINT;
UPDATE service_case SET visit_due_at = (SELECT MAX(v.window_end) FROM visit v WHERE v.case_id = service_case.id
  AND v.state IN ('proposed', 'confirmed', 'dispatched', 'accepted', 'travelling', 'arrived', 'working', 'paused'))
  WHERE state IN ('onsite_agreed', 'in_field', 'waiting_customer', 'waiting_parts');
UPDATE service_case SET next_step = 'visit' WHERE state = 'onsite_agreed' AND next_step = 'plan_visit'
  AND next_step_note IS NULL AND visit_due_at IS NOT NULL;

-- The appointment (P8): the end of the window to which the customer holds us. It follows the window when the customer asks
-- for another time, and stays when the company moves the visit.
ALTER TABLE visit ADD COLUMN appointment_end BIGINT;
UPDATE visit SET appointment_end = window_end;

-- Who was shown what on site, and for how long (P25).
CREATE TABLE guidance (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  who TEXT NOT NULL CHECK (who <> ''),
  topic TEXT NOT NULL CHECK (topic <> ''),
  minutes BIGINT NOT NULL CHECK (minutes > 0),
  at BIGINT NOT NULL
);
CREATE INDEX guidance_work_order ON guidance (work_order_id, at, id);

-- Today's appointments on the home page, and visits whose window is over.
CREATE INDEX visit_appointment ON visit (appointment_end);

-- step 15: who may read which file, passwords before, unused accounts, the audit's indexes
-- Who sent which file, where files are used, passwords before, accounts that lie unused, and indexes behind the audit.

-- How many bytes of a file, from its start, somebody has shown to have: who knows a digest has not yet the file.
CREATE TABLE file_sender (
  sha256 TEXT NOT NULL,
  account_id TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (sha256, account_id)
);
INSERT INTO file_sender (sha256, account_id, bytes) SELECT sha256, stored_by, bytes FROM file;

CREATE INDEX evidence_file ON evidence (sha256);
CREATE INDEX exclusion_evidence_file ON exclusion_evidence (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX exclusion_finding_signature ON exclusion_finding (signature_sha256) WHERE signature_sha256 IS NOT NULL;
CREATE INDEX acceptance_signature ON acceptance (signature_sha256) WHERE signature_strokes IS NULL;
CREATE INDEX employee_photo ON employee (photo_sha256) WHERE photo_sha256 IS NOT NULL;

-- Passwords that may not come again, kept only under the rules that ask for it.
CREATE TABLE password_before (
  account_id TEXT NOT NULL REFERENCES account (id),
  until_at BIGINT NOT NULL,
  password_hash TEXT NOT NULL,
  PRIMARY KEY (account_id, until_at)
);

ALTER TABLE account ADD COLUMN last_seen_at BIGINT;
-- Whether it was closed because nobody used it.
ALTER TABLE account ADD COLUMN closed_unused BIGINT NOT NULL DEFAULT 0;
UPDATE account SET last_seen_at = (SELECT MAX(s.last_seen_at) FROM session s WHERE s.account_id = account.id);
UPDATE account SET last_seen_at = (SELECT MAX(t.last_used_at) FROM api_token t WHERE t.account_id = account.id)
  WHERE EXISTS (SELECT 1 FROM api_token t WHERE t.account_id = account.id AND t.last_used_at > COALESCE(account.last_seen_at, 0));

CREATE INDEX event_audit ON event (at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_kind ON event (kind, at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_actor ON event (actor_id, at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_subject ON event (subject_id, at, pos) WHERE audience = 'audit';

-- step 16: price levels, designated persons and firms, codes of faults and causes
-- Prices for customers of a level, the designated persons and firms, and the codes of faults and causes.

-- Each list may give a line a price of its own for agreement and VIP customers (P54); null is the standard price.
ALTER TABLE price_line ADD COLUMN agreement_price_minor BIGINT CHECK (agreement_price_minor >= 0);
ALTER TABLE price_line ADD COLUMN vip_price_minor BIGINT CHECK (vip_price_minor >= 0);
ALTER TABLE charge ADD COLUMN price_level TEXT NOT NULL DEFAULT 'standard'
  CHECK (price_level IN ('standard', 'agreement', 'vip'));

-- Who may guide, install or repair in the company's name, and when (P33). A party's days may be told in several rows.
CREATE TABLE designated_party (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'firm')),
  -- As people write it, and as it is compared: without case, width and spaces.
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  -- Both days included; without a last day until further notice.
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  remark TEXT NOT NULL,
  made_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  UNIQUE (name_key, valid_from)
);

-- What was wrong (fault) and why (cause): the words engineers and the desk choose from.
CREATE TABLE fault_code (
  kind TEXT NOT NULL CHECK (kind IN ('fault', 'cause')),
  code TEXT NOT NULL CHECK (code <> ''),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- The kind of product it is for; null for every kind.
  product_kind TEXT,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  ordinal BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (kind, code)
);
INSERT INTO fault_code (kind, code, name_zh, name_en, product_kind, active, ordinal, changed_at) VALUES
  ('fault', 'no_power', '不通电', 'No power', NULL, 1, 10, 0),
  ('fault', 'no_response', '无反应', 'Does not respond', NULL, 1, 20, 0),
  ('fault', 'wrong_reading', '识别或读数错误', 'Wrong reading', NULL, 1, 30, 0),
  ('fault', 'does_not_move', '机械不动作', 'Does not move', NULL, 1, 40, 0),
  ('fault', 'does_not_stop', '动作不停止、不到位', 'Does not stop in place', NULL, 1, 50, 0),
  ('fault', 'noise', '异响、振动', 'Noise or vibration', NULL, 1, 60, 0),
  ('fault', 'no_connection', '网络不通', 'No connection', NULL, 1, 70, 0),
  ('fault', 'software_error', '软件报错', 'Software error', NULL, 1, 80, 0),
  ('fault', 'display', '显示异常', 'Display faulty', NULL, 1, 90, 0),
  ('fault', 'damaged', '外观损坏', 'Damaged', NULL, 1, 100, 0),
  ('fault', 'other', '其他', 'Other', NULL, 1, 900, 0),
  ('cause', 'component', '元器件损坏', 'Failed component', NULL, 1, 10, 0),
  ('cause', 'wear', '老化、磨损', 'Wear', NULL, 1, 20, 0),
  ('cause', 'wiring', '接线松动或断路', 'Loose or broken wiring', NULL, 1, 30, 0),
  ('cause', 'power', '供电异常', 'Power supply', NULL, 1, 40, 0),
  ('cause', 'network', '网络中断', 'Network', NULL, 1, 50, 0),
  ('cause', 'software', '软件故障', 'Software fault', NULL, 1, 60, 0),
  ('cause', 'settings', '参数设置', 'Settings', NULL, 1, 70, 0),
  ('cause', 'misuse', '操作不当', 'Misuse', NULL, 1, 80, 0),
  ('cause', 'foreign', '外接设备', 'Foreign equipment', NULL, 1, 90, 0),
  ('cause', 'impact', '碰撞', 'Impact', NULL, 1, 100, 0),
  ('cause', 'water', '进水、受潮', 'Water or damp', NULL, 1, 110, 0),
  ('cause', 'lightning', '雷击、浪涌', 'Lightning or surge', NULL, 1, 120, 0),
  ('cause', 'unknown', '未查明', 'Not found', NULL, 1, 900, 0);

-- step 17: what is kept for a while only
-- What is kept for a while only: ended jobs, bodies of messages that have left; and jobs found by the beginning of their key.

-- A kind's worker asks for its own jobs only: by kind, then by time.
DROP INDEX job_waiting;
CREATE INDEX job_waiting ON job (kind, run_at) WHERE state = 'waiting';
CREATE INDEX job_ended ON job (done_at) WHERE state = 'done';

-- When the content of a message was forgotten; who was told, when and how stays.
ALTER TABLE delivery ADD COLUMN forgotten_at BIGINT;
CREATE INDEX delivery_kept ON delivery (created_at) WHERE forgotten_at IS NULL AND state <> 'waiting';

-- step 18: appointments that can't be kept
-- Appointments that can't be kept any more (P8): customer and desk are told once for each promised end.
CREATE TABLE visit_late (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  appointment_end BIGINT NOT NULL,
  told_at BIGINT NOT NULL,
  -- When the engineer will be there, if that is known.
  expected_at BIGINT,
  PRIMARY KEY (visit_id, appointment_end)
);

-- step 19: calls told by the telephone system, phones on desks, on-call rotas
-- Calls as the telephone system tells them: who rings, whose phone, answered when. Which phone stands on whose desk.

-- A call that rings has no agent and no outcome yet; constraints change only with the table.
CREATE TABLE call_anew (
  id TEXT PRIMARY KEY,
  hotline_id TEXT REFERENCES hotline (id),
  -- Our number; empty for a call out that shows none of ours.
  dialled_e164 TEXT NOT NULL,
  -- The number on the other side.
  caller_e164 TEXT,
  caller_masked TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  agent_id TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('ringing', 'case_made', 'case_continued', 'answered', 'missed', 'no_concern')),
  case_id TEXT REFERENCES service_case (id),
  unit_id TEXT,
  -- A missed call is called back by then.
  call_back_due_at BIGINT,
  called_back_by TEXT REFERENCES call_anew (id),
  -- The telephone system's own name of the call; none for a call that was typed in.
  exchange_id TEXT UNIQUE CHECK (exchange_id <> ''),
  direction TEXT NOT NULL DEFAULT 'in' CHECK (direction IN ('in', 'out')),
  extension TEXT,
  -- Since when it is this agent's: a later ring or answer elsewhere wins, an earlier one that comes late doesn't.
  agent_since BIGINT,
  -- Whether it is this agent's by answering, not only by ringing there.
  agent_took BIGINT NOT NULL DEFAULT 0 CHECK (agent_took IN (0, 1)),
  answered_at BIGINT,
  CHECK (ended_at IS NULL OR ended_at >= started_at),
  CHECK (answered_at IS NULL OR answered_at >= started_at),
  CHECK ((caller_e164 IS NULL) = (caller_masked IS NULL)),
  CHECK ((outcome = 'missed') = (call_back_due_at IS NOT NULL)),
  CHECK (outcome NOT IN ('case_made', 'case_continued') OR case_id IS NOT NULL),
  CHECK (agent_id IS NOT NULL OR exchange_id IS NOT NULL),
  CHECK (outcome <> 'ringing' OR (ended_at IS NULL AND exchange_id IS NOT NULL))
);
INSERT INTO call_anew (id, hotline_id, dialled_e164, caller_e164, caller_masked, started_at, ended_at, agent_id, outcome,
  case_id, unit_id, call_back_due_at, called_back_by)
  SELECT id, hotline_id, dialled_e164, caller_e164, caller_masked, started_at, ended_at, agent_id, outcome,
  case_id, unit_id, call_back_due_at, called_back_by FROM call;
DROP TABLE call;
ALTER TABLE call_anew RENAME TO call;
CREATE INDEX call_case ON call (case_id, started_at);
CREATE INDEX call_caller ON call (caller_e164, started_at);
CREATE INDEX call_started ON call (started_at, id);
CREATE INDEX call_back ON call (unit_id, call_back_due_at) WHERE outcome = 'missed' AND called_back_by IS NULL;
CREATE INDEX call_agent ON call (agent_id, started_at) WHERE exchange_id IS NOT NULL;
CREATE INDEX call_ringing ON call (started_at) WHERE outcome = 'ringing';

-- Which phone stands before an account, and whether calls may come up on its screen. A phone stands before one person at a time.
CREATE TABLE desk_phone (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  person_id TEXT NOT NULL UNIQUE,
  extension TEXT UNIQUE CHECK (extension <> ''),
  takes_calls BIGINT NOT NULL CHECK (takes_calls IN (0, 1)),
  since BIGINT NOT NULL
);

-- Who is on call (P11): a pattern of weeks and its exceptions, in minutes of the unit's local day.
CREATE TABLE on_call_rota (
  unit_id TEXT PRIMARY KEY REFERENCES org_unit (id),
  cycle_weeks BIGINT NOT NULL CHECK (cycle_weeks BETWEEN 1 AND 8),
  -- The Monday of a first week.
  starts_on TEXT NOT NULL,
  -- Without an answer for so long the backup is told too.
  backup_after_min BIGINT NOT NULL CHECK (backup_after_min BETWEEN 1 AND 240),
  version BIGINT NOT NULL
);
CREATE TABLE on_call_turn (
  unit_id TEXT NOT NULL REFERENCES on_call_rota (unit_id),
  ordinal BIGINT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('primary', 'backup')),
  employee_id TEXT NOT NULL REFERENCES employee (id),
  week BIGINT CHECK (week BETWEEN 1 AND 8),
  weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
  on_date TEXT,
  from_min BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
  -- Beyond 1440 it reaches into the next day.
  to_min BIGINT NOT NULL CHECK (to_min <= 2880),
  PRIMARY KEY (unit_id, ordinal),
  CHECK (from_min < to_min),
  -- A turn of the pattern names week and weekday, an exception its date.
  CHECK ((week IS NULL) = (weekday IS NULL)),
  CHECK ((week IS NULL) <> (on_date IS NULL))
);
CREATE INDEX on_call_turn_employee ON on_call_turn (employee_id);

-- step 20: the drift of a phone's clock, what was done at a site before
-- What phones need and tell: the last visits to a site, and how wrong the clock of a phone was.

-- Seconds by which the phone's clock was ahead when it stamped the step; only where that was over two minutes.
ALTER TABLE visit_stamp ADD COLUMN drift_s BIGINT;
CREATE INDEX work_order_site ON work_order (site_id);

-- step 21: papers found by the code on them
-- A printed service order carries the digest of what was shown: the page behind its code finds it by that alone.
CREATE INDEX shown_document_sha256 ON shown_document (sha256);

-- step 22: codes of labels and badges, links to cases, verified callers, what customers ask for
-- The customer's side: codes of labels and badges, links to the progress of a case, verified callers, what customers ask for.

-- What a QR plate leads to. It stands on the device for everybody to see, so it is kept as it is; nobody can guess another.
CREATE TABLE asset_label (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset (id),
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  reason TEXT,
  -- Since a restore: the system that was lost may have revoked it, a person lets it go on.
  held_at BIGINT,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX asset_label_in_use ON asset_label (asset_id) WHERE revoked_at IS NULL;
CREATE INDEX asset_label_asset ON asset_label (asset_id, made_at);

-- The same for the badge of an employee (P66).
CREATE TABLE badge_code (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  reason TEXT,
  held_at BIGINT,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX badge_code_in_use ON badge_code (employee_id) WHERE revoked_at IS NULL;
CREATE INDEX badge_code_employee ON badge_code (employee_id, made_at);

-- One-time codes by SMS: for limits and tries, removed after a day.
CREATE TABLE sms_code (
  id TEXT PRIMARY KEY,
  phone_e164 TEXT NOT NULL,
  label_id TEXT NOT NULL REFERENCES asset_label (id),
  address TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX sms_code_phone ON sms_code (phone_e164, made_at);
CREATE INDEX sms_code_label ON sms_code (label_id, made_at);
CREATE INDEX sms_code_address ON sms_code (address, made_at);
CREATE INDEX sms_code_made ON sms_code (made_at);

-- A browser whose number was shown to be theirs, for thirty days.
CREATE TABLE verified_caller (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  phone_e164 TEXT NOT NULL,
  phone_masked TEXT NOT NULL,
  verified_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX verified_caller_expires ON verified_caller (expires_at);

-- Links to the progress of a case. Only the hash is kept.
CREATE TABLE tracking_link (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  token_hash TEXT NOT NULL UNIQUE,
  -- full: the case's own contact; watch: somebody else at the site, who sees how far it is and may add to it.
  scope TEXT NOT NULL CHECK (scope IN ('full', 'watch')),
  made_for TEXT NOT NULL CHECK (made_for IN ('report', 'message', 'sms', 'staff')),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX tracking_link_case ON tracking_link (case_id, made_at);

-- Photos that customers add to their case.
CREATE TABLE customer_photo (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  sha256 TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  UNIQUE (case_id, sha256)
);
CREATE INDEX customer_photo_file ON customer_photo (sha256);

-- What customers ask of us on their page, until somebody has answered it.
CREATE TABLE customer_request (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  kind TEXT NOT NULL CHECK (kind IN ('chase', 'move', 'addition', 'complaint')),
  -- Words stand here, not in events: they may name people.
  words TEXT,
  wish_start BIGINT,
  wish_end BIGINT,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'seen')),
  answered_at BIGINT,
  answered_by TEXT,
  answer TEXT,
  -- The case that a complaint opened.
  complaint_case_id TEXT REFERENCES service_case (id),
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((state = 'open') = (answered_at IS NULL)),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  CHECK ((wish_start IS NULL) = (wish_end IS NULL)),
  CHECK (wish_start IS NULL OR wish_start < wish_end),
  CHECK (kind <> 'move' OR wish_start IS NOT NULL),
  CHECK (state <> 'declined' OR answer IS NOT NULL)
);
CREATE INDEX customer_request_case ON customer_request (case_id, made_at, id);
CREATE INDEX customer_request_open ON customer_request (made_at, id) WHERE state = 'open';

-- step 23: alerts to people on duty, hand-overs that time out
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

-- step 24: every suspension of an agreement, why messages failed
-- Every suspension of an agreement is a row of its own: a second one doesn't forget the first, and what was reported during the
-- first is judged the same for ever.

CREATE TABLE agreement_suspension_kept AS
  SELECT id AS agreement_id, suspended_from, suspended_until FROM agreement WHERE suspended_from IS NOT NULL;

-- Columns that a constraint names leave only with the table; what refers to it steps aside meanwhile.
CREATE TABLE agreement_asset_kept AS SELECT agreement_id, asset_id FROM agreement_asset;
DROP TABLE agreement_asset;
CREATE TABLE agreement_anew (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  level TEXT NOT NULL CHECK (level <> ''),
  covered_from TEXT NOT NULL,
  covered_to TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  -- Targets of its own; null is the warranty's (P29).
  respond_min BIGINT CHECK (respond_min > 0),
  arrive_major_min BIGINT CHECK (arrive_major_min > 0),
  arrive_normal_min BIGINT CHECK (arrive_normal_min > 0),
  -- The dates say whether a signed agreement is active, expiring, expired or suspended.
  status TEXT NOT NULL CHECK (status IN ('draft', 'signed', 'terminated')),
  signed_on TEXT,
  terminated_from TEXT,
  -- The chain of renewals does not branch.
  renews_id TEXT UNIQUE REFERENCES agreement_anew (id),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (covered_to >= covered_from),
  CHECK ((status = 'draft') = (signed_on IS NULL)),
  CHECK ((status = 'terminated') = (terminated_from IS NOT NULL)),
  CHECK (renews_id IS NULL OR renews_id <> id)
);
INSERT INTO agreement_anew (id, number, customer_id, level, covered_from, covered_to, price_minor, currency, respond_min,
  arrive_major_min, arrive_normal_min, status, signed_on, terminated_from, renews_id, created_at, changed_at, version)
  SELECT id, number, customer_id, level, covered_from, covered_to, price_minor, currency, respond_min,
  arrive_major_min, arrive_normal_min, CASE status WHEN 'suspended' THEN 'signed' ELSE status END, signed_on, terminated_from,
  renews_id, created_at, changed_at, version FROM agreement;
DROP TABLE agreement;
ALTER TABLE agreement_anew RENAME TO agreement;
CREATE INDEX agreement_customer ON agreement (customer_id, covered_to);
CREATE INDEX agreement_end ON agreement (covered_to, id);
CREATE TABLE agreement_asset (
  agreement_id TEXT NOT NULL REFERENCES agreement (id),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  PRIMARY KEY (agreement_id, asset_id)
);
CREATE INDEX agreement_asset_asset ON agreement_asset (asset_id);
INSERT INTO agreement_asset (agreement_id, asset_id) SELECT agreement_id, asset_id FROM agreement_asset_kept;
DROP TABLE agreement_asset_kept;

CREATE TABLE agreement_suspension (
  agreement_id TEXT NOT NULL REFERENCES agreement (id),
  suspended_from TEXT NOT NULL,
  -- Last day without cover; null until further notice.
  suspended_until TEXT,
  PRIMARY KEY (agreement_id, suspended_from),
  CHECK (suspended_until IS NULL OR suspended_until >= suspended_from)
);
-- At most one is open, and none begins after it.
CREATE UNIQUE INDEX agreement_suspension_open ON agreement_suspension (agreement_id) WHERE suspended_until IS NULL;
INSERT INTO agreement_suspension (agreement_id, suspended_from, suspended_until)
  SELECT agreement_id, suspended_from, suspended_until FROM agreement_suspension_kept;
DROP TABLE agreement_suspension_kept;

-- Mended is no state of its own any more: such a case owes its follow-up call (P13).
UPDATE service_case SET state = 'follow_up' WHERE state = 'resolved';

-- Why a message did not leave, by name; what the other side said stands beside it in its own words.
ALTER TABLE delivery ADD COLUMN failure TEXT;
UPDATE delivery SET failure = CASE
    WHEN last_error LIKE 'not sent: restored%' THEN 'restored'
    WHEN last_error LIKE 'no mail server%' THEN 'no_server'
    WHEN last_error LIKE 'the recipient has no%' THEN 'no_address'
    WHEN last_error LIKE 'the webhook was removed%' THEN 'webhook_off'
    WHEN last_error LIKE 'HTTP 410%' THEN 'gone'
    WHEN last_error LIKE '% did not answer within %' THEN 'silent'
    WHEN last_error LIKE '% was not found: %' THEN 'not_found'
    WHEN last_error LIKE '%: no connection: %' THEN 'no_connection'
    ELSE 'refused' END
  WHERE last_error IS NOT NULL;

-- step 25: which node holds a job
-- Which node holds a job, by the number under which it shows that it lives: a dead one's jobs are nobody's at once.
-- Null: the time of the lease alone counts.
ALTER TABLE job ADD COLUMN holder BIGINT;

-- step 26: cases found by the words on them
-- Cases found by the words on them: each word's cases in the order of their reports, open ones apart, so that a search reads one
-- short range of this key however many cases there are.

-- The report's second and 28 bits of the id: a number that orders cases by their reports and stands for one.
ALTER TABLE service_case ADD COLUMN recency BIGINT;
CREATE INDEX service_case_recency ON service_case (recency);

-- What a case is found by: pairs of Han characters, Latin words, pinyin initials by threes (in capitals).
CREATE TABLE case_term (
  term TEXT NOT NULL,
  open BIGINT NOT NULL CHECK (open IN (0, 1)),
  recency BIGINT NOT NULL,
  PRIMARY KEY (term, open, recency)
) WITHOUT ROWID;

-- The terms of each case as they stand in case_term, a JSON array: they leave by the same key by which they came.
CREATE TABLE case_words (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id),
  open BIGINT NOT NULL,
  terms TEXT NOT NULL
);

-- Cases whose words are to be read again: all there are at this step, later those of a site or product that was renamed.
CREATE TABLE case_unread (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id)
);
INSERT INTO case_unread (case_id) SELECT id FROM service_case;

-- The last four digits in the order of the reports; whom a case reaches.
DROP INDEX service_case_tail;
CREATE INDEX service_case_tail ON service_case (number_tail, reported_at);
CREATE INDEX service_case_contact ON service_case (contact_id, reported_at) WHERE contact_id IS NOT NULL;

-- The order of the two long lists, with what says who may see a row: a branch passes over the cases of others without reading them.
DROP INDEX service_case_open_due;
CREATE INDEX service_case_open_due ON service_case (next_due_at, id, unit_id, second_unit_id, owner_id, reported_by, hand_over_to)
  WHERE closed_at IS NULL;
DROP INDEX service_case_reported;
CREATE INDEX service_case_reported ON service_case (reported_at, id, unit_id, second_unit_id, owner_id, reported_by, hand_over_to);

-- step 27: codes of an app as a second factor
-- Codes from an app as a second factor of signing in (RFC 6238), and codes on paper for whoever lost the phone.

CREATE TABLE second_factor (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  -- Sealed under the key beside the files: the database alone makes no code.
  secret TEXT,
  confirmed_at BIGINT,
  -- The newest step whose code was taken: none is taken twice.
  last_step BIGINT NOT NULL DEFAULT 0,
  recovery_salt TEXT,
  -- The next one, sealed too, until its holder has shown a code of it.
  begun TEXT,
  begun_at BIGINT,
  CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
  CHECK ((secret IS NULL) = (recovery_salt IS NULL)),
  CHECK ((begun IS NULL) = (begun_at IS NULL)),
  CHECK (secret IS NOT NULL OR begun IS NOT NULL)
);

-- Argon2id under the salt of the set: short enough to be typed, so too short for a fast hash.
CREATE TABLE recovery_code (
  account_id TEXT NOT NULL REFERENCES account (id),
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, code_hash)
);

-- Who took somebody's second factor away, and why; events hold ids, not words.
CREATE TABLE second_factor_reset (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  by_id TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  at BIGINT NOT NULL
);
CREATE INDEX second_factor_reset_account ON second_factor_reset (account_id, at);

-- From when on a session opens nothing but the way to a second factor.
ALTER TABLE session ADD COLUMN enrol_from BIGINT;

-- step 28: tables brought from another system, contacts' numbers there
-- Tables brought from another system (CSV, XLSX): what was sent, what a trial found, what was stored.

-- A contact is known again by its number in the other system, as customers, sites and assets are.
ALTER TABLE contact ADD COLUMN imported_from TEXT;
CREATE UNIQUE INDEX contact_imported ON contact (imported_from) WHERE imported_from IS NOT NULL;

CREATE TABLE table_import (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customers', 'sites', 'contacts', 'assets')),
  -- The name of the other system: numbers of two systems don't meet.
  source TEXT NOT NULL CHECK (source <> ''),
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL CHECK (state IN ('checking', 'checked', 'refused', 'storing', 'stored', 'dropped')),
  -- What the trial found, or what was stored.
  report TEXT,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (report IS NOT NULL OR state IN ('checking', 'dropped'))
);
CREATE INDEX table_import_account ON table_import (account_id, made_at);
CREATE INDEX table_import_changed ON table_import (changed_at);

-- The file itself, only until it is stored, refused, dropped or a day old: it may hold numbers of people.
CREATE TABLE table_import_file (
  import_id TEXT PRIMARY KEY REFERENCES table_import (id),
  content BLOB NOT NULL
);

-- step 29: complaints with finding and answer, labels found by their codes
-- Complaints: whom they concern, what was found, what the customer was told and said. And labels found by what their code leads to.

CREATE TABLE case_concern (
  case_id TEXT NOT NULL REFERENCES service_case (id),
  -- Neither they nor anybody in their line answers it (P9).
  employee_id TEXT NOT NULL REFERENCES employee (id),
  named_by TEXT NOT NULL,
  named_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, employee_id)
);

CREATE TABLE complaint (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id),
  -- The case that it is about, if the customer complained on its page.
  about_case_id TEXT REFERENCES service_case (id),
  received_at BIGINT NOT NULL,
  acknowledged_at BIGINT,
  acknowledged_by TEXT,
  -- What was found. Words stand here, not in events: they may name people.
  finding TEXT CHECK (finding IN ('founded', 'partly', 'unfounded')),
  cause TEXT,
  remedy TEXT,
  -- What the customer is told.
  answer TEXT,
  answered_at BIGINT,
  answered_by TEXT,
  -- What the customer says to it.
  reaction TEXT CHECK (reaction IN ('content', 'not_content', 'no_answer')),
  reaction_words TEXT,
  reacted_at BIGINT,
  -- How often an answer was owed again.
  rounds BIGINT NOT NULL DEFAULT 0 CHECK (rounds >= 0),
  closed_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  -- Nothing is answered without a finding, its cause and a remedy (P9).
  CHECK (answered_at IS NULL OR (acknowledged_at IS NOT NULL AND finding IS NOT NULL AND cause IS NOT NULL AND remedy IS NOT NULL
    AND answer IS NOT NULL)),
  CHECK ((reaction IS NULL) = (reacted_at IS NULL)),
  CHECK (closed_at IS NULL OR (answered_at IS NOT NULL AND reaction IN ('content', 'no_answer')))
);
CREATE INDEX complaint_owed ON complaint (received_at, case_id) WHERE answered_at IS NULL;
CREATE INDEX complaint_open ON complaint (received_at, case_id) WHERE closed_at IS NULL;
CREATE INDEX complaint_closed ON complaint (closed_at, case_id) WHERE closed_at IS NOT NULL;
CREATE INDEX complaint_about ON complaint (about_case_id) WHERE about_case_id IS NOT NULL;

-- Complaints from before are owed what every complaint is.
INSERT INTO complaint (case_id, about_case_id, received_at)
  SELECT c.id, (SELECT MIN(r.case_id) FROM customer_request r WHERE r.complaint_case_id = c.id), c.reported_at
  FROM service_case c WHERE c.kind = 'complaint' AND c.closed_at IS NULL;
INSERT INTO case_hold (case_id, kind, hold_key, label, since)
  SELECT p.case_id, 'complaint', p.case_id, c.number, p.received_at
  FROM complaint p JOIN service_case c ON c.id = p.case_id;

INSERT INTO search_key (kind, term, record, record_id)
  SELECT 'code', l.code, 'asset', l.asset_id FROM asset_label l WHERE l.revoked_at IS NULL;

-- Why an agreement was suspended or ended.
ALTER TABLE agreement_suspension ADD COLUMN reason TEXT;
ALTER TABLE agreement ADD COLUMN terminated_reason TEXT;

-- step 30: devices scanned on site, the way there, relay numbers, scores given on site
-- What the engineer's phone adds: the device that was scanned, the way there, relay numbers, what the customer thought on site.

-- The device before which somebody stood, as scanned or typed. Another one than ordered takes a reason.
CREATE TABLE device_check (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  -- What was scanned or typed.
  said TEXT NOT NULL CHECK (said <> ''),
  -- The device it belongs to; none if it is of no device that we know.
  asset_id TEXT REFERENCES asset (id),
  method TEXT NOT NULL CHECK (method IN ('scan', 'typed')),
  matches BIGINT NOT NULL CHECK (matches IN (0, 1)),
  reason TEXT,
  at BIGINT NOT NULL,
  CHECK (matches = 1 OR reason IS NOT NULL)
);
CREATE INDEX device_check_order ON device_check (work_order_id, at, id);
CREATE INDEX device_check_visit ON device_check (visit_id);

-- Where an engineer was between setting out and arriving, with their consent; removed by night after some days.
CREATE TABLE visit_position (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  at BIGINT NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  accuracy_m DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (visit_id, at)
);
CREATE INDEX visit_position_at ON visit_position (at);

-- Whether an engineer shares their way, by which version of the consent's text.
CREATE TABLE position_consent (
  employee_id TEXT PRIMARY KEY REFERENCES employee (id),
  agreed BIGINT NOT NULL CHECK (agreed IN (0, 1)),
  text_version BIGINT NOT NULL CHECK (text_version > 0),
  changed_at BIGINT NOT NULL
);

-- What the customer thought while the engineer was there (P7): one score per visit.
CREATE TABLE visit_rating (
  visit_id TEXT PRIMARY KEY REFERENCES visit (id),
  case_id TEXT NOT NULL REFERENCES service_case (id),
  rating BIGINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
  comment TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX visit_rating_case ON visit_rating (case_id, at);

-- A number between engineer and customer that lives as long as the visit (P68).
CREATE TABLE relay_number (
  visit_id TEXT PRIMARY KEY REFERENCES visit (id),
  -- Whose it is: another engineer of the same visit gets another.
  engineer_id TEXT NOT NULL REFERENCES employee (id),
  -- The provider's own name of it; empty for one that was only simulated.
  reference TEXT NOT NULL,
  number TEXT NOT NULL CHECK (number <> ''),
  extension TEXT,
  simulated BIGINT NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
  bound_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX relay_number_open ON relay_number (bound_at) WHERE ended_at IS NULL;

CREATE INDEX visit_engineer_left ON visit (engineer_id, left_at);

-- step 31: templates of notes, causes of what was mended by phone, complaints out of calls
-- Templates of notes, why what was mended by phone had failed, the complaint that a low score opened.

-- What people write again and again on cases, in both languages; the English one may be missing.
CREATE TABLE note_template (
  id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  text_zh TEXT NOT NULL CHECK (text_zh <> ''),
  text_en TEXT NOT NULL,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  ordinal BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO note_template (id, name_zh, name_en, text_zh, text_en, active, ordinal, changed_at) VALUES
  ('0199a000-0000-7000-8000-000000000001', '电话未接通', 'Not reached',
   '致电客户未接通，稍后再拨。', 'Called the customer, nobody answered; will call again later.', 1, 10, 0),
  ('0199a000-0000-7000-8000-000000000002', '供电检查', 'Power checked',
   '已请客户检查：进线电压正常、空气开关已合、指示灯状态：', 'Asked the customer to check: supply voltage normal, breaker on, state of the lamps: ', 1, 20, 0),
  ('0199a000-0000-7000-8000-000000000003', '断电重启', 'Restarted',
   '已指导客户断电 30 秒后重新上电。重启后现象：', 'Guided the customer to switch off for 30 s and on again. Afterwards: ', 1, 30, 0),
  ('0199a000-0000-7000-8000-000000000004', '网络检查', 'Network checked',
   '已检查网络：网口灯、IP 地址、能否连通控制器。结果：', 'Network checked: port lamps, IP address, whether the controller answers. Result: ', 1, 40, 0),
  ('0199a000-0000-7000-8000-000000000005', '参数核对', 'Settings compared',
   '已远程核对参数，与验收记录一致。', 'Settings compared remotely; they are as at acceptance.', 1, 50, 0),
  ('0199a000-0000-7000-8000-000000000006', '等待客户资料', 'Waiting for the customer',
   '已请客户提供现场照片和故障时间，收到后继续。', 'Asked the customer for photos and the time of the fault; going on once they are here.', 1, 60, 0),
  ('0199a000-0000-7000-8000-000000000007', '建议上门', 'Visit advised',
   '远程未能恢复，已说明上门安排和可能的费用，客户同意。', 'Not mended remotely; visit and possible charges explained, the customer agrees.', 1, 70, 0),
  ('0199a000-0000-7000-8000-000000000008', '已恢复', 'Works again',
   '客户确认设备已恢复正常使用。', 'The customer confirms that the device works again.', 1, 80, 0);

ALTER TABLE phone_support ADD COLUMN cause_code TEXT;
ALTER TABLE follow_up ADD COLUMN complaint_case_id TEXT REFERENCES service_case (id);

-- step 32: counts of imports
-- What a list of imports says of each, without reading its whole report.

ALTER TABLE table_import ADD COLUMN rows_read BIGINT;
ALTER TABLE table_import ADD COLUMN rows_new BIGINT;
ALTER TABLE table_import ADD COLUMN rows_changed BIGINT;
ALTER TABLE table_import ADD COLUMN rows_same BIGINT;
ALTER TABLE table_import ADD COLUMN rows_bad BIGINT;
UPDATE table_import SET rows_read = json_extract(report, '$.rows'), rows_new = json_extract(report, '$.new'),
  rows_changed = json_extract(report, '$.changed'), rows_same = json_extract(report, '$.same'), rows_bad = json_extract(report, '$.bad')
  WHERE report IS NOT NULL;

-- step 33: the events of a clock in one piece
-- The events of a clock in one piece, for pages of cases; a clock from before has none until something happens to it.
ALTER TABLE clock ADD COLUMN course TEXT;

-- step 34: files whose bytes are still to be removed
-- Files that are off the record and whose bytes may still be on the disk: somebody held them just then, or the program was killed in
-- between. The next purge goes on with them; one that was recorded again meanwhile stays.
CREATE TABLE file_leaving (
  sha256 TEXT PRIMARY KEY
);

-- step 35: orders of cases that nothing reads by leave
-- Orders that no statement reads by. A report writes a page for each index of each of its rows, and these were four of about
-- seventy-five.
DROP INDEX case_coverage_unit;
DROP INDEX service_case_open_site;
DROP INDEX service_case_open_unit;
DROP INDEX service_case_reported_by;

-- step 36: a search reads of a case what it needs alone
-- What a search reads of a case before it is shown, in the order by which it looks cases up: a common word's two hundred are found
-- without their rows, of which four fill a page.
DROP INDEX service_case_recency;
CREATE INDEX service_case_recency ON service_case (recency, id, number, state, severity, closed_at, next_due_at, reported_at,
  unit_id, second_unit_id, owner_id, reported_by, hand_over_to);

-- step 37: orders of rows that nothing reads by leave
-- Orders that no list and no search reads by. A report writes a page for each index of each of its rows: five of these were among
-- them. What moves with a county, seldom enough, is found among the open ones.
DROP INDEX service_case_division;
DROP INDEX case_coverage_division;
DROP INDEX case_coverage_asset;
DROP INDEX coverage_decision_asset;
DROP INDEX clock_started;
DROP INDEX work_order_division;
DROP INDEX visit_division;
DROP INDEX follow_up_division;

-- step 38: what was promised, with the work order
-- What the customer was promised is a fact of the work order: it stays until they agree to another time, whatever becomes of a visit.
-- A window that is agreed on the phone is kept with the agreement until there is a work order.

ALTER TABLE work_order ADD COLUMN promised_start BIGINT;
ALTER TABLE work_order ADD COLUMN promised_end BIGINT;
ALTER TABLE onsite_agreement ADD COLUMN window_start BIGINT;
ALTER TABLE onsite_agreement ADD COLUMN window_end BIGINT;

-- Visits under way that their customers were told of, and to which nobody has come yet.
UPDATE work_order SET
  promised_start = (SELECT v.window_start FROM visit v WHERE v.work_order_id = work_order.id
    AND v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling')),
  promised_end = (SELECT COALESCE(v.appointment_end, v.window_end) FROM visit v WHERE v.work_order_id = work_order.id
    AND v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling'))
  WHERE state NOT IN ('closed', 'cancelled');
-- Moved behind what was promised: from when on is no longer known.
UPDATE work_order SET promised_start = promised_end WHERE promised_start > promised_end;

-- step 39: plans that go on by themselves, as versions
-- Plans that go on by themselves: the areas for which one is kept, and what was published of each, as versions.

CREATE TABLE planning_area (
  unit_id TEXT PRIMARY KEY REFERENCES org_unit (id),
  -- Of a unit that never had one there is no row: it is off.
  mode TEXT NOT NULL CHECK (mode IN ('off', 'advise', 'semi_automatic', 'automatic')),
  version BIGINT NOT NULL CHECK (version > 1),
  changed_at BIGINT NOT NULL,
  changed_by TEXT NOT NULL,
  -- What happened since the plan was looked at last (JSON), and how often that was marked: a look that ends knows whether more came.
  pending TEXT NOT NULL DEFAULT '{"kinds":[]}',
  marks BIGINT NOT NULL DEFAULT 0,
  -- Why nothing is planned, though it is on.
  hindered TEXT CHECK (hindered IN ('too_large'))
);

CREATE TABLE plan_version (
  unit_id TEXT NOT NULL REFERENCES planning_area (unit_id),
  -- Rising per unit; the newest are kept.
  number BIGINT NOT NULL CHECK (number > 0),
  made_at BIGINT NOT NULL,
  -- What happened: kinds of events (JSON), and what the first of them was about.
  kinds TEXT NOT NULL,
  subject_type TEXT,
  subject_id TEXT,
  -- Why the version before does not stand (JSON).
  why TEXT NOT NULL,
  -- What plans cost, in seconds on the road: nothing proposed, and this one.
  cost_before BIGINT NOT NULL,
  cost_after BIGINT NOT NULL,
  -- Who goes where (JSON, records by id), and what differs from the version before.
  content TEXT NOT NULL,
  changes TEXT NOT NULL,
  visits BIGINT NOT NULL,
  moves BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('published', 'accepted', 'superseded', 'done_by_itself')),
  decided_at BIGINT,
  decided_by TEXT,
  PRIMARY KEY (unit_id, number),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (state NOT IN ('accepted', 'done_by_itself') OR decided_at IS NOT NULL)
);

CREATE INDEX plan_version_made ON plan_version (made_at, unit_id, number);

-- What happened before is no news to anybody's plan.
INSERT INTO event_reader (name, seq) SELECT 'living_plan', MAX(seq) FROM event HAVING MAX(seq) IS NOT NULL;

-- step 40: visits that stay as a person said
-- A person says that a planned visit stays with its engineer at its time, whatever else is planned.

ALTER TABLE visit ADD COLUMN locked_at BIGINT;
-- Who locked it: an account, or a program.
ALTER TABLE visit ADD COLUMN locked_by TEXT;
-- Why, in words: never in an event.
ALTER TABLE visit ADD COLUMN lock_note TEXT;

-- step 41: clocks found by what they are about
-- The clocks of a page are found by what they are about. While PostgreSQL knew nothing of a table that grows it took the kind alone
-- for rare, and read all clocks of that kind.

DROP INDEX clock_subject;
CREATE INDEX clock_subject ON clock (subject_id, subject_type);
-- Postgres

-- step 1: events, answers, jobs, sharing
-- The ground every domain stands on: steps, events, answers, jobs, sharing, leases.

CREATE TABLE schema_step (
  number BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at BIGINT NOT NULL
);

-- Timeline, audit, outbox, live feed and sync cursor in one (decisions 4 and 5).
CREATE TABLE event (
  pos BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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

-- step 2: accounts, sessions, tokens
-- Accounts, sessions (one per device), one-time password links, API tokens, failures of login.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE CHECK (login = lower(login)),
  name TEXT NOT NULL,
  -- Null until its holder has set one by a link; an account for programs never has one.
  password_hash TEXT,
  roles TEXT NOT NULL,
  unit_id TEXT,
  employee_id TEXT UNIQUE,
  customer_id TEXT,
  contact_id TEXT,
  lang TEXT NOT NULL DEFAULT 'zh-CN' CHECK (lang IN ('zh-CN', 'en')),
  created_at BIGINT NOT NULL,
  password_changed_at BIGINT,
  disabled_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((password_hash IS NULL) = (password_changed_at IS NULL))
);
CREATE INDEX account_name ON account (name, id);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  -- How long it may rest, and until when it does at most.
  idle_us BIGINT NOT NULL CHECK (idle_us > 0),
  idle_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX session_account ON session (account_id, created_at);
CREATE INDEX session_expires ON session (expires_at);

-- A link by which somebody sets a password once; a newer one takes the place of the older.
CREATE TABLE password_link (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  last_used_at BIGINT,
  CHECK (expires_at > created_at)
);
CREATE INDEX api_token_account ON api_token (account_id, created_at);

-- Failures count per login and per address, also for logins that don't exist; a login is kept as a hash,
-- since people type passwords into that field.
CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL CHECK (failures >= 0),
  locked_until BIGINT,
  last_at BIGINT NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);

-- step 3: units, jurisdictions, hotlines, employees
-- Units, departments, jurisdictions, hotlines, employees.

-- One row: changes of the tree and of the map take turns on it, and the map's version is its ETag.
CREATE TABLE org_state (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  tree_version BIGINT NOT NULL,
  map_version BIGINT NOT NULL
);
INSERT INTO org_state (one, tree_version, map_version) VALUES (1, 1, 1);

-- The tree: headquarters, branches and technical centres below it, regions below any of them (P3).
CREATE TABLE org_unit (
  id TEXT PRIMARY KEY,
  parent_id TEXT REFERENCES org_unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('headquarters', 'branch', 'technical_centre', 'region')),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  zone TEXT NOT NULL,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((kind = 'headquarters') = (parent_id IS NULL)),
  CHECK (parent_id <> id)
);
CREATE UNIQUE INDEX org_unit_one_headquarters ON org_unit (kind) WHERE kind = 'headquarters';
CREATE UNIQUE INDEX org_unit_name ON org_unit (name_zh);
CREATE INDEX org_unit_parent ON org_unit (parent_id);
CREATE INDEX unit_reach_unit ON unit_reach (unit_id);

CREATE TABLE department (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('engineering', 'after_sales', 'technical_service')),
  UNIQUE (unit_id, kind)
);

-- Each county belongs to exactly one unit (P4): the key says so.
CREATE TABLE jurisdiction (
  division_code TEXT PRIMARY KEY CHECK (LENGTH(division_code) = 6),
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  since BIGINT NOT NULL
);
CREATE INDEX jurisdiction_unit ON jurisdiction (unit_id);

CREATE TABLE hotline (
  id TEXT PRIMARY KEY,
  number_e164 TEXT NOT NULL UNIQUE CHECK (number_e164 LIKE '+%'),
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  calendar TEXT NOT NULL CHECK (calendar IN ('five_by_eight', 'round_the_clock')),
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX hotline_unit ON hotline (unit_id);

CREATE TABLE employee (
  id TEXT PRIMARY KEY,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  department_id TEXT REFERENCES department (id),
  role TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  badge_number TEXT NOT NULL UNIQUE CHECK (badge_number <> ''),
  badge_valid_until TEXT,
  education TEXT NOT NULL CHECK (education IN ('secondary', 'college', 'bachelor', 'master', 'doctor')),
  base_lon DOUBLE PRECISION CHECK (base_lon BETWEEN -180 AND 180),
  base_lat DOUBLE PRECISION CHECK (base_lat BETWEEN -90 AND 90),
  photo_sha256 TEXT,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((base_lon IS NULL) = (base_lat IS NULL))
);
CREATE INDEX employee_unit ON employee (unit_id, role);
CREATE INDEX employee_name ON employee (name, id);

CREATE TABLE employee_skill (
  employee_id TEXT NOT NULL REFERENCES employee (id),
  skill TEXT NOT NULL,
  level BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
  PRIMARY KEY (employee_id, skill)
);
CREATE INDEX employee_skill_skill ON employee_skill (skill, employee_id);

CREATE TABLE certificate (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  code TEXT NOT NULL,
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  expires_on TEXT,
  UNIQUE (employee_id, code, number),
  CHECK (expires_on IS NULL OR expires_on >= issued_on)
);
CREATE INDEX certificate_expiry ON certificate (expires_on);

-- A weekly pattern and its exceptions, in minutes of the unit's local day: extra hours, leave.
CREATE TABLE shift (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  kind TEXT NOT NULL CHECK (kind IN ('weekly', 'extra', 'leave')),
  weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
  on_date TEXT,
  from_min BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
  to_min BIGINT NOT NULL CHECK (to_min BETWEEN 1 AND 1440),
  CHECK (from_min < to_min),
  CHECK ((kind = 'weekly') = (weekday IS NOT NULL)),
  CHECK ((kind = 'weekly') = (on_date IS NULL))
);
CREATE INDEX shift_employee ON shift (employee_id, kind, on_date);

-- step 4: service policy, holidays, clocks
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
CREATE FUNCTION policy_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME;
END $body$;
CREATE TRIGGER policy_version_append_only BEFORE UPDATE OR DELETE ON policy_version
FOR EACH ROW EXECUTE FUNCTION policy_append_only();
CREATE TRIGGER clock_event_append_only BEFORE UPDATE OR DELETE ON clock_event
FOR EACH ROW EXECUTE FUNCTION policy_append_only();

-- step 5: customers, contacts, sites, search keys
-- Customers, their sites and contacts, and the keys by which a caller's words find them.

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  vip_level TEXT NOT NULL CHECK (vip_level IN ('none', 'silver', 'gold', 'platinum')),
  billing_party TEXT,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  -- The key in the system it was imported from: an import can run twice without doubling.
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX customer_name ON customer (name, id);
CREATE INDEX customer_unit ON customer (unit_id);

-- A place where assets stand. A site outside the division list has no code and gets its unit by hand (decision 27).
CREATE TABLE site (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  name TEXT NOT NULL CHECK (name <> ''),
  address TEXT NOT NULL,
  division_code TEXT,
  lon DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
  lat DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
  access_hours TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  zone TEXT NOT NULL,
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  -- When somebody last reported something here: what is used lately is found first.
  used_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX site_customer ON site (customer_id, name);
CREATE INDEX site_name ON site (name, id);
CREATE INDEX site_unit ON site (unit_id, name);
CREATE INDEX site_division ON site (division_code);

-- A caller may be known by number alone: the name may be empty.
CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  site_id TEXT REFERENCES site (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  phone_e164 TEXT,
  phone_ext TEXT,
  phone_masked TEXT,
  email TEXT,
  lang TEXT NOT NULL CHECK (lang IN ('zh-CN', 'en')),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (phone_e164 IS NOT NULL OR email IS NOT NULL),
  CHECK ((phone_e164 IS NULL) = (phone_masked IS NULL)),
  CHECK (phone_ext IS NULL OR phone_e164 IS NOT NULL)
);
CREATE INDEX contact_customer ON contact (customer_id, name, id);
CREATE INDEX contact_site ON contact (site_id);
CREATE INDEX contact_phone ON contact (phone_e164);

-- How many masked numbers an account has seen on a day.
CREATE TABLE contact_reveal (
  account_id TEXT NOT NULL,
  day TEXT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (account_id, day)
);

-- Keys for look-up: every search is an equality or a prefix on this primary key, never a scan of the records.
-- Prefixes need an order by code point whatever the collation of the database.
CREATE TABLE search_key (
  kind TEXT NOT NULL,
  term TEXT COLLATE "C" NOT NULL,
  record TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (kind, term, record, record_id)
);
CREATE INDEX search_key_record ON search_key (record, record_id);

-- step 6: products, assets, acceptances
-- Products, installed assets, and acceptance: the only start of a warranty (P28).

CREATE TABLE product (
  id TEXT PRIMARY KEY,
  model TEXT NOT NULL CHECK (model <> ''),
  -- The version of the model; empty if there is only one.
  model_version TEXT NOT NULL,
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- The skill an engineer needs for it.
  kind TEXT NOT NULL CHECK (kind <> ''),
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (model, model_version)
);

-- The customer's signed statement that assets were accepted on a day.
CREATE TABLE acceptance (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  site_id TEXT NOT NULL REFERENCES site (id),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  unit_id TEXT NOT NULL,
  division_code TEXT,
  accepted_on TEXT NOT NULL,
  signed_by_name TEXT NOT NULL CHECK (signed_by_name <> ''),
  signed_at BIGINT NOT NULL,
  -- The canonical document as the customer saw it, and its SHA-256.
  document TEXT NOT NULL,
  document_sha256 TEXT NOT NULL,
  -- The strokes (canonical JSON), or null if the signature is a stored file; its SHA-256 either way.
  signature_strokes TEXT,
  signature_sha256 TEXT NOT NULL,
  -- SHA-256 over document, signature, signer and time: binds the signature to this document.
  binding_sha256 TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  revoked_reason TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX acceptance_site ON acceptance (site_id, accepted_on);

CREATE TABLE asset (
  id TEXT PRIMARY KEY,
  serial TEXT NOT NULL CHECK (serial <> ''),
  -- The serial without case and separators.
  serial_key TEXT NOT NULL,
  -- What the QR plate on the asset says.
  label TEXT NOT NULL UNIQUE,
  product_id TEXT NOT NULL REFERENCES product (id),
  site_id TEXT NOT NULL REFERENCES site (id),
  customer_id TEXT NOT NULL REFERENCES customer (id),
  unit_id TEXT NOT NULL,
  division_code TEXT,
  parent_asset_id TEXT REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED,
  foreign_components BIGINT NOT NULL CHECK (foreign_components IN (0, 1)),
  software_version TEXT,
  accepted_on TEXT,
  acceptance_id TEXT REFERENCES acceptance (id),
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE (product_id, serial_key),
  -- A day of acceptance never stands without its certificate.
  CHECK ((accepted_on IS NULL) = (acceptance_id IS NULL)),
  CHECK (parent_asset_id IS NULL OR parent_asset_id <> id)
);
CREATE INDEX asset_site ON asset (site_id, serial);
CREATE INDEX asset_customer ON asset (customer_id);
CREATE INDEX asset_unit ON asset (unit_id, serial);
CREATE INDEX asset_serial ON asset (serial, id);
CREATE INDEX asset_serial_key ON asset (serial_key);
CREATE INDEX asset_parent ON asset (parent_asset_id);
CREATE INDEX asset_division ON asset (division_code);

CREATE TABLE acceptance_asset (
  acceptance_id TEXT NOT NULL REFERENCES acceptance (id),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  revoked_at BIGINT,
  PRIMARY KEY (acceptance_id, asset_id)
);
-- One acceptance per asset, unless the earlier one is revoked.
CREATE UNIQUE INDEX acceptance_asset_once ON acceptance_asset (asset_id) WHERE revoked_at IS NULL;

-- step 7: agreements, part warranties, coverage decisions, exclusions
-- Agreements, part warranties, and what was decided about cover: every decision stays with the facts it rests on.

CREATE TABLE agreement (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  level TEXT NOT NULL CHECK (level <> ''),
  covered_from TEXT NOT NULL,
  covered_to TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  -- Targets of its own; null is the warranty's (P29).
  respond_min BIGINT CHECK (respond_min > 0),
  arrive_major_min BIGINT CHECK (arrive_major_min > 0),
  arrive_normal_min BIGINT CHECK (arrive_normal_min > 0),
  -- The dates say whether a signed agreement is active, expiring or expired.
  status TEXT NOT NULL CHECK (status IN ('draft', 'signed', 'suspended', 'terminated')),
  signed_on TEXT,
  suspended_from TEXT,
  suspended_until TEXT,
  terminated_from TEXT,
  -- The chain of renewals does not branch.
  renews_id TEXT UNIQUE REFERENCES agreement (id),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (covered_to >= covered_from),
  CHECK ((status = 'draft') = (signed_on IS NULL)),
  CHECK (status <> 'suspended' OR suspended_from IS NOT NULL),
  CHECK ((status = 'terminated') = (terminated_from IS NOT NULL)),
  CHECK (suspended_until IS NULL OR suspended_until >= suspended_from),
  CHECK (renews_id IS NULL OR renews_id <> id)
);
CREATE INDEX agreement_customer ON agreement (customer_id, covered_to);
CREATE INDEX agreement_end ON agreement (covered_to, id);

CREATE TABLE agreement_asset (
  agreement_id TEXT NOT NULL REFERENCES agreement (id),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  PRIMARY KEY (agreement_id, asset_id)
);
CREATE INDEX agreement_asset_asset ON agreement_asset (asset_id);

-- A repaired or sold part that was delivered: the start of its own warranty (P49, P53).
CREATE TABLE part_warranty (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('repaired', 'sold')),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  part TEXT NOT NULL CHECK (part <> ''),
  serial TEXT NOT NULL CHECK (serial <> ''),
  source_number TEXT NOT NULL CHECK (source_number <> ''),
  delivered_on TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  UNIQUE (kind, serial, source_number)
);
CREATE INDEX part_warranty_asset ON part_warranty (asset_id, delivered_on);

-- Every decision ever made, oldest first per case; facts and answer as the engine took and gave them.
CREATE TABLE coverage_decision (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
  asset_id TEXT NOT NULL REFERENCES asset (id),
  cause TEXT NOT NULL CHECK (cause IN ('reported', 'exclusion', 'facts_changed', 'calendar_published')),
  facts TEXT NOT NULL,
  decision TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('covered', 'chargeable', 'undecided')),
  policy_version BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  UNIQUE (case_id, ordinal)
);
CREATE INDEX coverage_decision_asset ON coverage_decision (asset_id, decided_at);

CREATE FUNCTION coverage_decision_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'coverage decisions are append-only' USING ERRCODE = 'check_violation';
END
$body$;
CREATE TRIGGER coverage_decision_stays BEFORE UPDATE OR DELETE ON coverage_decision
FOR EACH ROW EXECUTE FUNCTION coverage_decision_append_only();

-- What holds for a case now, with what is needed to decide it again; the units follow the case.
CREATE TABLE case_coverage (
  case_id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset (id),
  customer_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  second_unit_id TEXT,
  division_code TEXT,
  reported_at BIGINT NOT NULL,
  request TEXT NOT NULL CHECK (request IN ('repair', 'part_sale', 'training', 'patch', 'upgrade')),
  policy_version BIGINT NOT NULL,
  previous_repairs TEXT NOT NULL,
  answers TEXT NOT NULL,
  decision_id TEXT NOT NULL REFERENCES coverage_decision (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('covered', 'chargeable', 'undecided')),
  badge TEXT NOT NULL,
  -- The first year whose holidays the decision waits for (decision 12).
  provisional_year BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX case_coverage_asset ON case_coverage (asset_id, reported_at);
CREATE INDEX case_coverage_unit ON case_coverage (unit_id, verdict);
CREATE INDEX case_coverage_division ON case_coverage (division_code);
CREATE INDEX case_coverage_provisional ON case_coverage (provisional_year) WHERE provisional_year IS NOT NULL;

-- A person's change to a decision; the decision itself stays beneath it.
CREATE TABLE coverage_overruling (
  id TEXT PRIMARY KEY,
  decision_id TEXT NOT NULL REFERENCES coverage_decision (id),
  ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'in_force', 'declined')),
  verdict TEXT CHECK (verdict IN ('covered', 'chargeable')),
  payers TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  asked_by TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  approved_by TEXT,
  approved_at BIGINT,
  UNIQUE (decision_id, ordinal),
  -- Nobody approves their own (P55).
  CHECK (approved_by IS NULL OR approved_by <> asked_by),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  CHECK (state <> 'waiting' OR approved_by IS NULL)
);

-- An exclusion somebody saw (P31-P34), with the customer's answer to the explanation.
CREATE TABLE exclusion_finding (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES case_coverage (case_id),
  code TEXT NOT NULL CHECK (code IN ('abnormal_operation', 'self_dismantled', 'non_designated', 'mixed_system')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'decided', 'rejected')),
  explained_at BIGINT,
  acknowledgement TEXT CHECK (acknowledgement IN ('signed', 'refused')),
  acknowledged_at BIGINT,
  acknowledgement_by TEXT,
  signature_sha256 TEXT REFERENCES file (sha256),
  proposed_by TEXT NOT NULL,
  proposed_at BIGINT NOT NULL,
  ruled_by TEXT,
  ruled_at BIGINT,
  ruled_reason TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((state = 'proposed') = (ruled_by IS NULL)),
  CHECK ((ruled_by IS NULL) = (ruled_at IS NULL)),
  CHECK ((ruled_by IS NULL) = (ruled_reason IS NULL)),
  CHECK ((acknowledgement IS NULL) = (acknowledged_at IS NULL)),
  CHECK (acknowledgement IS NULL OR acknowledgement <> 'signed' OR signature_sha256 IS NOT NULL)
);
CREATE INDEX exclusion_finding_case ON exclusion_finding (case_id, proposed_at);
CREATE UNIQUE INDEX exclusion_finding_waiting ON exclusion_finding (case_id, code) WHERE state = 'proposed';

CREATE TABLE exclusion_evidence (
  id TEXT PRIMARY KEY,
  finding_id TEXT NOT NULL REFERENCES exclusion_finding (id),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'text')),
  sha256 TEXT REFERENCES file (sha256),
  words TEXT,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  CHECK ((kind = 'photo') = (sha256 IS NOT NULL)),
  CHECK ((kind = 'text') = (words IS NOT NULL)),
  UNIQUE (finding_id, sha256)
);
CREATE INDEX exclusion_evidence_finding ON exclusion_evidence (finding_id, added_at);

-- step 8: price lists, charges
-- Price lists with their days of validity, and what was charged from them.

CREATE TABLE price_list (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL UNIQUE CHECK (version >= 1),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- Both days included; a list without an end is in force until the next one begins.
  valid_from TEXT NOT NULL UNIQUE,
  valid_to TEXT,
  currency TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE price_line (
  id TEXT PRIMARY KEY,
  price_list_id TEXT NOT NULL REFERENCES price_list (id),
  ordinal BIGINT NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  -- Training has no price (P61).
  kind TEXT NOT NULL CHECK (kind IN ('labour', 'parts', 'travel', 'postage', 'packing', 'patch', 'upgrade')),
  description_zh TEXT NOT NULL CHECK (description_zh <> ''),
  description_en TEXT NOT NULL,
  unit_zh TEXT NOT NULL CHECK (unit_zh <> ''),
  unit_en TEXT NOT NULL,
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  tax_ppm BIGINT NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  tax_included BIGINT NOT NULL CHECK (tax_included IN (0, 1)),
  -- The kind of product it is for; null for every kind.
  product_kind TEXT,
  UNIQUE (price_list_id, code),
  UNIQUE (price_list_id, ordinal)
);

-- A list that was published stays as it is: old orders keep its prices (P54). Its end may be set once.
CREATE FUNCTION price_line_stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'price lines stay as they are' USING ERRCODE = 'check_violation';
END
$body$;
CREATE TRIGGER price_line_stays BEFORE UPDATE OR DELETE ON price_line
FOR EACH ROW EXECUTE FUNCTION price_line_stays_as_it_is();

-- One line of a service order. The amounts are the line's own: who pays shows in payer and waived_minor.
CREATE TABLE charge (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  work_order_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('labour', 'parts', 'travel', 'postage', 'packing', 'patch', 'upgrade')),
  description_zh TEXT NOT NULL CHECK (description_zh <> ''),
  description_en TEXT NOT NULL,
  unit_zh TEXT NOT NULL,
  unit_en TEXT NOT NULL,
  part_serial TEXT,
  quantity_milli BIGINT NOT NULL CHECK (quantity_milli > 0),
  price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
  currency TEXT NOT NULL,
  tax_ppm BIGINT NOT NULL CHECK (tax_ppm BETWEEN 0 AND 1000000),
  tax_included BIGINT NOT NULL CHECK (tax_included IN (0, 1)),
  -- Where the price comes from: exactly one (P26).
  price_line_id TEXT REFERENCES price_line (id),
  quote_id TEXT,
  coverage_decision_id TEXT,
  payer TEXT NOT NULL CHECK (payer IN ('customer', 'company')),
  net_minor BIGINT NOT NULL,
  tax_minor BIGINT NOT NULL,
  gross_minor BIGINT NOT NULL,
  -- What the customer owes, and the list price the company bears (P12).
  total_minor BIGINT NOT NULL,
  waived_minor BIGINT NOT NULL,
  -- A payer chosen against the decision (P55).
  decided_payer TEXT NOT NULL CHECK (decided_payer IN ('customer', 'company')),
  override_reason TEXT,
  override_by TEXT,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  removed_at BIGINT,
  removed_by TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((price_line_id IS NULL) <> (quote_id IS NULL)),
  CHECK (net_minor + tax_minor = gross_minor),
  CHECK (total_minor + waived_minor = gross_minor),
  CHECK ((payer = 'company' AND total_minor = 0) OR (payer = 'customer' AND waived_minor = 0)),
  CHECK ((payer <> decided_payer) = (override_reason IS NOT NULL)),
  CHECK ((override_reason IS NULL) = (override_by IS NULL)),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
  UNIQUE (work_order_id, ordinal)
);
CREATE INDEX charge_case ON charge (case_id);

-- step 9: calls, service cases
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

-- step 10: work orders, visits, checklists, evidence, service orders
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

CREATE EXTENSION IF NOT EXISTS btree_gist;

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
ALTER TABLE visit ADD CONSTRAINT visit_engineer_busy
  EXCLUDE USING gist (engineer_id WITH =, int8range(window_start, window_end) WITH &&)
  WHERE (state NOT IN ('declined', 'left', 'cancelled'));

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

-- step 11: follow-up calls
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

-- step 12: webhooks, deliveries
-- Messages to customers, people on duty and other programs: one delivery per event, recipient and channel.

CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL CHECK (url <> ''),
  name TEXT NOT NULL,
  -- Kinds of events, a JSON list.
  kinds TEXT NOT NULL,
  secret TEXT NOT NULL CHECK (secret LIKE 'whsec_%'),
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  disabled_at BIGINT,
  removed_at BIGINT
);

-- Recipients stand here by reference: the address is looked up when the message leaves, so that erasure reaches it.
CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  event_seq BIGINT,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('smtp', 'webhook')),
  recipient_kind TEXT NOT NULL CHECK (recipient_kind IN ('contact', 'duty', 'webhook', 'address')),
  recipient_id TEXT NOT NULL CHECK (recipient_id <> ''),
  case_id TEXT,
  customer_id TEXT,
  unit_id TEXT,
  -- Message-ID or webhook-id: the same on every attempt.
  message_id TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  payload TEXT NOT NULL,
  photo_token TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  delivered_at BIGINT,
  last_error TEXT,
  UNIQUE (event_seq, channel, recipient_kind, recipient_id),
  CHECK ((channel = 'webhook') = (recipient_kind = 'webhook')),
  CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
  CHECK (state <> 'failed' OR last_error IS NOT NULL)
);
CREATE INDEX delivery_created ON delivery (created_at, id);
CREATE INDEX delivery_state ON delivery (state, created_at, id);
CREATE INDEX delivery_case ON delivery (case_id, created_at);

-- step 13: imported people, import runs
-- Imported history: the names of people who had cases in another system, and every run.

-- Names stand here, not in events: they can be forgotten. Nobody is invented: a name stays a name unless the mapping says
-- which employee it is.
CREATE TABLE imported_person (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  since BIGINT NOT NULL,
  UNIQUE (source, name)
);

CREATE TABLE history_run (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  mapping_sha256 TEXT NOT NULL,
  finished_at BIGINT NOT NULL,
  report TEXT NOT NULL
);
CREATE INDEX history_run_source ON history_run (source, finished_at);

-- step 14: planned visits of cases, appointments, guidance on site
-- What a case's next visit is, what the customer was promised for it, and what customers were shown on site.

-- By when the planned visit arrives; null while none is planned. It tells the next step "plan a visit" from "visit".
ALTER TABLE service_case ADD COLUMN visit_due_at BIGINT;
UPDATE service_case SET visit_due_at = (SELECT MAX(v.window_end) FROM visit v WHERE v.case_id = service_case.id
  AND v.state IN ('proposed', 'confirmed', 'dispatched', 'accepted', 'travelling', 'arrived', 'working', 'paused'))
  WHERE state IN ('onsite_agreed', 'in_field', 'waiting_customer', 'waiting_parts');
UPDATE service_case SET next_step = 'visit' WHERE state = 'onsite_agreed' AND next_step = 'plan_visit'
  AND next_step_note IS NULL AND visit_due_at IS NOT NULL;

-- The appointment (P8): the end of the window to which the customer holds us. It follows the window when the customer asks
-- for another time, and stays when the company moves the visit.
ALTER TABLE visit ADD COLUMN appointment_end BIGINT;
UPDATE visit SET appointment_end = window_end;

-- Who was shown what on site, and for how long (P25).
CREATE TABLE guidance (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  who TEXT NOT NULL CHECK (who <> ''),
  topic TEXT NOT NULL CHECK (topic <> ''),
  minutes BIGINT NOT NULL CHECK (minutes > 0),
  at BIGINT NOT NULL
);
CREATE INDEX guidance_work_order ON guidance (work_order_id, at, id);

-- Today's appointments on the home page, and visits whose window is over.
CREATE INDEX visit_appointment ON visit (appointment_end);

-- step 15: who may read which file, passwords before, unused accounts, the audit's indexes
-- Who sent which file, where files are used, passwords before, accounts that lie unused, and indexes behind the audit.

-- How many bytes of a file, from its start, somebody has shown to have: who knows a digest has not yet the file.
CREATE TABLE file_sender (
  sha256 TEXT NOT NULL,
  account_id TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (sha256, account_id)
);
INSERT INTO file_sender (sha256, account_id, bytes) SELECT sha256, stored_by, bytes FROM file;

CREATE INDEX evidence_file ON evidence (sha256);
CREATE INDEX exclusion_evidence_file ON exclusion_evidence (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX exclusion_finding_signature ON exclusion_finding (signature_sha256) WHERE signature_sha256 IS NOT NULL;
CREATE INDEX acceptance_signature ON acceptance (signature_sha256) WHERE signature_strokes IS NULL;
CREATE INDEX employee_photo ON employee (photo_sha256) WHERE photo_sha256 IS NOT NULL;

-- Passwords that may not come again, kept only under the rules that ask for it.
CREATE TABLE password_before (
  account_id TEXT NOT NULL REFERENCES account (id),
  until_at BIGINT NOT NULL,
  password_hash TEXT NOT NULL,
  PRIMARY KEY (account_id, until_at)
);

ALTER TABLE account ADD COLUMN last_seen_at BIGINT;
-- Whether it was closed because nobody used it.
ALTER TABLE account ADD COLUMN closed_unused BIGINT NOT NULL DEFAULT 0;
UPDATE account SET last_seen_at = (SELECT MAX(s.last_seen_at) FROM session s WHERE s.account_id = account.id);
UPDATE account SET last_seen_at = (SELECT MAX(t.last_used_at) FROM api_token t WHERE t.account_id = account.id)
  WHERE EXISTS (SELECT 1 FROM api_token t WHERE t.account_id = account.id AND t.last_used_at > COALESCE(account.last_seen_at, 0));

CREATE INDEX event_audit ON event (at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_kind ON event (kind, at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_actor ON event (actor_id, at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_subject ON event (subject_id, at, pos) WHERE audience = 'audit';

-- step 16: price levels, designated persons and firms, codes of faults and causes
-- Prices for customers of a level, the designated persons and firms, and the codes of faults and causes.

-- Each list may give a line a price of its own for agreement and VIP customers (P54); null is the standard price.
ALTER TABLE price_line ADD COLUMN agreement_price_minor BIGINT CHECK (agreement_price_minor >= 0);
ALTER TABLE price_line ADD COLUMN vip_price_minor BIGINT CHECK (vip_price_minor >= 0);
ALTER TABLE charge ADD COLUMN price_level TEXT NOT NULL DEFAULT 'standard'
  CHECK (price_level IN ('standard', 'agreement', 'vip'));

-- Who may guide, install or repair in the company's name, and when (P33). A party's days may be told in several rows.
CREATE TABLE designated_party (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'firm')),
  -- As people write it, and as it is compared: without case, width and spaces.
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  -- Both days included; without a last day until further notice.
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  remark TEXT NOT NULL,
  made_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  UNIQUE (name_key, valid_from)
);

-- What was wrong (fault) and why (cause): the words engineers and the desk choose from.
CREATE TABLE fault_code (
  kind TEXT NOT NULL CHECK (kind IN ('fault', 'cause')),
  code TEXT NOT NULL CHECK (code <> ''),
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  -- The kind of product it is for; null for every kind.
  product_kind TEXT,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  ordinal BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (kind, code)
);
INSERT INTO fault_code (kind, code, name_zh, name_en, product_kind, active, ordinal, changed_at) VALUES
  ('fault', 'no_power', '不通电', 'No power', NULL, 1, 10, 0),
  ('fault', 'no_response', '无反应', 'Does not respond', NULL, 1, 20, 0),
  ('fault', 'wrong_reading', '识别或读数错误', 'Wrong reading', NULL, 1, 30, 0),
  ('fault', 'does_not_move', '机械不动作', 'Does not move', NULL, 1, 40, 0),
  ('fault', 'does_not_stop', '动作不停止、不到位', 'Does not stop in place', NULL, 1, 50, 0),
  ('fault', 'noise', '异响、振动', 'Noise or vibration', NULL, 1, 60, 0),
  ('fault', 'no_connection', '网络不通', 'No connection', NULL, 1, 70, 0),
  ('fault', 'software_error', '软件报错', 'Software error', NULL, 1, 80, 0),
  ('fault', 'display', '显示异常', 'Display faulty', NULL, 1, 90, 0),
  ('fault', 'damaged', '外观损坏', 'Damaged', NULL, 1, 100, 0),
  ('fault', 'other', '其他', 'Other', NULL, 1, 900, 0),
  ('cause', 'component', '元器件损坏', 'Failed component', NULL, 1, 10, 0),
  ('cause', 'wear', '老化、磨损', 'Wear', NULL, 1, 20, 0),
  ('cause', 'wiring', '接线松动或断路', 'Loose or broken wiring', NULL, 1, 30, 0),
  ('cause', 'power', '供电异常', 'Power supply', NULL, 1, 40, 0),
  ('cause', 'network', '网络中断', 'Network', NULL, 1, 50, 0),
  ('cause', 'software', '软件故障', 'Software fault', NULL, 1, 60, 0),
  ('cause', 'settings', '参数设置', 'Settings', NULL, 1, 70, 0),
  ('cause', 'misuse', '操作不当', 'Misuse', NULL, 1, 80, 0),
  ('cause', 'foreign', '外接设备', 'Foreign equipment', NULL, 1, 90, 0),
  ('cause', 'impact', '碰撞', 'Impact', NULL, 1, 100, 0),
  ('cause', 'water', '进水、受潮', 'Water or damp', NULL, 1, 110, 0),
  ('cause', 'lightning', '雷击、浪涌', 'Lightning or surge', NULL, 1, 120, 0),
  ('cause', 'unknown', '未查明', 'Not found', NULL, 1, 900, 0);

-- step 17: what is kept for a while only
-- What is kept for a while only: ended jobs, bodies of messages that have left; and jobs found by the beginning of their key.

CREATE INDEX job_key_bytes ON job (kind, job_key COLLATE "C");
-- A kind's worker asks for its own jobs only: by kind, then by time.
DROP INDEX job_waiting;
CREATE INDEX job_waiting ON job (kind, run_at) WHERE state = 'waiting';
CREATE INDEX job_ended ON job (done_at) WHERE state = 'done';

-- When the content of a message was forgotten; who was told, when and how stays.
ALTER TABLE delivery ADD COLUMN forgotten_at BIGINT;
CREATE INDEX delivery_kept ON delivery (created_at) WHERE forgotten_at IS NULL AND state <> 'waiting';

-- step 18: appointments that can't be kept
-- Appointments that can't be kept any more (P8): customer and desk are told once for each promised end.
CREATE TABLE visit_late (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  appointment_end BIGINT NOT NULL,
  told_at BIGINT NOT NULL,
  -- When the engineer will be there, if that is known.
  expected_at BIGINT,
  PRIMARY KEY (visit_id, appointment_end)
);

-- step 19: calls told by the telephone system, phones on desks, on-call rotas
-- Calls as the telephone system tells them: who rings, whose phone, answered when. Which phone stands on whose desk.

ALTER TABLE call ALTER COLUMN agent_id DROP NOT NULL;
ALTER TABLE call DROP CONSTRAINT call_outcome_check;
ALTER TABLE call ADD COLUMN exchange_id TEXT UNIQUE CHECK (exchange_id <> '');
ALTER TABLE call ADD COLUMN direction TEXT NOT NULL DEFAULT 'in' CHECK (direction IN ('in', 'out'));
ALTER TABLE call ADD COLUMN extension TEXT;
ALTER TABLE call ADD COLUMN agent_since BIGINT;
ALTER TABLE call ADD COLUMN agent_took BIGINT NOT NULL DEFAULT 0 CHECK (agent_took IN (0, 1));
ALTER TABLE call ADD COLUMN answered_at BIGINT;
ALTER TABLE call ADD CONSTRAINT call_outcome_check
  CHECK (outcome IN ('ringing', 'case_made', 'case_continued', 'answered', 'missed', 'no_concern'));
ALTER TABLE call ADD CHECK (answered_at IS NULL OR answered_at >= started_at);
ALTER TABLE call ADD CHECK (agent_id IS NOT NULL OR exchange_id IS NOT NULL);
ALTER TABLE call ADD CHECK (outcome <> 'ringing' OR (ended_at IS NULL AND exchange_id IS NOT NULL));
CREATE INDEX call_agent ON call (agent_id, started_at) WHERE exchange_id IS NOT NULL;
CREATE INDEX call_ringing ON call (started_at) WHERE outcome = 'ringing';

-- Which phone stands before an account, and whether calls may come up on its screen. A phone stands before one person at a time.
CREATE TABLE desk_phone (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  person_id TEXT NOT NULL UNIQUE,
  extension TEXT UNIQUE CHECK (extension <> ''),
  takes_calls BIGINT NOT NULL CHECK (takes_calls IN (0, 1)),
  since BIGINT NOT NULL
);

-- Who is on call (P11): a pattern of weeks and its exceptions, in minutes of the unit's local day.
CREATE TABLE on_call_rota (
  unit_id TEXT PRIMARY KEY REFERENCES org_unit (id),
  cycle_weeks BIGINT NOT NULL CHECK (cycle_weeks BETWEEN 1 AND 8),
  -- The Monday of a first week.
  starts_on TEXT NOT NULL,
  -- Without an answer for so long the backup is told too.
  backup_after_min BIGINT NOT NULL CHECK (backup_after_min BETWEEN 1 AND 240),
  version BIGINT NOT NULL
);
CREATE TABLE on_call_turn (
  unit_id TEXT NOT NULL REFERENCES on_call_rota (unit_id),
  ordinal BIGINT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('primary', 'backup')),
  employee_id TEXT NOT NULL REFERENCES employee (id),
  week BIGINT CHECK (week BETWEEN 1 AND 8),
  weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
  on_date TEXT,
  from_min BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
  -- Beyond 1440 it reaches into the next day.
  to_min BIGINT NOT NULL CHECK (to_min <= 2880),
  PRIMARY KEY (unit_id, ordinal),
  CHECK (from_min < to_min),
  -- A turn of the pattern names week and weekday, an exception its date.
  CHECK ((week IS NULL) = (weekday IS NULL)),
  CHECK ((week IS NULL) <> (on_date IS NULL))
);
CREATE INDEX on_call_turn_employee ON on_call_turn (employee_id);

-- step 20: the drift of a phone's clock, what was done at a site before
-- What phones need and tell: the last visits to a site, and how wrong the clock of a phone was.

-- Seconds by which the phone's clock was ahead when it stamped the step; only where that was over two minutes.
ALTER TABLE visit_stamp ADD COLUMN drift_s BIGINT;
CREATE INDEX work_order_site ON work_order (site_id);

-- step 21: papers found by the code on them
-- A printed service order carries the digest of what was shown: the page behind its code finds it by that alone.
CREATE INDEX shown_document_sha256 ON shown_document (sha256);

-- step 22: codes of labels and badges, links to cases, verified callers, what customers ask for
-- The customer's side: codes of labels and badges, links to the progress of a case, verified callers, what customers ask for.

-- What a QR plate leads to. It stands on the device for everybody to see, so it is kept as it is; nobody can guess another.
CREATE TABLE asset_label (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES asset (id),
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  reason TEXT,
  -- Since a restore: the system that was lost may have revoked it, a person lets it go on.
  held_at BIGINT,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX asset_label_in_use ON asset_label (asset_id) WHERE revoked_at IS NULL;
CREATE INDEX asset_label_asset ON asset_label (asset_id, made_at);

-- The same for the badge of an employee (P66).
CREATE TABLE badge_code (
  id TEXT PRIMARY KEY,
  employee_id TEXT NOT NULL REFERENCES employee (id),
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  reason TEXT,
  held_at BIGINT,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX badge_code_in_use ON badge_code (employee_id) WHERE revoked_at IS NULL;
CREATE INDEX badge_code_employee ON badge_code (employee_id, made_at);

-- One-time codes by SMS: for limits and tries, removed after a day.
CREATE TABLE sms_code (
  id TEXT PRIMARY KEY,
  phone_e164 TEXT NOT NULL,
  label_id TEXT NOT NULL REFERENCES asset_label (id),
  address TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX sms_code_phone ON sms_code (phone_e164, made_at);
CREATE INDEX sms_code_label ON sms_code (label_id, made_at);
CREATE INDEX sms_code_address ON sms_code (address, made_at);
CREATE INDEX sms_code_made ON sms_code (made_at);

-- A browser whose number was shown to be theirs, for thirty days.
CREATE TABLE verified_caller (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  phone_e164 TEXT NOT NULL,
  phone_masked TEXT NOT NULL,
  verified_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX verified_caller_expires ON verified_caller (expires_at);

-- Links to the progress of a case. Only the hash is kept.
CREATE TABLE tracking_link (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  token_hash TEXT NOT NULL UNIQUE,
  -- full: the case's own contact; watch: somebody else at the site, who sees how far it is and may add to it.
  scope TEXT NOT NULL CHECK (scope IN ('full', 'watch')),
  made_for TEXT NOT NULL CHECK (made_for IN ('report', 'message', 'sms', 'staff')),
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_by TEXT,
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX tracking_link_case ON tracking_link (case_id, made_at);

-- Photos that customers add to their case.
CREATE TABLE customer_photo (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  sha256 TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  UNIQUE (case_id, sha256)
);
CREATE INDEX customer_photo_file ON customer_photo (sha256);

-- What customers ask of us on their page, until somebody has answered it.
CREATE TABLE customer_request (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (id),
  kind TEXT NOT NULL CHECK (kind IN ('chase', 'move', 'addition', 'complaint')),
  -- Words stand here, not in events: they may name people.
  words TEXT,
  wish_start BIGINT,
  wish_end BIGINT,
  made_at BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'seen')),
  answered_at BIGINT,
  answered_by TEXT,
  answer TEXT,
  -- The case that a complaint opened.
  complaint_case_id TEXT REFERENCES service_case (id),
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((state = 'open') = (answered_at IS NULL)),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  CHECK ((wish_start IS NULL) = (wish_end IS NULL)),
  CHECK (wish_start IS NULL OR wish_start < wish_end),
  CHECK (kind <> 'move' OR wish_start IS NOT NULL),
  CHECK (state <> 'declined' OR answer IS NOT NULL)
);
CREATE INDEX customer_request_case ON customer_request (case_id, made_at, id);
CREATE INDEX customer_request_open ON customer_request (made_at, id) WHERE state = 'open';

-- step 23: alerts to people on duty, hand-overs that time out
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
ALTER TABLE case_hand_over DROP CONSTRAINT case_hand_over_answer_check;
ALTER TABLE case_hand_over ADD CONSTRAINT case_hand_over_answer_check
  CHECK (answer IN ('accepted', 'declined', 'dropped', 'timed_out'));
ALTER TABLE case_hand_over ADD COLUMN answer_due_at BIGINT;

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

-- step 24: every suspension of an agreement, why messages failed
-- Every suspension of an agreement is a row of its own: a second one doesn't forget the first, and what was reported during the
-- first is judged the same for ever.

CREATE TABLE agreement_suspension_kept AS
  SELECT id AS agreement_id, suspended_from, suspended_until FROM agreement WHERE suspended_from IS NOT NULL;

UPDATE agreement SET status = 'signed' WHERE status = 'suspended';
ALTER TABLE agreement DROP COLUMN suspended_from, DROP COLUMN suspended_until;
ALTER TABLE agreement DROP CONSTRAINT agreement_status_check;
ALTER TABLE agreement ADD CONSTRAINT agreement_status_check CHECK (status IN ('draft', 'signed', 'terminated'));

CREATE TABLE agreement_suspension (
  agreement_id TEXT NOT NULL REFERENCES agreement (id),
  suspended_from TEXT NOT NULL,
  -- Last day without cover; null until further notice.
  suspended_until TEXT,
  PRIMARY KEY (agreement_id, suspended_from),
  CHECK (suspended_until IS NULL OR suspended_until >= suspended_from)
);
-- At most one is open, and none begins after it.
CREATE UNIQUE INDEX agreement_suspension_open ON agreement_suspension (agreement_id) WHERE suspended_until IS NULL;
INSERT INTO agreement_suspension (agreement_id, suspended_from, suspended_until)
  SELECT agreement_id, suspended_from, suspended_until FROM agreement_suspension_kept;
DROP TABLE agreement_suspension_kept;

-- Mended is no state of its own any more: such a case owes its follow-up call (P13).
UPDATE service_case SET state = 'follow_up' WHERE state = 'resolved';

-- Why a message did not leave, by name; what the other side said stands beside it in its own words.
ALTER TABLE delivery ADD COLUMN failure TEXT;
UPDATE delivery SET failure = CASE
    WHEN last_error LIKE 'not sent: restored%' THEN 'restored'
    WHEN last_error LIKE 'no mail server%' THEN 'no_server'
    WHEN last_error LIKE 'the recipient has no%' THEN 'no_address'
    WHEN last_error LIKE 'the webhook was removed%' THEN 'webhook_off'
    WHEN last_error LIKE 'HTTP 410%' THEN 'gone'
    WHEN last_error LIKE '% did not answer within %' THEN 'silent'
    WHEN last_error LIKE '% was not found: %' THEN 'not_found'
    WHEN last_error LIKE '%: no connection: %' THEN 'no_connection'
    ELSE 'refused' END
  WHERE last_error IS NOT NULL;

-- step 25: which node holds a job
-- Which node holds a job, by the number under which it shows that it lives: a dead one's jobs are nobody's at once.
-- Null: the time of the lease alone counts.
ALTER TABLE job ADD COLUMN holder BIGINT;

-- step 26: cases found by the words on them
-- Cases found by the words on them: each word's cases in the order of their reports, open ones apart, so that a search reads one
-- short range of this key however many cases there are.

-- The report's second and 28 bits of the id: a number that orders cases by their reports and stands for one.
ALTER TABLE service_case ADD COLUMN recency BIGINT;
CREATE INDEX service_case_recency ON service_case (recency);

-- What a case is found by: pairs of Han characters, Latin words, pinyin initials by threes (in capitals).
CREATE TABLE case_term (
  term TEXT COLLATE "C" NOT NULL,
  open BIGINT NOT NULL CHECK (open IN (0, 1)),
  recency BIGINT NOT NULL,
  PRIMARY KEY (term, open, recency)
);

-- The terms of each case as they stand in case_term, a JSON array: they leave by the same key by which they came.
CREATE TABLE case_words (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id),
  open BIGINT NOT NULL,
  terms TEXT NOT NULL
);

-- Cases whose words are to be read again: all there are at this step, later those of a site or product that was renamed.
CREATE TABLE case_unread (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id)
);
INSERT INTO case_unread (case_id) SELECT id FROM service_case;

-- The last four digits in the order of the reports; whom a case reaches.
DROP INDEX service_case_tail;
CREATE INDEX service_case_tail ON service_case (number_tail, reported_at);
CREATE INDEX service_case_contact ON service_case (contact_id, reported_at) WHERE contact_id IS NOT NULL;

-- The order of the two long lists, with what says who may see a row: a branch passes over the cases of others without reading them.
DROP INDEX service_case_open_due;
CREATE INDEX service_case_open_due ON service_case (next_due_at, id, unit_id, second_unit_id, owner_id, reported_by, hand_over_to)
  WHERE closed_at IS NULL;
DROP INDEX service_case_reported;
CREATE INDEX service_case_reported ON service_case (reported_at, id, unit_id, second_unit_id, owner_id, reported_by, hand_over_to);

-- step 27: codes of an app as a second factor
-- Codes from an app as a second factor of signing in (RFC 6238), and codes on paper for whoever lost the phone.

CREATE TABLE second_factor (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  -- Sealed under the key beside the files: the database alone makes no code.
  secret TEXT,
  confirmed_at BIGINT,
  -- The newest step whose code was taken: none is taken twice.
  last_step BIGINT NOT NULL DEFAULT 0,
  recovery_salt TEXT,
  -- The next one, sealed too, until its holder has shown a code of it.
  begun TEXT,
  begun_at BIGINT,
  CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
  CHECK ((secret IS NULL) = (recovery_salt IS NULL)),
  CHECK ((begun IS NULL) = (begun_at IS NULL)),
  CHECK (secret IS NOT NULL OR begun IS NOT NULL)
);

-- Argon2id under the salt of the set: short enough to be typed, so too short for a fast hash.
CREATE TABLE recovery_code (
  account_id TEXT NOT NULL REFERENCES account (id),
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, code_hash)
);

-- Who took somebody's second factor away, and why; events hold ids, not words.
CREATE TABLE second_factor_reset (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  by_id TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  at BIGINT NOT NULL
);
CREATE INDEX second_factor_reset_account ON second_factor_reset (account_id, at);

-- From when on a session opens nothing but the way to a second factor.
ALTER TABLE session ADD COLUMN enrol_from BIGINT;

-- step 28: tables brought from another system, contacts' numbers there
-- Tables brought from another system (CSV, XLSX): what was sent, what a trial found, what was stored.

-- A contact is known again by its number in the other system, as customers, sites and assets are.
ALTER TABLE contact ADD COLUMN imported_from TEXT;
CREATE UNIQUE INDEX contact_imported ON contact (imported_from) WHERE imported_from IS NOT NULL;

CREATE TABLE table_import (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customers', 'sites', 'contacts', 'assets')),
  -- The name of the other system: numbers of two systems don't meet.
  source TEXT NOT NULL CHECK (source <> ''),
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  account_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL CHECK (state IN ('checking', 'checked', 'refused', 'storing', 'stored', 'dropped')),
  -- What the trial found, or what was stored.
  report TEXT,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (report IS NOT NULL OR state IN ('checking', 'dropped'))
);
CREATE INDEX table_import_account ON table_import (account_id, made_at);
CREATE INDEX table_import_changed ON table_import (changed_at);

-- The file itself, only until it is stored, refused, dropped or a day old: it may hold numbers of people.
CREATE TABLE table_import_file (
  import_id TEXT PRIMARY KEY REFERENCES table_import (id),
  content BYTEA NOT NULL
);

-- step 29: complaints with finding and answer, labels found by their codes
-- Complaints: whom they concern, what was found, what the customer was told and said. And labels found by what their code leads to.

CREATE TABLE case_concern (
  case_id TEXT NOT NULL REFERENCES service_case (id),
  -- Neither they nor anybody in their line answers it (P9).
  employee_id TEXT NOT NULL REFERENCES employee (id),
  named_by TEXT NOT NULL,
  named_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, employee_id)
);

CREATE TABLE complaint (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id),
  -- The case that it is about, if the customer complained on its page.
  about_case_id TEXT REFERENCES service_case (id),
  received_at BIGINT NOT NULL,
  acknowledged_at BIGINT,
  acknowledged_by TEXT,
  -- What was found. Words stand here, not in events: they may name people.
  finding TEXT CHECK (finding IN ('founded', 'partly', 'unfounded')),
  cause TEXT,
  remedy TEXT,
  -- What the customer is told.
  answer TEXT,
  answered_at BIGINT,
  answered_by TEXT,
  -- What the customer says to it.
  reaction TEXT CHECK (reaction IN ('content', 'not_content', 'no_answer')),
  reaction_words TEXT,
  reacted_at BIGINT,
  -- How often an answer was owed again.
  rounds BIGINT NOT NULL DEFAULT 0 CHECK (rounds >= 0),
  closed_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  -- Nothing is answered without a finding, its cause and a remedy (P9).
  CHECK (answered_at IS NULL OR (acknowledged_at IS NOT NULL AND finding IS NOT NULL AND cause IS NOT NULL AND remedy IS NOT NULL
    AND answer IS NOT NULL)),
  CHECK ((reaction IS NULL) = (reacted_at IS NULL)),
  CHECK (closed_at IS NULL OR (answered_at IS NOT NULL AND reaction IN ('content', 'no_answer')))
);
CREATE INDEX complaint_owed ON complaint (received_at, case_id) WHERE answered_at IS NULL;
CREATE INDEX complaint_open ON complaint (received_at, case_id) WHERE closed_at IS NULL;
CREATE INDEX complaint_closed ON complaint (closed_at, case_id) WHERE closed_at IS NOT NULL;
CREATE INDEX complaint_about ON complaint (about_case_id) WHERE about_case_id IS NOT NULL;

-- Complaints from before are owed what every complaint is.
INSERT INTO complaint (case_id, about_case_id, received_at)
  SELECT c.id, (SELECT MIN(r.case_id) FROM customer_request r WHERE r.complaint_case_id = c.id), c.reported_at
  FROM service_case c WHERE c.kind = 'complaint' AND c.closed_at IS NULL;
INSERT INTO case_hold (case_id, kind, hold_key, label, since)
  SELECT p.case_id, 'complaint', p.case_id, c.number, p.received_at
  FROM complaint p JOIN service_case c ON c.id = p.case_id;

INSERT INTO search_key (kind, term, record, record_id)
  SELECT 'code', l.code, 'asset', l.asset_id FROM asset_label l WHERE l.revoked_at IS NULL;

-- Why an agreement was suspended or ended.
ALTER TABLE agreement_suspension ADD COLUMN reason TEXT;
ALTER TABLE agreement ADD COLUMN terminated_reason TEXT;

-- step 30: devices scanned on site, the way there, relay numbers, scores given on site
-- What the engineer's phone adds: the device that was scanned, the way there, relay numbers, what the customer thought on site.

-- The device before which somebody stood, as scanned or typed. Another one than ordered takes a reason.
CREATE TABLE device_check (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  -- What was scanned or typed.
  said TEXT NOT NULL CHECK (said <> ''),
  -- The device it belongs to; none if it is of no device that we know.
  asset_id TEXT REFERENCES asset (id),
  method TEXT NOT NULL CHECK (method IN ('scan', 'typed')),
  matches BIGINT NOT NULL CHECK (matches IN (0, 1)),
  reason TEXT,
  at BIGINT NOT NULL,
  CHECK (matches = 1 OR reason IS NOT NULL)
);
CREATE INDEX device_check_order ON device_check (work_order_id, at, id);
CREATE INDEX device_check_visit ON device_check (visit_id);

-- Where an engineer was between setting out and arriving, with their consent; removed by night after some days.
CREATE TABLE visit_position (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  at BIGINT NOT NULL,
  lon DOUBLE PRECISION NOT NULL,
  lat DOUBLE PRECISION NOT NULL,
  accuracy_m DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (visit_id, at)
);
CREATE INDEX visit_position_at ON visit_position (at);

-- Whether an engineer shares their way, by which version of the consent's text.
CREATE TABLE position_consent (
  employee_id TEXT PRIMARY KEY REFERENCES employee (id),
  agreed BIGINT NOT NULL CHECK (agreed IN (0, 1)),
  text_version BIGINT NOT NULL CHECK (text_version > 0),
  changed_at BIGINT NOT NULL
);

-- What the customer thought while the engineer was there (P7): one score per visit.
CREATE TABLE visit_rating (
  visit_id TEXT PRIMARY KEY REFERENCES visit (id),
  case_id TEXT NOT NULL REFERENCES service_case (id),
  rating BIGINT NOT NULL CHECK (rating BETWEEN 1 AND 5),
  comment TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX visit_rating_case ON visit_rating (case_id, at);

-- A number between engineer and customer that lives as long as the visit (P68).
CREATE TABLE relay_number (
  visit_id TEXT PRIMARY KEY REFERENCES visit (id),
  -- Whose it is: another engineer of the same visit gets another.
  engineer_id TEXT NOT NULL REFERENCES employee (id),
  -- The provider's own name of it; empty for one that was only simulated.
  reference TEXT NOT NULL,
  number TEXT NOT NULL CHECK (number <> ''),
  extension TEXT,
  simulated BIGINT NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
  bound_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX relay_number_open ON relay_number (bound_at) WHERE ended_at IS NULL;

CREATE INDEX visit_engineer_left ON visit (engineer_id, left_at);

-- step 31: templates of notes, causes of what was mended by phone, complaints out of calls
-- Templates of notes, why what was mended by phone had failed, the complaint that a low score opened.

-- What people write again and again on cases, in both languages; the English one may be missing.
CREATE TABLE note_template (
  id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL CHECK (name_zh <> ''),
  name_en TEXT NOT NULL,
  text_zh TEXT NOT NULL CHECK (text_zh <> ''),
  text_en TEXT NOT NULL,
  active BIGINT NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  ordinal BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
INSERT INTO note_template (id, name_zh, name_en, text_zh, text_en, active, ordinal, changed_at) VALUES
  ('0199a000-0000-7000-8000-000000000001', '电话未接通', 'Not reached',
   '致电客户未接通，稍后再拨。', 'Called the customer, nobody answered; will call again later.', 1, 10, 0),
  ('0199a000-0000-7000-8000-000000000002', '供电检查', 'Power checked',
   '已请客户检查：进线电压正常、空气开关已合、指示灯状态：', 'Asked the customer to check: supply voltage normal, breaker on, state of the lamps: ', 1, 20, 0),
  ('0199a000-0000-7000-8000-000000000003', '断电重启', 'Restarted',
   '已指导客户断电 30 秒后重新上电。重启后现象：', 'Guided the customer to switch off for 30 s and on again. Afterwards: ', 1, 30, 0),
  ('0199a000-0000-7000-8000-000000000004', '网络检查', 'Network checked',
   '已检查网络：网口灯、IP 地址、能否连通控制器。结果：', 'Network checked: port lamps, IP address, whether the controller answers. Result: ', 1, 40, 0),
  ('0199a000-0000-7000-8000-000000000005', '参数核对', 'Settings compared',
   '已远程核对参数，与验收记录一致。', 'Settings compared remotely; they are as at acceptance.', 1, 50, 0),
  ('0199a000-0000-7000-8000-000000000006', '等待客户资料', 'Waiting for the customer',
   '已请客户提供现场照片和故障时间，收到后继续。', 'Asked the customer for photos and the time of the fault; going on once they are here.', 1, 60, 0),
  ('0199a000-0000-7000-8000-000000000007', '建议上门', 'Visit advised',
   '远程未能恢复，已说明上门安排和可能的费用，客户同意。', 'Not mended remotely; visit and possible charges explained, the customer agrees.', 1, 70, 0),
  ('0199a000-0000-7000-8000-000000000008', '已恢复', 'Works again',
   '客户确认设备已恢复正常使用。', 'The customer confirms that the device works again.', 1, 80, 0);

ALTER TABLE phone_support ADD COLUMN cause_code TEXT;
ALTER TABLE follow_up ADD COLUMN complaint_case_id TEXT REFERENCES service_case (id);

-- step 32: counts of imports
-- What a list of imports says of each, without reading its whole report.

ALTER TABLE table_import ADD COLUMN rows_read BIGINT;
ALTER TABLE table_import ADD COLUMN rows_new BIGINT;
ALTER TABLE table_import ADD COLUMN rows_changed BIGINT;
ALTER TABLE table_import ADD COLUMN rows_same BIGINT;
ALTER TABLE table_import ADD COLUMN rows_bad BIGINT;
UPDATE table_import SET rows_read = CAST(CAST(report AS JSON)->>'rows' AS BIGINT), rows_new = CAST(CAST(report AS JSON)->>'new' AS BIGINT),
  rows_changed = CAST(CAST(report AS JSON)->>'changed' AS BIGINT), rows_same = CAST(CAST(report AS JSON)->>'same' AS BIGINT),
  rows_bad = CAST(CAST(report AS JSON)->>'bad' AS BIGINT)
  WHERE report IS NOT NULL;

-- step 33: the events of a clock in one piece
-- The events of a clock in one piece, for pages of cases; a clock from before has none until something happens to it.
ALTER TABLE clock ADD COLUMN course TEXT;

-- step 34: files whose bytes are still to be removed
-- Files that are off the record and whose bytes may still be on the disk: somebody held them just then, or the program was killed in
-- between. The next purge goes on with them; one that was recorded again meanwhile stays.
CREATE TABLE file_leaving (
  sha256 TEXT PRIMARY KEY
);

-- step 35: orders of cases that nothing reads by leave
-- Orders that no statement reads by. A report writes a page for each index of each of its rows, and these were four of about
-- seventy-five.
DROP INDEX case_coverage_unit;
DROP INDEX service_case_open_site;
DROP INDEX service_case_open_unit;
DROP INDEX service_case_reported_by;

-- step 36: a search reads of a case what it needs alone


-- step 37: orders of rows that nothing reads by leave
-- Orders that no list and no search reads by. A report writes a page for each index of each of its rows: five of these were among
-- them. What moves with a county, seldom enough, is found among the open ones.
DROP INDEX service_case_division;
DROP INDEX case_coverage_division;
DROP INDEX case_coverage_asset;
DROP INDEX coverage_decision_asset;
DROP INDEX clock_started;
DROP INDEX work_order_division;
DROP INDEX visit_division;
DROP INDEX follow_up_division;

-- step 38: what was promised, with the work order
-- What the customer was promised is a fact of the work order: it stays until they agree to another time, whatever becomes of a visit.
-- A window that is agreed on the phone is kept with the agreement until there is a work order.

ALTER TABLE work_order ADD COLUMN promised_start BIGINT;
ALTER TABLE work_order ADD COLUMN promised_end BIGINT;
ALTER TABLE onsite_agreement ADD COLUMN window_start BIGINT;
ALTER TABLE onsite_agreement ADD COLUMN window_end BIGINT;

-- Visits under way that their customers were told of, and to which nobody has come yet.
UPDATE work_order SET
  promised_start = (SELECT v.window_start FROM visit v WHERE v.work_order_id = work_order.id
    AND v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling')),
  promised_end = (SELECT COALESCE(v.appointment_end, v.window_end) FROM visit v WHERE v.work_order_id = work_order.id
    AND v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling'))
  WHERE state NOT IN ('closed', 'cancelled');
-- Moved behind what was promised: from when on is no longer known.
UPDATE work_order SET promised_start = promised_end WHERE promised_start > promised_end;

-- step 39: plans that go on by themselves, as versions
-- Plans that go on by themselves: the areas for which one is kept, and what was published of each, as versions.

CREATE TABLE planning_area (
  unit_id TEXT PRIMARY KEY REFERENCES org_unit (id),
  -- Of a unit that never had one there is no row: it is off.
  mode TEXT NOT NULL CHECK (mode IN ('off', 'advise', 'semi_automatic', 'automatic')),
  version BIGINT NOT NULL CHECK (version > 1),
  changed_at BIGINT NOT NULL,
  changed_by TEXT NOT NULL,
  -- What happened since the plan was looked at last (JSON), and how often that was marked: a look that ends knows whether more came.
  pending TEXT NOT NULL DEFAULT '{"kinds":[]}',
  marks BIGINT NOT NULL DEFAULT 0,
  -- Why nothing is planned, though it is on.
  hindered TEXT CHECK (hindered IN ('too_large'))
);

CREATE TABLE plan_version (
  unit_id TEXT NOT NULL REFERENCES planning_area (unit_id),
  -- Rising per unit; the newest are kept.
  number BIGINT NOT NULL CHECK (number > 0),
  made_at BIGINT NOT NULL,
  -- What happened: kinds of events (JSON), and what the first of them was about.
  kinds TEXT NOT NULL,
  subject_type TEXT,
  subject_id TEXT,
  -- Why the version before does not stand (JSON).
  why TEXT NOT NULL,
  -- What plans cost, in seconds on the road: nothing proposed, and this one.
  cost_before BIGINT NOT NULL,
  cost_after BIGINT NOT NULL,
  -- Who goes where (JSON, records by id), and what differs from the version before.
  content TEXT NOT NULL,
  changes TEXT NOT NULL,
  visits BIGINT NOT NULL,
  moves BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('published', 'accepted', 'superseded', 'done_by_itself')),
  decided_at BIGINT,
  decided_by TEXT,
  PRIMARY KEY (unit_id, number),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (state NOT IN ('accepted', 'done_by_itself') OR decided_at IS NOT NULL)
);

CREATE INDEX plan_version_made ON plan_version (made_at, unit_id, number);

-- What happened before is no news to anybody's plan.
INSERT INTO event_reader (name, seq) SELECT 'living_plan', MAX(seq) FROM event HAVING MAX(seq) IS NOT NULL;

-- step 40: visits that stay as a person said
-- A person says that a planned visit stays with its engineer at its time, whatever else is planned.

ALTER TABLE visit ADD COLUMN locked_at BIGINT;
-- Who locked it: an account, or a program.
ALTER TABLE visit ADD COLUMN locked_by TEXT;
-- Why, in words: never in an event.
ALTER TABLE visit ADD COLUMN lock_note TEXT;

-- step 41: clocks found by what they are about
-- The clocks of a page are found by what they are about. While PostgreSQL knew nothing of a table that grows it took the kind alone
-- for rare, and read all clocks of that kind.

DROP INDEX clock_subject;
CREATE INDEX clock_subject ON clock (subject_id, subject_type);
