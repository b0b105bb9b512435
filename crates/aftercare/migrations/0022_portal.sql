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
