-- Which node holds a job, by the number under which it shows that it lives: a dead one's jobs are nobody's at once.
-- Null: the time of the lease alone counts.
ALTER TABLE job ADD COLUMN holder BIGINT;
