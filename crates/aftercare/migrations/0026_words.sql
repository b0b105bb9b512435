-- Cases found by the words on them: each word's cases in the order of their reports, open ones apart, so that a search reads one
-- short range of this key however many cases there are.

-- The report's second and 28 bits of the id: a number that orders cases by their reports and stands for one.
ALTER TABLE service_case ADD COLUMN recency BIGINT;
CREATE INDEX service_case_recency ON service_case (recency);

-- What a case is found by: pairs of Han characters, Latin words, pinyin initials by threes (in capitals).
-- sqlite:
CREATE TABLE case_term (
  term TEXT NOT NULL,
  open BIGINT NOT NULL CHECK (open IN (0, 1)),
  recency BIGINT NOT NULL,
  PRIMARY KEY (term, open, recency)
) WITHOUT ROWID;
-- postgres:
CREATE TABLE case_term (
  term TEXT COLLATE "C" NOT NULL,
  open BIGINT NOT NULL CHECK (open IN (0, 1)),
  recency BIGINT NOT NULL,
  PRIMARY KEY (term, open, recency)
);
-- all:

-- The terms of each case as they stand in case_term, a JSON array: they leave by the same key by which they came.
CREATE TABLE case_words (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id),
  open BIGINT NOT NULL,
  terms TEXT NOT NULL
);

-- Cases whose words are to be read again: all there are at this step, later those of a site or product that was renamed.
CREATE TABLE case_unread (
  case_id TEXT PRIMARY KEY REFERENCES service_case (id)
);
INSERT INTO case_unread (case_id) SELECT id FROM service_case;

-- The last four digits in the order of the reports; whom a case reaches.
DROP INDEX service_case_tail;
CREATE INDEX service_case_tail ON service_case (number_tail, reported_at);
CREATE INDEX service_case_contact ON service_case (contact_id, reported_at) WHERE contact_id IS NOT NULL;

-- The order of the two long lists, with what says who may see a row: a branch passes over the cases of others without reading them.
DROP INDEX service_case_open_due;
CREATE INDEX service_case_open_due ON service_case (next_due_at, id, unit_id, second_unit_id, owner_id, reported_by, hand_over_to)
  WHERE closed_at IS NULL;
DROP INDEX service_case_reported;
CREATE INDEX service_case_reported ON service_case (reported_at, id, unit_id, second_unit_id, owner_id, reported_by, hand_over_to);
