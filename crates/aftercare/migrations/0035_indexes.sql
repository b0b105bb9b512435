-- Orders that no statement reads by. A report writes a page for each index of each of its rows, and these were four of about
-- seventy-five.
DROP INDEX case_coverage_unit;
DROP INDEX service_case_open_site;
DROP INDEX service_case_open_unit;
DROP INDEX service_case_reported_by;
