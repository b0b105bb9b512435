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
  content {bytes} NOT NULL
);
