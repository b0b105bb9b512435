//! A generated log, read: every number that was put in is found again; nothing in a file makes it fall over.

// Helpers of tests unwrap like tests do; clippy knows only functions marked as such.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod log;

use std::sync::{Arc, LazyLock};

use history::{
    Built, Encoding, HistoryCase, KindWord, Log, Mapping, PlanPromise, PolicyTerms, Report, SAMPLE_MAPPING,
    SeverityWord, Tally, decode,
};
use jiff::Timestamp;
use log::{Generated, Recipe, generate};
use proptest::prelude::*;
use service_calendar::{
    ClockEvent, ClockTermsSpec, CompiledCalendar, DEFAULT_WARN_PERCENTS, HolidayYears, PauseReason,
    PauseReasons, ServiceCalendar, replay_tolerant,
};

struct House {
    round_the_clock: Arc<CompiledCalendar>,
    five_by_eight: Arc<CompiledCalendar>,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let holidays = HolidayYears::built_in();
    let compiled = |calendar: &ServiceCalendar| {
        Arc::new(CompiledCalendar::compile_years(calendar, &holidays, 2000, 2060).unwrap())
    };
    House {
        round_the_clock: compiled(
            &ServiceCalendar::round_the_clock("round_the_clock", "Asia/Shanghai").unwrap(),
        ),
        five_by_eight: compiled(&ServiceCalendar::five_by_eight("five_by_eight", "Asia/Shanghai").unwrap()),
    }
});

impl PolicyTerms for House {
    fn terms(
        &self,
        promise: PlanPromise,
        _: KindWord,
        _: SeverityWord,
        _: Timestamp,
    ) -> Option<ClockTermsSpec> {
        (promise == PlanPromise::Respond).then(|| ClockTermsSpec {
            calendar: "round_the_clock".into(),
            target_s: 15 * 60,
            warn_percents: DEFAULT_WARN_PERCENTS.to_vec(),
            pauses_on: PauseReasons::NONE.with(PauseReason::WaitingCustomer),
        })
    }

    fn calendar(&self, name: &str, _: Timestamp) -> Option<Arc<CompiledCalendar>> {
        match name {
            "round_the_clock" => Some(self.round_the_clock.clone()),
            "five_by_eight" => Some(self.five_by_eight.clone()),
            _ => None,
        }
    }
}

fn now() -> Timestamp {
    "2026-10-09T08:40:00Z".parse().unwrap()
}

fn mapping() -> Mapping {
    Mapping::parse(SAMPLE_MAPPING).unwrap()
}

fn read(text: &str, mapping: &Mapping) -> (Report, Vec<HistoryCase>) {
    let log = Log::read(text, mapping).unwrap();
    let mut tally = Tally::new(&log, mapping);
    let mut cases = Vec::new();
    for index in log.cases() {
        let built = log.case(index, mapping, &*HOUSE);
        tally.built(&built, &*HOUSE, now());
        tally.new_case(&built, &*HOUSE, now());
        cases.extend(built.case);
    }
    (tally.finish(true), cases)
}

