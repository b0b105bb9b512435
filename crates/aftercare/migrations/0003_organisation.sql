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
