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
