-- What the customer was promised is a fact of the work order: it stays until they agree to another time, whatever becomes of a visit.
-- A window that is agreed on the phone is kept with the agreement until there is a work order.

ALTER TABLE work_order ADD COLUMN promised_start BIGINT;
ALTER TABLE work_order ADD COLUMN promised_end BIGINT;
ALTER TABLE onsite_agreement ADD COLUMN window_start BIGINT;
ALTER TABLE onsite_agreement ADD COLUMN window_end BIGINT;

-- Visits under way that their customers were told of, and to which nobody has come yet.
UPDATE work_order SET
  promised_start = (SELECT v.window_start FROM visit v WHERE v.work_order_id = work_order.id
    AND v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling')),
  promised_end = (SELECT COALESCE(v.appointment_end, v.window_end) FROM visit v WHERE v.work_order_id = work_order.id
    AND v.state IN ('confirmed', 'dispatched', 'accepted', 'travelling'))
  WHERE state NOT IN ('closed', 'cancelled');
-- Moved behind what was promised: from when on is no longer known.
UPDATE work_order SET promised_start = promised_end WHERE promised_start > promised_end;
