-- sqlite:
-- What a search reads of a case before it is shown, in the order by which it looks cases up: a common word's two hundred are found
-- without their rows, of which four fill a page.
DROP INDEX service_case_recency;
CREATE INDEX service_case_recency ON service_case (recency, id, number, state, severity, closed_at, next_due_at, reported_at,
  unit_id, second_unit_id, owner_id, reported_by, hand_over_to);
-- all:
