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