fn compare(report: &Report, Generated { truth, .. }: &Generated) {
    assert_eq!(report.rows.read, truth.rows);
    assert_eq!(report.rows.duplicates, truth.duplicates);
    assert_eq!(report.rows.used, truth.used());
    assert_eq!(report.rows.put_in_order, truth.put_in_order);
    let refused: Vec<_> =
        report.lists.refused.iter().map(|f| (f.line, (f.reason.name(), f.column.as_deref()))).collect();
    assert_eq!(refused, truth.refused.iter().map(|(line, why)| (*line, *why)).collect::<Vec<_>>());
    assert_eq!((report.cases.read, report.cases.new, report.cases.refused), (truth.cases, truth.cases, 0));
    assert_eq!(report.file.by_state, truth.by_state);
    assert_eq!((report.file.reopened, report.file.reopened_by_states), (truth.reopened, truth.reopened));
    assert_eq!((report.file.reassigned, report.file.group_changes), (truth.reassigned, truth.reassigned));
    let n = |len: usize| len as u64;
    assert_eq!(report.file.customers, n(truth.customers.len()));
    assert_eq!(report.file.places, n(truth.places.len()));
    assert_eq!(report.file.sites, n(truth.sites.len()));
    assert_eq!(report.file.owners, n(truth.owners.len()));
    let strange: u64 = report.unmapped.iter().filter(|u| u.field == "state").map(|u| u.count).sum();
    assert_eq!(strange, truth.strange);
    for (promise, expected) in
        [(PlanPromise::Restore, &truth.restore), (PlanPromise::Respond, &truth.respond)]
    {
        let found = &report.clocks[&promise];
        let count = |name| expected.get(name).copied().unwrap_or_default();
        assert_eq!(
            (found.met, found.missed, found.open),
            (count("met"), count("missed"), count("open")),
            "{promise:?}"
        );
        assert_eq!(found.not_possible + found.cancelled, 0);
    }
    let agreement = &report.agreement[&PlanPromise::Restore];
    assert_eq!(
        [[agreement.kept_kept, agreement.kept_missed], [agreement.missed_kept, agreement.missed_missed]],
        truth.agreement
    );
    assert!(report.balanced(), "{:?}", report.balance);
}

#[test]
fn every_number_that_was_put_in_is_found_again() {
    let mapping = mapping();
    for seed in 0..12 {
        for recipe in [Recipe::clean(seed, 150), Recipe::dirty(seed, 150)] {
            let generated = generate(recipe);
            let (report, _) = read(&generated.csv, &mapping);
            compare(&report, &generated);
            let dirty = recipe.repeat > 0;
            assert_eq!(generated.truth.duplicates > 0 && generated.truth.put_in_order > 0, dirty);
            assert_eq!(!generated.truth.refused.is_empty(), dirty);
        }
    }
}

#[test]
fn gb18030_line_ends_quotes_and_other_delimiters_say_the_same() {
    let generated = generate(Recipe::dirty(5, 60));
    let plain = mapping();
    let (report, cases) = read(&generated.csv, &plain);
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&generated.csv);
    assert!(!lossy && std::str::from_utf8(&bytes).is_err());
    let text = decode(&bytes, Encoding::Gb18030).unwrap();
    assert_eq!(read(&text, &plain), (report.clone(), cases.clone()));
    assert_eq!(read(&generated.csv.replace('\n', "\r\n"), &plain), (report.clone(), cases.clone()));
    let mut other = plain.clone();
    other.file.delimiter = ';';
    assert_eq!(read(&generated.csv.replace(',', ";"), &other).0.rows, report.rows);
    // Quotes around values, a delimiter and a line end within one: lines are still those of the file.
    let quoted = "number,incident_state,sys_updated_at,x\nA,New,29-02-2016 01:16,\"a, \"\"b\"\"\n c\"\n\nA,Closed,no date,y\n";
    let small = small_mapping();
    let (report, cases) = read(quoted, &small);
    assert_eq!((report.rows.read, report.rows.used), (2, 1));
    assert_eq!(report.lists.refused[0].line, 5);
    assert_eq!(cases[0].steps[0].line, 2);
}

fn small_mapping() -> Mapping {
    let mut mapping = mapping();
    let mut columns = serde_json::to_value(&mapping.columns).unwrap();
    let keep = ["key", "state", "updated_at"];
    columns.as_object_mut().unwrap().retain(|name, _| keep.contains(&name.as_str()));
    mapping.columns = serde_json::from_value(columns).unwrap();
    mapping
}

fn small(rows: &[(&str, &str)]) -> Vec<HistoryCase> {
    let mut text = "number,incident_state,sys_updated_at\n".to_owned();
    for (state, at) in rows {
        text.push_str(&format!("A,{state},{at}\n"));
    }
    read(&text, &small_mapping()).1
}

