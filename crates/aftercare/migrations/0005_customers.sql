-- Customers, their sites and contacts, and the keys by which a caller's words find them.

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  vip_level TEXT NOT NULL CHECK (vip_level IN ('none', 'silver', 'gold', 'platinum')),
  billing_party TEXT,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  -- The key in the system it was imported from: an import can run twice without doubling.
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX customer_name ON customer (name, id);
CREATE INDEX customer_unit ON customer (unit_id);

-- A place where assets stand. A site outside the division list has no code and gets its unit by hand (decision 27).
CREATE TABLE site (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  name TEXT NOT NULL CHECK (name <> ''),
  address TEXT NOT NULL,
  division_code TEXT,
  lon DOUBLE PRECISION CHECK (lon BETWEEN -180 AND 180),
  lat DOUBLE PRECISION CHECK (lat BETWEEN -90 AND 90),
  access_hours TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES org_unit (id),
  zone TEXT NOT NULL,
  imported_from TEXT UNIQUE,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  -- When somebody last reported something here: what is used lately is found first.
  used_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX site_customer ON site (customer_id, name);
CREATE INDEX site_name ON site (name, id);
CREATE INDEX site_unit ON site (unit_id, name);
CREATE INDEX site_division ON site (division_code);

-- A caller may be known by number alone: the name may be empty.
CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  site_id TEXT REFERENCES site (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  phone_e164 TEXT,
  phone_ext TEXT,
  phone_masked TEXT,
  email TEXT,
  lang TEXT NOT NULL CHECK (lang IN ('zh-CN', 'en')),
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK (phone_e164 IS NOT NULL OR email IS NOT NULL),
  CHECK ((phone_e164 IS NULL) = (phone_masked IS NULL)),
  CHECK (phone_ext IS NULL OR phone_e164 IS NOT NULL)
);
CREATE INDEX contact_customer ON contact (customer_id, name, id);
CREATE INDEX contact_site ON contact (site_id);
CREATE INDEX contact_phone ON contact (phone_e164);

-- How many masked numbers an account has seen on a day.
CREATE TABLE contact_reveal (
  account_id TEXT NOT NULL,
  day TEXT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (account_id, day)
);

-- Keys for look-up: every search is an equality or a prefix on this primary key, never a scan of the records.
-- Prefixes need an order by code point whatever the collation of the database.
-- sqlite:
CREATE TABLE search_key (
  kind TEXT NOT NULL,
  term TEXT NOT NULL,
  record TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (kind, term, record, record_id)
) WITHOUT ROWID;
-- postgres:
CREATE TABLE search_key (
  kind TEXT NOT NULL,
  term TEXT COLLATE "C" NOT NULL,
  record TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (kind, term, record, record_id)
);
-- all:
CREATE INDEX search_key_record ON search_key (record, record_id);
