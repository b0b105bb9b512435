-- Messages to customers, people on duty and other programs: one delivery per event, recipient and channel.

CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL CHECK (url <> ''),
  name TEXT NOT NULL,
  -- Kinds of events, a JSON list.
  kinds TEXT NOT NULL,
  secret TEXT NOT NULL CHECK (secret LIKE 'whsec_%'),
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  disabled_at BIGINT,
  removed_at BIGINT
);

-- Recipients stand here by reference: the address is looked up when the message leaves, so that erasure reaches it.
CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  event_seq BIGINT,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('smtp', 'webhook')),
  recipient_kind TEXT NOT NULL CHECK (recipient_kind IN ('contact', 'duty', 'webhook', 'address')),
  recipient_id TEXT NOT NULL CHECK (recipient_id <> ''),
  case_id TEXT,
  customer_id TEXT,
  unit_id TEXT,
  -- Message-ID or webhook-id: the same on every attempt.
  message_id TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  payload TEXT NOT NULL,
  photo_token TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  delivered_at BIGINT,
  last_error TEXT,
  UNIQUE (event_seq, channel, recipient_kind, recipient_id),
  CHECK ((channel = 'webhook') = (recipient_kind = 'webhook')),
  CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
  CHECK (state <> 'failed' OR last_error IS NOT NULL)
);
CREATE INDEX delivery_created ON delivery (created_at, id);
CREATE INDEX delivery_state ON delivery (state, created_at, id);
CREATE INDEX delivery_case ON delivery (case_id, created_at);
