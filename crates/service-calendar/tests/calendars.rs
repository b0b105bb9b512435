//! Opening hours: cases with their edges.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use service_calendar::{
    Bilingual, CalendarError, CalendarSpec, Certainty, CompiledCalendar, DayHours, ExtraOpen, HolidayRule,
    HolidayYears, HoursOf, OpenSpan, ServiceCalendar, TimeOfDay, WeeklyHours,
};

const HOUR_US: i64 = 3_600_000_000;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn five_by_eight() -> CompiledCalendar {
    let calendar = ServiceCalendar::five_by_eight("phone", "Asia/Shanghai").unwrap();
    CompiledCalendar::compile(&calendar, &HolidayYears::built_in()).unwrap()
}

fn round_the_clock() -> CompiledCalendar {
    let calendar = ServiceCalendar::round_the_clock("fault", "Asia/Shanghai").unwrap();
    CompiledCalendar::compile(&calendar, &HolidayYears::built_in()).unwrap()
}

fn span(from: (u16, u16), to: (u16, u16)) -> OpenSpan {
    OpenSpan { from: TimeOfDay::new(from.0, from.1).unwrap(), to: TimeOfDay::new(to.0, to.1).unwrap() }
}

fn spec() -> CalendarSpec {
    ServiceCalendar::five_by_eight("phone", "Asia/Shanghai").unwrap().spec().clone()
}

#[test]
fn p37_five_days_of_eight_hours() {
    assert_eq!(WeeklyHours::five_by_eight().open_min(), 5 * 8 * 60);
    assert_eq!(WeeklyHours::round_the_clock().open_min(), 7 * 24 * 60);
}

#[test]
fn p37_open_and_closed() {
    let calendar = five_by_eight();
    let cases = [
        ("2026-11-20T08:59:59.999999+08:00", false), // Friday
        ("2026-11-20T09:00:00+08:00", true),
        ("2026-11-20T11:59:59.999999+08:00", true),
        ("2026-11-20T12:00:00+08:00", false),
        ("2026-11-20T13:00:00+08:00", true),
        ("2026-11-20T18:00:00+08:00", false),
        ("2026-11-21T10:00:00+08:00", false), // Saturday
        ("2026-10-10T10:00:00+08:00", true),  // Saturday worked
        ("2026-10-10T12:30:00+08:00", false), // with Monday's break
        ("2026-10-05T10:00:00+08:00", false), // Monday of National Day
    ];
    for (when, open) in cases {
        let got = calendar.is_open(at(when)).unwrap();
        assert_eq!((got.value, got.certainty), (open, Certainty::Published), "{when}");
    }
}

#[test]
fn p37_the_next_change_for_the_badge() {
    let calendar = five_by_eight();
    let cases = [
        ("2026-11-20T10:00:00+08:00", "2026-11-20T12:00:00+08:00", false),
        ("2026-11-20T09:00:00+08:00", "2026-11-20T12:00:00+08:00", false),
        ("2026-11-20T12:00:00+08:00", "2026-11-20T13:00:00+08:00", true),
        ("2026-11-20T18:00:00+08:00", "2026-11-23T09:00:00+08:00", true),
        ("2026-09-30T19:00:00+08:00", "2026-10-08T09:00:00+08:00", true),
        ("2026-10-09T19:00:00+08:00", "2026-10-10T09:00:00+08:00", true),
    ];
    for (when, change, opens) in cases {
        let got = calendar.next_change(at(when)).unwrap().unwrap();
        assert_eq!((got.value.at, got.value.opens), (at(change), opens), "{when}");
        assert_eq!(got.certainty, Certainty::Published);
    }
    let over_the_year = calendar.next_change(at("2026-12-31T19:00:00+08:00")).unwrap().unwrap();
    assert_eq!(over_the_year.certainty, Certainty::Provisional { year: 2027 });
}