#[test]
fn a_reopened_case_gets_a_second_clock_and_its_pauses() {
    let case = &small(&[
        ("New", "29-02-2016 08:00"),
        ("Awaiting User Info", "29-02-2016 09:00"),
        ("Awaiting Vendor", "29-02-2016 12:00"),
        ("Active", "29-02-2016 13:00"),
        ("Resolved", "29-02-2016 14:00"),
        ("Awaiting User Info", "01-03-2016 08:00"),
        ("Closed", "01-03-2016 09:00"),
    ])[0];
    assert_eq!((case.reopened, case.clocks.len()), (1, 3));
    let state = |n: usize| case.clocks[n].judge(&*HOUSE, case.reported_at, now()).unwrap();
    let minutes = |us: i64| us / 60_000_000;
    assert_eq!(case.clocks[0].promise, PlanPromise::Respond);
    assert_eq!(minutes(state(0).elapsed_us), 60);
    // 8 to 9 and 13 to 14 run; 9 to 13 stand for two reasons in turn.
    assert_eq!((minutes(state(1).elapsed_us), minutes(state(1).paused_us)), (120, 240));
    assert_eq!((minutes(state(2).elapsed_us), minutes(state(2).paused_us)), (0, 60));
    assert_eq!(case.clocks[2].started_at(), "2016-03-01T08:00:00Z".parse().unwrap());
    assert_eq!(case.resolved_at, Some("2016-03-01T09:00:00Z".parse().unwrap()));
    assert_eq!(case.closed_at, case.resolved_at);
    assert!(case.steps[5].reopens && case.steps[5].changed == ["state"]);
}

#[test]
fn steps_never_count_backwards_and_are_told() {
    let mut mapping = mapping();
    mapping.order = vec![history::OrderBy::Counter, history::OrderBy::Time];
    let rows = [
        ("2", "Active", "29-02-2016 07:27"),
        ("1", "New", "29-02-2016 09:59"),
        ("3", "Resolved", "29-02-2016 10:16"),
    ];
    let mut text = format!("{}\n", log::HEADER);
    let template = generate(Recipe::clean(1, 1)).csv;
    let template: Vec<&str> = template.lines().nth(1).unwrap().split(',').collect();
    for (counter, state, at) in rows {
        let mut row = template.clone();
        (row[1], row[5], row[9], row[13], row[34], row[35]) =
            (state, counter, "29-02-2016 09:41", at, "?", "?");
        text.push_str(&format!("{}\n", row.join(",")));
    }
    let (report, cases) = read(&text, &mapping);
    assert_eq!(report.lists.put_in_order, [3]);
    assert_eq!(report.lists.contradictions, [(3, 2)]);
    assert_eq!(report.lists.held_back, [2]);
    assert_eq!(report.lists.before_report, [2]);
    let state = cases[0].clocks[0].judge(&*HOUSE, cases[0].reported_at, now()).unwrap();
    assert_eq!(state.stopped_at, Some("2016-02-29T09:59:00Z".parse().unwrap()));
    // The step itself keeps the instant that the log gives it.
    assert_eq!(cases[0].steps[1].at, "2016-02-29T07:27:00Z".parse().unwrap());
    // By time nothing contradicts but the counter.
    mapping.order = vec![history::OrderBy::Time, history::OrderBy::Counter];
    let (report, _) = read(&text, &mapping);
    assert_eq!((report.rows.put_in_order, report.lists.contradictions.clone()), (0, vec![(2, 3)]));
    assert_eq!(report.rows.held_back, 1, "it lies before the report");
}

#[test]
fn a_change_of_priority_retargets_from_the_same_start() {
    let mut text = format!("{}\n", log::HEADER);
    let template = generate(Recipe::clean(1, 1)).csv;
    let template: Vec<&str> = template.lines().nth(1).unwrap().split(',').collect();
    for (n, state, at, priority) in [
        ("0", "Active", "29-02-2016 08:00", "3 - Moderate"),
        ("1", "Active", "29-02-2016 10:00", "1 - Critical"),
        ("2", "Resolved", "29-02-2016 13:00", "1 - Critical"),
    ] {
        let mut row = template.clone();
        (row[1], row[5], row[9], row[13], row[22], row[34], row[35]) =
            (state, n, "29-02-2016 08:00", at, priority, "29-02-2016 12:30", "?");
        text.push_str(&format!("{}\n", row.join(",")));
    }
    let (report, cases) = read(&text, &mapping());
    let case = &cases[0];
    assert_eq!((case.severity, case.steps[1].changed.as_slice()), (SeverityWord::Major, &["severity"][..]));
    let restore = case.clocks.iter().find(|c| c.promise == PlanPromise::Restore).unwrap();
    assert_eq!(restore.terms().unwrap().spec.target_s, 240 * 60);
    assert_eq!(restore.steps.iter().filter(|s| s.terms.is_some()).count(), 2);
    let state = restore.judge(&*HOUSE, case.reported_at, now()).unwrap();
    assert_eq!(
        state.breached_at.map(|b| b.as_second()),
        Some("2016-02-29T12:00:00Z".parse::<Timestamp>().unwrap().as_second())
    );
    assert_eq!(
        (report.times.resolved_differs, case.resolved_at),
        (1, Some("2016-02-29T12:30:00Z".parse().unwrap()))
    );
}

