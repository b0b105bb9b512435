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

-- sqlite:
CREATE TRIGGER coverage_decision_stays_as_it_is BEFORE UPDATE ON coverage_decision
BEGIN SELECT RAISE(ABORT, 'coverage decisions are append-only'); END;
CREATE TRIGGER coverage_decision_stays BEFORE DELETE ON coverage_decision
BEGIN SELECT RAISE(ABORT, 'coverage decisions are append-only'); END;
-- postgres:
CREATE FUNCTION coverage_decision_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'coverage decisions are append-only' USING ERRCODE = 'check_violation';
END
$body$;
CREATE TRIGGER coverage_decision_stays BEFORE UPDATE OR DELETE ON coverage_decision
FOR EACH ROW EXECUTE FUNCTION coverage_decision_append_only();
-- all:

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
