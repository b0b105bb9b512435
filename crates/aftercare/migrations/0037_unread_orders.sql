-- Orders that no list and no search reads by. A report writes a page for each index of each of its rows: five of these were among
-- them. What moves with a county, seldom enough, is found among the open ones.
DROP INDEX service_case_division;
DROP INDEX case_coverage_division;
DROP INDEX case_coverage_asset;
DROP INDEX coverage_decision_asset;
DROP INDEX clock_started;
DROP INDEX work_order_division;
DROP INDEX visit_division;
DROP INDEX follow_up_division;
