-- The clocks of a page are found by what they are about. While PostgreSQL knew nothing of a table that grows it took the kind alone
-- for rare, and read all clocks of that kind.

DROP INDEX clock_subject;
CREATE INDEX clock_subject ON clock (subject_id, subject_type);