#[test]
fn p37_a_response_target_counts_only_those_hours() {
    let calendar = five_by_eight();
    let cases = [
        // start, working minutes, due
        ("2026-11-20T09:00:00+08:00", 30, "2026-11-20T09:30:00+08:00"),
        ("2026-11-20T08:00:00+08:00", 30, "2026-11-20T09:30:00+08:00"),
        ("2026-11-20T11:45:00+08:00", 30, "2026-11-20T13:15:00+08:00"), // over the break
        ("2026-11-20T11:30:00+08:00", 30, "2026-11-20T12:00:00+08:00"), // up to the break, not behind it
        ("2026-11-20T17:50:00+08:00", 30, "2026-11-23T09:20:00+08:00"), // over the weekend
        ("2026-09-30T17:50:00+08:00", 30, "2026-10-08T09:20:00+08:00"), // over National Day
        ("2026-10-09T17:50:00+08:00", 30, "2026-10-10T09:20:00+08:00"), // to a Saturday worked
        ("2026-11-21T10:00:00+08:00", 0, "2026-11-21T10:00:00+08:00"),  // nothing to do is due at once
    ];
    for (start, minutes, due) in cases {
        let got = calendar.due_at(at(start), minutes * 60_000_000).unwrap();
        assert_eq!((got.value, got.certainty), (at(due), Certainty::Published), "{start} + {minutes} min");
        assert_eq!(calendar.working_us(at(start), at(due)).unwrap().value, minutes * 60_000_000);
    }
}

#[test]
fn p37_the_working_hours_of_2026() {
    // Counted by hand from the notice: 261 weekdays, less the 19 closed ones, and six weekend days worked.
    let (from, to) = (at("2026-01-01T00:00:00+08:00"), at("2027-01-01T00:00:00+08:00"));
    let days = 261 - 19 + 6;
    let got = five_by_eight().working_us(from, to).unwrap().value;
    assert_eq!(got, days * 8 * HOUR_US);
}

