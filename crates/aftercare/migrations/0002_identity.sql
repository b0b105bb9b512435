-- Accounts, sessions (one per device), API tokens, failures of login.

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles TEXT NOT NULL,
  unit_id TEXT,
  employee_id TEXT UNIQUE,
  customer_id TEXT,
  contact_id TEXT,
  lang TEXT NOT NULL DEFAULT 'zh-CN',
  created_at BIGINT NOT NULL,
  password_changed_at BIGINT NOT NULL,
  disabled_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  token_hash TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  idle_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE INDEX session_account ON session (account_id, created_at);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  last_used_at BIGINT
);

-- Failures count per login and per address, also for logins that don't exist.
CREATE TABLE login_failure (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  locked_until BIGINT,
  last_at BIGINT NOT NULL
);
