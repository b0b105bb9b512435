-- Accounts, sessions (one per device), one-time password links, API tokens, failures of login.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE CHECK (login = lower(login)),
  name TEXT NOT NULL,
  -- Null until its holder has set one by a link; an account for programs never has one.
  password_hash TEXT,
  roles TEXT NOT NULL,
  unit_id TEXT,
  employee_id TEXT UNIQUE,
  customer_id TEXT,
  contact_id TEXT,
  lang TEXT NOT NULL DEFAULT 'zh-CN' CHECK (lang IN ('zh-CN', 'en')),
  created_at BIGINT NOT NULL,
  password_changed_at BIGINT,
  disabled_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  CHECK ((password_hash IS NULL) = (password_changed_at IS NULL))
);
CREATE INDEX account_name ON account (name, id);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  -- How long it may rest, and until when it does at most.
  idle_us BIGINT NOT NULL CHECK (idle_us > 0),
  idle_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX session_account ON session (account_id, created_at);
CREATE INDEX session_expires ON session (expires_at);

-- A link by which somebody sets a password once; a newer one takes the place of the older.
CREATE TABLE password_link (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  made_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  last_used_at BIGINT,
  CHECK (expires_at > created_at)
);
CREATE INDEX api_token_account ON api_token (account_id, created_at);

-- Failures count per login and per address, also for logins that don't exist; a login is kept as a hash,
-- since people type passwords into that field.
CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL CHECK (failures >= 0),
  locked_until BIGINT,
  last_at BIGINT NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);
