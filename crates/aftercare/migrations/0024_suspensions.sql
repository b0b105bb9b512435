-- Every suspension of an agreement is a row of its own: a second one doesn't forget the first, and what was reported during the
-- first is judged the same for ever.

CREATE TABLE agreement_suspension_kept AS
  SELECT id AS agreement_id, suspended_from, suspended_until FROM agreement WHERE suspended_from IS NOT NULL;

-- sqlite:
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
-- postgres:
UPDATE agreement SET status = 'signed' WHERE status = 'suspended';
ALTER TABLE agreement DROP COLUMN suspended_from, DROP COLUMN suspended_until;
ALTER TABLE agreement DROP CONSTRAINT agreement_status_check;
ALTER TABLE agreement ADD CONSTRAINT agreement_status_check CHECK (status IN ('draft', 'signed', 'terminated'));
-- all:

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
