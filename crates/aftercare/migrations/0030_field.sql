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
