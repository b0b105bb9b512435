-- What a case's next visit is, what the customer was promised for it, and what customers were shown on site.

-- By when the planned visit arrives; null while none is planned. It tells the next step "plan a visit" from "visit".
ALTER TABLE service_case ADD COLUMN visit_due_at BIGINT;
UPDATE service_case SET visit_due_at = (SELECT MAX(v.window_end) FROM visit v WHERE v.case_id = service_case.id
  AND v.state IN ('proposed', 'confirmed', 'dispatched', 'accepted', 'travelling', 'arrived', 'working', 'paused'))
  WHERE state IN ('onsite_agreed', 'in_field', 'waiting_customer', 'waiting_parts');
UPDATE service_case SET next_step = 'visit' WHERE state = 'onsite_agreed' AND next_step = 'plan_visit'
  AND next_step_note IS NULL AND visit_due_at IS NOT NULL;

-- The appointment (P8): the end of the window to which the customer holds us. It follows the window when the customer asks
-- for another time, and stays when the company moves the visit.
ALTER TABLE visit ADD COLUMN appointment_end BIGINT;
UPDATE visit SET appointment_end = window_end;

-- Who was shown what on site, and for how long (P25).
CREATE TABLE guidance (
  id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES visit (id),
  work_order_id TEXT NOT NULL REFERENCES work_order (id),
  who TEXT NOT NULL CHECK (who <> ''),
  topic TEXT NOT NULL CHECK (topic <> ''),
  minutes BIGINT NOT NULL CHECK (minutes > 0),
  at BIGINT NOT NULL
);
CREATE INDEX guidance_work_order ON guidance (work_order_id, at, id);

-- Today's appointments on the home page, and visits whose window is over.
CREATE INDEX visit_appointment ON visit (appointment_end);
