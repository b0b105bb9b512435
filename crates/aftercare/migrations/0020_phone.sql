-- What phones need and tell: the last visits to a site, and how wrong the clock of a phone was.

-- Seconds by which the phone's clock was ahead when it stamped the step; only where that was over two minutes.
ALTER TABLE visit_stamp ADD COLUMN drift_s BIGINT;
CREATE INDEX work_order_site ON work_order (site_id);
