-- Imported history: the names of people who had cases in another system, and every run.

-- Names stand here, not in events: they can be forgotten. Nobody is invented: a name stays a name unless the mapping says
-- which employee it is.
CREATE TABLE imported_person (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  since BIGINT NOT NULL,
  UNIQUE (source, name)
);

CREATE TABLE history_run (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  mapping_sha256 TEXT NOT NULL,
  finished_at BIGINT NOT NULL,
  report TEXT NOT NULL
);
CREATE INDEX history_run_source ON history_run (source, finished_at);
