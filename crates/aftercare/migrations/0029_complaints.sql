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
