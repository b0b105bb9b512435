-- Codes from an app as a second factor of signing in (RFC 6238), and codes on paper for whoever lost the phone.

CREATE TABLE second_factor (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  -- Sealed under the key beside the files: the database alone makes no code.
  secret TEXT,
  confirmed_at BIGINT,
  -- The newest step whose code was taken: none is taken twice.
  last_step BIGINT NOT NULL DEFAULT 0,
  recovery_salt TEXT,
  -- The next one, sealed too, until its holder has shown a code of it.
  begun TEXT,
  begun_at BIGINT,
  CHECK ((secret IS NULL) = (confirmed_at IS NULL)),
  CHECK ((secret IS NULL) = (recovery_salt IS NULL)),
  CHECK ((begun IS NULL) = (begun_at IS NULL)),
  CHECK (secret IS NOT NULL OR begun IS NOT NULL)
);

-- Argon2id under the salt of the set: short enough to be typed, so too short for a fast hash.
CREATE TABLE recovery_code (
  account_id TEXT NOT NULL REFERENCES account (id),
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, code_hash)
);

-- Who took somebody's second factor away, and why; events hold ids, not words.
CREATE TABLE second_factor_reset (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  by_id TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  at BIGINT NOT NULL
);
CREATE INDEX second_factor_reset_account ON second_factor_reset (account_id, at);

-- From when on a session opens nothing but the way to a second factor.
ALTER TABLE session ADD COLUMN enrol_from BIGINT;
