-- A person says that a planned visit stays with its engineer at its time, whatever else is planned.

ALTER TABLE visit ADD COLUMN locked_at BIGINT;
-- Who locked it: an account, or a program.
ALTER TABLE visit ADD COLUMN locked_by TEXT;
-- Why, in words: never in an event.
ALTER TABLE visit ADD COLUMN lock_note TEXT;
