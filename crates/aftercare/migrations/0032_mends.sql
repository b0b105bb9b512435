-- What a list of imports says of each, without reading its whole report.

ALTER TABLE table_import ADD COLUMN rows_read BIGINT;
ALTER TABLE table_import ADD COLUMN rows_new BIGINT;
ALTER TABLE table_import ADD COLUMN rows_changed BIGINT;
ALTER TABLE table_import ADD COLUMN rows_same BIGINT;
ALTER TABLE table_import ADD COLUMN rows_bad BIGINT;
-- sqlite:
UPDATE table_import SET rows_read = json_extract(report, '$.rows'), rows_new = json_extract(report, '$.new'),
  rows_changed = json_extract(report, '$.changed'), rows_same = json_extract(report, '$.same'), rows_bad = json_extract(report, '$.bad')
  WHERE report IS NOT NULL;
-- postgres:
UPDATE table_import SET rows_read = CAST(CAST(report AS JSON)->>'rows' AS BIGINT), rows_new = CAST(CAST(report AS JSON)->>'new' AS BIGINT),
  rows_changed = CAST(CAST(report AS JSON)->>'changed' AS BIGINT), rows_same = CAST(CAST(report AS JSON)->>'same' AS BIGINT),
  rows_bad = CAST(CAST(report AS JSON)->>'bad' AS BIGINT)
  WHERE report IS NOT NULL;
