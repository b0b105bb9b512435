-- Appointments that can't be kept any more (P8): customer and desk are told once for each promised end.
CREATE TABLE visit_late (
  visit_id TEXT NOT NULL REFERENCES visit (id),
  appointment_end BIGINT NOT NULL,
  told_at BIGINT NOT NULL,
  -- When the engineer will be there, if that is known.
  expected_at BIGINT,
  PRIMARY KEY (visit_id, appointment_end)
);