#[test]
fn times_where_the_clocks_are_changed_are_counted_or_refused() {
    let text = "number,incident_state,sys_updated_at\nA,New,27-03-2016 02:30\nA,Resolved,30-10-2016 02:30\nB,New,30-10-2016 12:00\n";
    let mut mapping = small_mapping();
    mapping.dates.zone = "Europe/Berlin".into();
    let (report, cases) = read(text, &mapping);
    assert_eq!((report.times.unclear, report.rows.used), (2, 3));
    assert_eq!(cases[0].resolved_at, Some("2016-10-30T00:30:00Z".parse().unwrap()));
    mapping.dates.repeated_hour = history::OnRepeatedHour::Refuse;
    let (report, cases) = read(text, &mapping);
    assert_eq!((report.rows.refused, report.rows.used, report.cases.refused, cases.len()), (2, 1, 1, 1));
    assert_eq!(report.lists.refused[0].reason.name(), "time_ambiguous");
    assert!(report.balanced());
}

#[test]
fn a_second_run_knows_what_is_here_and_what_is_new() {
    let generated = generate(Recipe::dirty(3, 40));
    let mapping = mapping();
    let log = Log::read(&generated.csv, &mapping).unwrap();
    let mut tally = Tally::new(&log, &mapping);
    for (n, index) in log.cases().iter().enumerate() {
        let built: Built = log.case(index, &mapping, &*HOUSE);
        tally.built(&built, &*HOUSE, now());
        let case = built.case.as_ref().unwrap();
        // One case has a row that the first run didn't see.
        tally.known_case(case, case.steps.len() as u64 - u64::from(n == 7));
    }
    let report = tally.finish(false);
    assert_eq!((report.rows.used, report.rows.left), (0, 1));
    assert_eq!(report.rows.already_here, generated.truth.used() - 1);
    assert_eq!(report.lists.with_new_rows, [log.cases()[7].key.clone()]);
    assert!(report.balanced());
    // Reading twice gives the same ids, and no two rows share one.
    let ids = |text| -> Vec<_> {
        let (_, cases) = read(text, &mapping);
        cases.iter().flat_map(|c| c.steps.iter().map(|s| s.command_id).chain([c.command_id])).collect()
    };
    let first = ids(&generated.csv);
    assert_eq!(first, ids(&generated.csv));
    let distinct: std::collections::BTreeSet<_> = first.iter().collect();
    assert_eq!(distinct.len(), first.len());
}

#[test]
fn a_log_that_does_not_fit_its_mapping_is_refused_by_column() {
    let mapping = mapping();
    let without = |text: &str| Log::read(text, &mapping).map(|_| ()).unwrap_err();
    assert_eq!(without("").code, "log_empty");
    let missing = without(&log::HEADER.replace("priority", "prio"));
    assert_eq!((missing.code, missing.what.as_str(), missing.line), ("log_column_missing", "priority", 1));
    let twice = without(&log::HEADER.replace("impact", "priority"));
    assert_eq!((twice.code, twice.what.as_str()), ("log_column_twice", "priority"));
    let empty = Log::read(log::HEADER, &mapping).unwrap();
    assert_eq!((empty.rows_read(), empty.cases().len()), (0, 0));
}

