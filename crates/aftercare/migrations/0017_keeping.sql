-- What is kept for a while only: ended jobs, bodies of messages that have left; and jobs found by the beginning of their key.

-- postgres:
CREATE INDEX job_key_bytes ON job (kind, job_key COLLATE "C");
-- all:
-- A kind's worker asks for its own jobs only: by kind, then by time.
DROP INDEX job_waiting;
CREATE INDEX job_waiting ON job (kind, run_at) WHERE state = 'waiting';
CREATE INDEX job_ended ON job (done_at) WHERE state = 'done';

-- When the content of a message was forgotten; who was told, when and how stays.
ALTER TABLE delivery ADD COLUMN forgotten_at BIGINT;
CREATE INDEX delivery_kept ON delivery (created_at) WHERE forgotten_at IS NULL AND state <> 'waiting';
