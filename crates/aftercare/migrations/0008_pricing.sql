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
-- sqlite:
CREATE TRIGGER price_line_stays_as_it_is BEFORE UPDATE ON price_line
BEGIN SELECT RAISE(ABORT, 'price lines stay as they are'); END;
CREATE TRIGGER price_line_stays BEFORE DELETE ON price_line
BEGIN SELECT RAISE(ABORT, 'price lines stay as they are'); END;
-- postgres:
CREATE FUNCTION price_line_stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'price lines stay as they are' USING ERRCODE = 'check_violation';
END
$body$;
CREATE TRIGGER price_line_stays BEFORE UPDATE OR DELETE ON price_line
FOR EACH ROW EXECUTE FUNCTION price_line_stays_as_it_is();
-- all:

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
