-- Who sent which file, where files are used, passwords before, accounts that lie unused, and indexes behind the audit.

-- How many bytes of a file, from its start, somebody has shown to have: who knows a digest has not yet the file.
CREATE TABLE file_sender (
  sha256 TEXT NOT NULL,
  account_id TEXT NOT NULL,
  bytes BIGINT NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (sha256, account_id)
);
INSERT INTO file_sender (sha256, account_id, bytes) SELECT sha256, stored_by, bytes FROM file;

CREATE INDEX evidence_file ON evidence (sha256);
CREATE INDEX exclusion_evidence_file ON exclusion_evidence (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX exclusion_finding_signature ON exclusion_finding (signature_sha256) WHERE signature_sha256 IS NOT NULL;
CREATE INDEX acceptance_signature ON acceptance (signature_sha256) WHERE signature_strokes IS NULL;
CREATE INDEX employee_photo ON employee (photo_sha256) WHERE photo_sha256 IS NOT NULL;

-- Passwords that may not come again, kept only under the rules that ask for it.
CREATE TABLE password_before (
  account_id TEXT NOT NULL REFERENCES account (id),
  until_at BIGINT NOT NULL,
  password_hash TEXT NOT NULL,
  PRIMARY KEY (account_id, until_at)
);

ALTER TABLE account ADD COLUMN last_seen_at BIGINT;
-- Whether it was closed because nobody used it.
ALTER TABLE account ADD COLUMN closed_unused BIGINT NOT NULL DEFAULT 0;
UPDATE account SET last_seen_at = (SELECT MAX(s.last_seen_at) FROM session s WHERE s.account_id = account.id);
UPDATE account SET last_seen_at = (SELECT MAX(t.last_used_at) FROM api_token t WHERE t.account_id = account.id)
  WHERE EXISTS (SELECT 1 FROM api_token t WHERE t.account_id = account.id AND t.last_used_at > COALESCE(account.last_seen_at, 0));

CREATE INDEX event_audit ON event (at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_kind ON event (kind, at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_actor ON event (actor_id, at, pos) WHERE audience = 'audit';
CREATE INDEX event_audit_subject ON event (subject_id, at, pos) WHERE audience = 'audit';
