-- Calls as the telephone system tells them: who rings, whose phone, answered when. Which phone stands on whose desk.

-- sqlite:
-- A call that rings has no agent and no outcome yet; constraints change only with the table.
CREATE TABLE call_anew (
  id TEXT PRIMARY KEY,
  hotline_id TEXT REFERENCES hotline (id),
  -- Our number; empty for a call out that shows none of ours.
  dialled_e164 TEXT NOT NULL,
  -- The number on the other side.
  caller_e164 TEXT,
  caller_masked TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  agent_id TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('ringing', 'case_made', 'case_continued', 'answered', 'missed', 'no_concern')),
  case_id TEXT REFERENCES service_case (id),
  unit_id TEXT,
  -- A missed call is called back by then.
  call_back_due_at BIGINT,
  called_back_by TEXT REFERENCES call_anew (id),
  -- The telephone system's own name of the call; none for a call that was typed in.
  exchange_id TEXT UNIQUE CHECK (exchange_id <> ''),
  direction TEXT NOT NULL DEFAULT 'in' CHECK (direction IN ('in', 'out')),
  extension TEXT,
  -- Since when it is this agent's: a later ring or answer elsewhere wins, an earlier one that comes late doesn't.
  agent_since BIGINT,
  -- Whether it is this agent's by answering, not only by ringing there.
  agent_took BIGINT NOT NULL DEFAULT 0 CHECK (agent_took IN (0, 1)),
  answered_at BIGINT,
  CHECK (ended_at IS NULL OR ended_at >= started_at),
  CHECK (answered_at IS NULL OR answered_at >= started_at),
  CHECK ((caller_e164 IS NULL) = (caller_masked IS NULL)),
  CHECK ((outcome = 'missed') = (call_back_due_at IS NOT NULL)),
  CHECK (outcome NOT IN ('case_made', 'case_continued') OR case_id IS NOT NULL),
  CHECK (agent_id IS NOT NULL OR exchange_id IS NOT NULL),
  CHECK (outcome <> 'ringing' OR (ended_at IS NULL AND exchange_id IS NOT NULL))
);
INSERT INTO call_anew (id, hotline_id, dialled_e164, caller_e164, caller_masked, started_at, ended_at, agent_id, outcome,
  case_id, unit_id, call_back_due_at, called_back_by)
  SELECT id, hotline_id, dialled_e164, caller_e164, caller_masked, started_at, ended_at, agent_id, outcome,
  case_id, unit_id, call_back_due_at, called_back_by FROM call;
DROP TABLE call;
ALTER TABLE call_anew RENAME TO call;
CREATE INDEX call_case ON call (case_id, started_at);
CREATE INDEX call_caller ON call (caller_e164, started_at);
CREATE INDEX call_started ON call (started_at, id);
CREATE INDEX call_back ON call (unit_id, call_back_due_at) WHERE outcome = 'missed' AND called_back_by IS NULL;
-- postgres:
ALTER TABLE call ALTER COLUMN agent_id DROP NOT NULL;
ALTER TABLE call DROP CONSTRAINT call_outcome_check;
ALTER TABLE call ADD COLUMN exchange_id TEXT UNIQUE CHECK (exchange_id <> '');
ALTER TABLE call ADD COLUMN direction TEXT NOT NULL DEFAULT 'in' CHECK (direction IN ('in', 'out'));
ALTER TABLE call ADD COLUMN extension TEXT;
ALTER TABLE call ADD COLUMN agent_since BIGINT;
ALTER TABLE call ADD COLUMN agent_took BIGINT NOT NULL DEFAULT 0 CHECK (agent_took IN (0, 1));
ALTER TABLE call ADD COLUMN answered_at BIGINT;
ALTER TABLE call ADD CONSTRAINT call_outcome_check
  CHECK (outcome IN ('ringing', 'case_made', 'case_continued', 'answered', 'missed', 'no_concern'));
ALTER TABLE call ADD CHECK (answered_at IS NULL OR answered_at >= started_at);
ALTER TABLE call ADD CHECK (agent_id IS NOT NULL OR exchange_id IS NOT NULL);
ALTER TABLE call ADD CHECK (outcome <> 'ringing' OR (ended_at IS NULL AND exchange_id IS NOT NULL));
-- all:
CREATE INDEX call_agent ON call (agent_id, started_at) WHERE exchange_id IS NOT NULL;
CREATE INDEX call_ringing ON call (started_at) WHERE outcome = 'ringing';

-- Which phone stands before an account, and whether calls may come up on its screen. A phone stands before one person at a time.
CREATE TABLE desk_phone (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  person_id TEXT NOT NULL UNIQUE,
  extension TEXT UNIQUE CHECK (extension <> ''),
  takes_calls BIGINT NOT NULL CHECK (takes_calls IN (0, 1)),
  since BIGINT NOT NULL
);

-- Who is on call (P11): a pattern of weeks and its exceptions, in minutes of the unit's local day.
CREATE TABLE on_call_rota (
  unit_id TEXT PRIMARY KEY REFERENCES org_unit (id),
  cycle_weeks BIGINT NOT NULL CHECK (cycle_weeks BETWEEN 1 AND 8),
  -- The Monday of a first week.
  starts_on TEXT NOT NULL,
  -- Without an answer for so long the backup is told too.
  backup_after_min BIGINT NOT NULL CHECK (backup_after_min BETWEEN 1 AND 240),
  version BIGINT NOT NULL
);
CREATE TABLE on_call_turn (
  unit_id TEXT NOT NULL REFERENCES on_call_rota (unit_id),
  ordinal BIGINT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('primary', 'backup')),
  employee_id TEXT NOT NULL REFERENCES employee (id),
  week BIGINT CHECK (week BETWEEN 1 AND 8),
  weekday BIGINT CHECK (weekday BETWEEN 1 AND 7),
  on_date TEXT,
  from_min BIGINT NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
  -- Beyond 1440 it reaches into the next day.
  to_min BIGINT NOT NULL CHECK (to_min <= 2880),
  PRIMARY KEY (unit_id, ordinal),
  CHECK (from_min < to_min),
  -- A turn of the pattern names week and weekday, an exception its date.
  CHECK ((week IS NULL) = (weekday IS NULL)),
  CHECK ((week IS NULL) <> (on_date IS NULL))
);
CREATE INDEX on_call_turn_employee ON on_call_turn (employee_id);