fn noise() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-zA-Z0-9?,;\"\n\r\t \u{0}\u{7f}一二é:./-]{0,400}").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever stands behind the header: nothing panics, every row is accounted for, every refusal has its line.
    #[test]
    fn no_file_makes_it_fall_over(seed in 0_u64..1000, cut in 0_usize..4000, noise in noise(), at in 0_usize..4000) {
        let mapping = mapping();
        let mut text = generate(Recipe::dirty(seed, 6)).csv;
        let place = |n: usize, text: &str| (0..=n.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let start = text.find('\n').unwrap() + 1;
        text.truncate(place(start + cut, &text));
        let at = place(start + at, &text).max(start.min(text.len()));
        text.insert_str(at.min(text.len()), &noise);
        if let Ok(log) = Log::read(&text, &mapping) {
            let (report, _) = read(&text, &mapping);
            prop_assert!(report.balanced());
            let lines = text.split('\n').count() as u64 + 1;
            prop_assert!(report.lists.refused.iter().all(|f| f.line >= 2 && f.line <= lines));
            prop_assert_eq!(report.rows.read, log.rows_read());
            prop_assert!(!report.lines().is_empty());
        }
    }

    /// Bytes that are no text are named by line and column, or are text; nothing panics.
    #[test]
    fn no_bytes_make_it_fall_over(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mapping = mapping();
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            match decode(&bytes, encoding) {
                Ok(text) => { let _ = Log::read(&text, &mapping); }
                Err(error) => {
                    prop_assert!(error.line >= 1 && error.column.is_some_and(|c| c >= 1));
                    prop_assert!(!error.what.is_empty());
                }
            }
        }
    }

    /// A mapping that is damaged anywhere is refused with a place, or is still a mapping; nothing panics.
    #[test]
    fn no_mapping_makes_it_fall_over(noise in noise(), at in 0_usize..6000, cut in 0_usize..60) {
        let mut text = SAMPLE_MAPPING.to_owned();
        let from = (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let to = (from..=(from + cut).min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(from);
        text.replace_range(from..to, &noise);
        if let Err(error) = Mapping::parse(&text) {
            prop_assert!(error.line.is_some() || !error.entry.is_empty());
        }
        let _ = Mapping::parse(&noise);
    }

    /// The clocks that are stored (strict) come out as the engine's tolerant replay of the bare steps.
    #[test]
    fn stored_clocks_and_a_tolerant_replay_agree(seed in 0_u64..2000) {
        let generated = generate(Recipe::clean(seed, 4));
        let (_, cases) = read(&generated.csv, &mapping());
        for case in cases {
            let restore: Vec<_> = case.clocks.iter().filter(|c| c.promise == PlanPromise::Restore).collect();
            let mut bare = vec![ClockEvent::start(case.reported_at)];
            for step in case.steps.iter().take_while(|s| !s.reopens) {
                let third = PauseReason::WaitingThirdParty;
                match step.source_state.as_deref() {
                    Some("Awaiting User Info") => {
                        bare.push(ClockEvent::resume(step.at, third));
                        bare.push(ClockEvent::pause(step.at, PauseReason::WaitingCustomer));
                    }
                    Some("Awaiting Vendor") => {
                        bare.push(ClockEvent::resume(step.at, PauseReason::WaitingCustomer));
                        bare.push(ClockEvent::pause(step.at, third));
                    }
                    Some("Resolved" | "Closed") => bare.push(ClockEvent::reached(step.at)),
                    Some("New") if step.changed.is_empty() => {}
                    _ => {
                        bare.push(ClockEvent::resume(step.at, PauseReason::WaitingCustomer));
                        bare.push(ClockEvent::resume(step.at, third));
                    }
                }
            }
            let spec = &restore[0].terms().unwrap().spec;
            let terms = spec.bind(HOUSE.round_the_clock.clone()).unwrap();
            let tolerant = replay_tolerant(&bare, &terms, now()).unwrap().state;
            let strict = restore[0].judge(&*HOUSE, case.reported_at, now()).unwrap();
            prop_assert_eq!(tolerant.status, strict.status);
            prop_assert_eq!((tolerant.elapsed_us, tolerant.paused_us), (strict.elapsed_us, strict.paused_us));
            prop_assert_eq!(tolerant.breached_at, strict.breached_at);
        }
    }
}