#[test]
fn p39_z3180_round_the_clock_never_closes_at_midnight() {
    let calendar = round_the_clock();
    let midnight = at("2026-11-22T00:00:00+08:00");
    for second in -120..=120 {
        let when = midnight.checked_add(second.seconds()).unwrap();
        assert!(calendar.is_open(when).unwrap().value, "{when}");
    }
    assert_eq!(calendar.next_change(midnight).unwrap(), None);
    let year = calendar.working_us(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")).unwrap();
    assert_eq!((year.value, year.certainty), (365 * 24 * HOUR_US, Certainty::Published));
    // Also on National Day and in years whose list is not published, and never provisionally.
    let due = calendar.due_at(at("2031-10-01T00:00:00+08:00"), 4 * HOUR_US).unwrap();
    assert_eq!((due.value, due.certainty), (at("2031-10-01T04:00:00+08:00"), Certainty::Published));
}

#[test]
fn d12_years_without_a_list_follow_the_week_and_are_provisional() {
    let calendar = five_by_eight();
    let national_day = calendar.is_open(at("2027-10-01T10:00:00+08:00")).unwrap(); // a Friday
    assert_eq!((national_day.value, national_day.certainty), (true, Certainty::Provisional { year: 2027 }));
    let across =
        calendar.working_us(at("2026-12-01T00:00:00+08:00"), at("2028-02-01T00:00:00+08:00")).unwrap();
    assert_eq!(across.certainty, Certainty::Provisional { year: 2027 });
    let before =
        calendar.working_us(at("2026-12-01T00:00:00+08:00"), at("2026-12-26T00:00:00+08:00")).unwrap();
    assert_eq!(before.certainty, Certainty::Published);
    let old = calendar.is_open(at("2003-10-01T10:00:00+08:00")).unwrap();
    assert_eq!(old.certainty, Certainty::Provisional { year: 2003 });
    // After the import the same question has a sure answer.
    let years = HolidayYears::built_in().with_year(2027, [date(2027, 10, 1)], []).unwrap();
    let spec = ServiceCalendar::five_by_eight("phone", "Asia/Shanghai").unwrap();
    let calendar = CompiledCalendar::compile(&spec, &years).unwrap();
    let national_day = calendar.is_open(at("2027-10-01T10:00:00+08:00")).unwrap();
    assert_eq!((national_day.value, national_day.certainty), (false, Certainty::Published));
}

#[test]
fn days_of_its_own_win_over_the_lists() {
    let mut spec = spec();
    spec.extra_closed = vec![date(2026, 10, 10)]; // a make-up workday the company doesn't work
    let hours = DayHours::new(vec![span((10, 0), (11, 0))]).unwrap();
    spec.extra_open = vec![ExtraOpen { date: date(2026, 10, 2), hours }];
    let calendar = ServiceCalendar::try_from(spec).unwrap();
    let calendar = CompiledCalendar::compile(&calendar, &HolidayYears::built_in()).unwrap();
    assert!(!calendar.is_open(at("2026-10-10T10:00:00+08:00")).unwrap().value);
    assert!(calendar.is_open(at("2026-10-02T10:30:00+08:00")).unwrap().value);
    assert!(!calendar.is_open(at("2026-10-02T11:00:00+08:00")).unwrap().value);
}

#[test]
fn make_up_workdays_take_the_hours_of_the_weekday_named() {
    let mut spec = spec();
    spec.hours.friday = DayHours::new(vec![span((8, 0), (20, 0))]).unwrap();
    spec.makeup_hours = HoursOf::Friday;
    let calendar = ServiceCalendar::try_from(spec).unwrap();
    let calendar = CompiledCalendar::compile(&calendar, &HolidayYears::built_in()).unwrap();
    assert!(calendar.is_open(at("2026-10-10T19:30:00+08:00")).unwrap().value);
}

#[test]
fn night_hours_join_over_midnight() {
    let mut spec = spec();
    spec.holidays = HolidayRule::Ignore;
    let night = DayHours::new(vec![span((0, 0), (6, 0)), span((22, 0), (24, 0))]).unwrap();
    spec.hours.monday = night.clone();
    spec.hours.tuesday = night;
    let calendar = ServiceCalendar::try_from(spec).unwrap();
    let calendar = CompiledCalendar::compile(&calendar, &HolidayYears::built_in()).unwrap();
    let change = calendar.next_change(at("2026-11-16T23:00:00+08:00")).unwrap().unwrap().value;
    assert_eq!((change.at, change.opens), (at("2026-11-17T06:00:00+08:00"), false));
}

#[test]
fn hours_over_a_change_of_clocks() {
    let mut spec = spec();
    spec.zone = "Europe/Berlin".into();
    spec.holidays = HolidayRule::Ignore;
    spec.hours.sunday = DayHours::new(vec![span((1, 0), (4, 0))]).unwrap();
    let calendar = ServiceCalendar::try_from(spec).unwrap();
    let calendar = CompiledCalendar::compile(&calendar, &HolidayYears::none()).unwrap();
    // 29 March 2026: 02:00 becomes 03:00, so 01:00-04:00 lasts two hours. 25 October: an hour comes twice.
    let spring = calendar.working_us(at("2026-03-28T23:00:00Z"), at("2026-03-29T21:00:00Z")).unwrap();
    assert_eq!(spring.value, 2 * HOUR_US);
    let autumn = calendar.working_us(at("2026-10-24T22:00:00Z"), at("2026-10-25T22:00:00Z")).unwrap();
    assert_eq!(autumn.value, 4 * HOUR_US);
}

#[test]
fn questions_outside_the_prepared_years_are_refused() {
    let calendar = ServiceCalendar::five_by_eight("phone", "Asia/Shanghai").unwrap();
    let years = HolidayYears::built_in();
    let compiled = CompiledCalendar::compile_years(&calendar, &years, 2025, 2026).unwrap();
    let error = CalendarError::OutOfRange { first: 2025, last: 2026 };
    assert_eq!(compiled.is_open(at("2024-12-31T23:59:59+08:00")).unwrap_err(), error);
    assert_eq!(compiled.due_at(at("2026-12-31T17:30:00+08:00"), HOUR_US).unwrap_err(), error);
    assert!(compiled.due_at(at("2026-12-31T17:00:00+08:00"), HOUR_US).is_ok());
    assert_eq!(compiled.due_at(at("2026-01-05T09:00:00+08:00"), i64::MAX).unwrap_err(), error);
    let negative = compiled.due_at(at("2026-01-05T09:00:00+08:00"), -1).unwrap_err();
    assert_eq!(negative, CalendarError::NegativeTime { working_us: -1 });
    for (first, last) in [(2026, 2025), (1900, 1950), (2100, 2300), (1971, 2101)] {
        let got = CompiledCalendar::compile_years(&calendar, &years, first, last).unwrap_err();
        assert_eq!(got, CalendarError::BadYears { first, last });
    }
}

#[test]
fn contradictory_calendars_are_refused_with_a_reason() {
    let time = |text: &str| TimeOfDay::try_from(text.to_owned());
    for bad in ["9:00", "24:01", "12:60", "-1:00", "+1:00", "0900", "", "09:00:00", "25:00"] {
        assert_eq!(time(bad).unwrap_err(), CalendarError::BadTimeOfDay { text: bad.into() });
    }
    assert_eq!(time("24:00").unwrap(), TimeOfDay::END_OF_DAY);
    assert!(matches!(DayHours::new(vec![span((9, 0), (9, 0))]), Err(CalendarError::EmptySpan { .. })));
    assert!(matches!(DayHours::new(vec![span((22, 0), (6, 0))]), Err(CalendarError::EmptySpan { .. })));
    let overlap = DayHours::new(vec![span((9, 0), (12, 0)), span((11, 59), (18, 0))]);
    assert!(matches!(overlap, Err(CalendarError::SpansOutOfOrder { .. })));
    let touching = DayHours::new(vec![span((9, 0), (12, 0)), span((12, 0), (18, 0))]).unwrap();
    assert_eq!(touching.open_min(), 540);

    let day = date(2026, 10, 2);
    let open = ExtraOpen { date: day, hours: DayHours::all_day() };
    let cases = [
        (CalendarSpec { id: " ".into(), ..spec() }, CalendarError::NoId),
        (
            CalendarSpec { zone: "Asia/Xian".into(), ..spec() },
            CalendarError::UnknownZone { zone: "Asia/Xian".into() },
        ),
        (CalendarSpec { hours: WeeklyHours::default(), ..spec() }, CalendarError::NeverOpen),
        (CalendarSpec { extra_closed: vec![day, day], ..spec() }, CalendarError::ExtraDayTwice { date: day }),
        (
            CalendarSpec { extra_closed: vec![day], extra_open: vec![open], ..spec() },
            CalendarError::ExtraDayTwice { date: day },
        ),
    ];
    for (spec, wanted) in cases {
        let got = ServiceCalendar::try_from(spec).unwrap_err();
        assert_eq!(got, wanted);
        assert!(
            got.zh_cn().contains("请") && got.to_string().len() > 20 && got.code().starts_with("calendar_")
        );
    }
}

#[test]
fn a_calendar_goes_through_json_and_is_checked_when_read() {
    let mut spec = spec();
    spec.name = Bilingual { zh_cn: "电话支持".into(), en: None };
    spec.extra_open = vec![ExtraOpen { date: date(2026, 10, 2), hours: DayHours::all_day() }];
    let calendar = ServiceCalendar::try_from(spec).unwrap();
    let text = serde_json::to_string(&calendar).unwrap();
    assert!(
        text.contains(r#""monday":[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"18:00"}]"#),
        "{text}"
    );
    assert!(
        text.contains(r#""to":"24:00""#) && text.contains(r#""holidays":"observe","makeup_hours":"monday""#)
    );
    assert_eq!(serde_json::from_str::<ServiceCalendar>(&text).unwrap(), calendar);
    let wrong = text.replace("13:00", "11:00");
    assert!(serde_json::from_str::<ServiceCalendar>(&wrong).unwrap_err().to_string().contains("overlap"));
    let wrong = text.replace("Asia/Shanghai", "Mars/Base");
    assert!(serde_json::from_str::<ServiceCalendar>(&wrong).unwrap_err().to_string().contains("IANA"));
    let short = r#"{"id":"a","name":{"zh_cn":"甲"},"zone":"Asia/Shanghai","hours":{"monday":[{"from":"09:00","to":"17:00"}]},"holidays":"ignore"}"#;
    let calendar: ServiceCalendar = serde_json::from_str(short).unwrap();
    assert_eq!(calendar.spec().makeup_hours, HoursOf::Monday);
    assert_eq!(calendar.spec().hours.open_min(), 480);
}
