//! Period ends (promise.md "Dates", decision 11) and the holiday lists behind them.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use service_calendar::{
    Certainty, ClosedDay, DayKind, HolidayError, HolidayYear, HolidayYears, Period, PeriodError, RestDayRule,
    RestDays, RestReason, period_end, working_days_after,
};

fn end_of(start: Date, period: Period) -> (Date, Date, Vec<RestReason>, Certainty) {
    let years = HolidayYears::built_in();
    let end = period_end(start, period, &RestDays::new(&years, RestDayRule::default())).unwrap();
    (end.nominal, end.end_date, end.extended_because, end.certainty)
}

#[test]
fn p28_a_year_ends_on_the_corresponding_day_and_moves_off_rest_days() {
    let cases = [
        // start, nominal end, end
        (date(2025, 3, 3), date(2026, 3, 3), date(2026, 3, 3)), // a Tuesday
        (date(2025, 3, 1), date(2026, 3, 1), date(2026, 3, 2)), // a Sunday
        (date(2025, 10, 1), date(2026, 10, 1), date(2026, 10, 8)), // National Day
        (date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)), // no 29 February
        (date(2023, 2, 28), date(2024, 2, 28), date(2024, 2, 28)), // not the 29th
        (date(2025, 2, 14), date(2026, 2, 14), date(2026, 2, 14)), // Saturday worked before Spring Festival
        (date(2025, 2, 15), date(2026, 2, 15), date(2026, 2, 24)), // nine days of Spring Festival
        (date(2025, 10, 10), date(2026, 10, 10), date(2026, 10, 10)), // Saturday worked after National Day
        (date(2025, 9, 19), date(2026, 9, 19), date(2026, 9, 20)), // Saturday, then a Sunday worked
    ];
    for (start, nominal, end) in cases {
        let got = end_of(start, Period::Years(1));
        assert_eq!((got.0, got.1), (nominal, end), "from {start}");
        assert_eq!(got.3, Certainty::Published, "from {start}");
        assert_eq!(
            i32::try_from(got.2.len()).unwrap(),
            (end - nominal).get_days(),
            "one reason a day, from {start}"
        );
    }
}

#[test]
fn p49_p53_three_months_by_the_month_end_rule() {
    let cases = [
        (date(2025, 11, 30), date(2026, 2, 28), date(2026, 2, 28)), // Saturday, a make-up workday
        (date(2023, 11, 30), date(2024, 2, 29), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 5, 1), date(2026, 5, 6)), // Labour Day
        (date(2026, 1, 31), date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 7, 10), date(2026, 10, 10), date(2026, 10, 10)), // Saturday, a make-up workday
    ];
    for (start, nominal, end) in cases {
        let got = end_of(start, Period::Months(3));
        assert_eq!((got.0, got.1), (nominal, end), "from {start}");
    }
}

#[test]
fn p74_ninety_days_do_not_count_the_first() {
    // 2026-07-03 + 90 days is Thursday 2026-10-01, National Day: to 2026-10-08.
    let got = end_of(date(2026, 7, 3), Period::Days(90));
    assert_eq!((got.0, got.1), (date(2026, 10, 1), date(2026, 10, 8)));
    assert_eq!(end_of(date(2026, 3, 2), Period::Days(1)).1, date(2026, 3, 3));
    assert_eq!(end_of(date(2026, 3, 2), Period::Days(0)).1, date(2026, 3, 2));
}

#[test]
fn p28_an_extension_names_its_reasons_in_both_languages() {
    let (.., because, _) = end_of(date(2025, 3, 1), Period::Years(1));
    assert_eq!(because, [RestReason::Sunday { date: date(2026, 3, 1) }]);
    assert_eq!(
        (because[0].zh_cn(), because[0].en()),
        ("2026-03-01 星期日".into(), "2026-03-01, Sunday".into())
    );
    let (.., because, _) = end_of(date(2025, 10, 1), Period::Years(1));
    assert_eq!(because[0].zh_cn(), "2026-10-01 国庆节放假");
    assert_eq!(because[6].en(), "2026-10-07, holiday: National Day");
    assert_eq!(because[6].date(), date(2026, 10, 7));
}

#[test]
fn p28_the_last_day_is_covered_whole() {
    let years = HolidayYears::built_in();
    let end = period_end(date(2025, 3, 3), Period::Years(1), &RestDays::new(&years, RestDayRule::default()))
        .unwrap();
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let at = |text: &str| text.parse().unwrap();
    assert_eq!(end.end_instant(&zone).unwrap(), at("2026-03-04T00:00:00+08:00"));
    assert!(end.includes(at("2026-03-03T23:59:59.999999+08:00"), &zone).unwrap());
    assert!(!end.includes(at("2026-03-04T00:00:00+08:00"), &zone).unwrap());
    // A zone in which that midnight does not exist: the day ends when the next one begins, at 01:00.
    let beirut = TimeZone::get("Asia/Beirut").unwrap();
    let end =
        period_end(date(2023, 3, 25), Period::Years(1), &RestDays::new(&years, RestDayRule::NONE)).unwrap();
    assert_eq!(end.end_date, date(2024, 3, 25));
    let skipped =
        period_end(date(2024, 3, 29), Period::Days(1), &RestDays::new(&years, RestDayRule::NONE)).unwrap();
    assert_eq!(skipped.end_date, date(2024, 3, 30));
    assert_eq!(skipped.end_instant(&beirut).unwrap(), at("2024-03-31T01:00:00+03:00"));
}

#[test]
fn p13_within_three_working_days() {
    let years = HolidayYears::built_in();
    let rest = RestDays::new(&years, RestDayRule::default());
    let cases = [
        (date(2026, 11, 16), date(2026, 11, 19)), // Monday to Thursday
        (date(2026, 11, 19), date(2026, 11, 24)), // over a weekend
        (date(2026, 9, 30), date(2026, 10, 10)),  // 8, 9 and the Saturday worked
        (date(2026, 2, 12), date(2026, 2, 24)),   // 13, Saturday 14, then after Spring Festival
        (date(2026, 11, 14), date(2026, 11, 18)), // from a Saturday
    ];
    for (start, end) in cases {
        let got = working_days_after(start, 3, &rest).unwrap();
        assert_eq!((got.nominal, got.end_date), (end, end), "from {start}");
        assert!(got.extended_because.is_empty());
    }
    assert_eq!(working_days_after(date(2026, 11, 14), 0, &rest).unwrap().end_date, date(2026, 11, 16));
}

#[test]
fn d11_a_policy_can_narrow_rest_days() {
    let years = HolidayYears::built_in();
    let end = |rule| {
        period_end(date(2025, 10, 3), Period::Years(1), &RestDays::new(&years, rule)).unwrap().end_date
    };
    assert_eq!(end(RestDayRule { holidays: true, weekends: true }), date(2026, 10, 8)); // 3 October 2026: Saturday
    assert_eq!(end(RestDayRule { holidays: false, weekends: true }), date(2026, 10, 5));
    assert_eq!(end(RestDayRule { holidays: true, weekends: false }), date(2026, 10, 8));
    assert_eq!(end(RestDayRule::NONE), date(2026, 10, 3));
}

#[test]
fn d12_years_not_published_are_provisional_until_imported() {
    // Accepted 2026-10-01: a year later is Friday 2027-10-01, of which no list speaks yet.
    let (_, end, _, certainty) = end_of(date(2026, 10, 1), Period::Years(1));
    assert_eq!((end, certainty), (date(2027, 10, 1), Certainty::Provisional { year: 2027 }));
    let closed = (0..7).map(|day| date(2027, 10, 1).checked_add(day.days()).unwrap());
    let years = HolidayYears::built_in().with_year(2027, closed, [date(2027, 10, 9)]).unwrap();
    let rest = RestDays::new(&years, RestDayRule::default());
    let end = period_end(date(2026, 10, 1), Period::Years(1), &rest).unwrap();
    assert_eq!((end.end_date, end.certainty), (date(2027, 10, 8), Certainty::Published));
    // No list is needed where the policy looks at none.
    let rest = RestDays::new(&years, RestDayRule { holidays: false, weekends: true });
    assert_eq!(
        period_end(date(2029, 3, 3), Period::Years(1), &rest).unwrap().certainty,
        Certainty::Published
    );
}

#[test]
fn d12_the_last_days_of_december_wait_for_the_next_notice() {
    // The notice for 2019 closed 30 and 31 December 2018 and made Saturday the 29th a workday.
    let years = HolidayYears::built_in();
    assert_eq!(years.certainty(date(2026, 12, 25)), Certainty::Published);
    assert_eq!(years.certainty(date(2026, 12, 26)), Certainty::Provisional { year: 2027 });
    let years = years.with_year(2027, [date(2027, 1, 1), date(2026, 12, 31)], [date(2026, 12, 27)]).unwrap();
    assert_eq!(years.certainty(date(2026, 12, 26)), Certainty::Published);
    assert_eq!(years.day(date(2026, 12, 31)), DayKind::Closed(None));
    assert_eq!(years.day(date(2026, 12, 27)), DayKind::MakeupWorkday);
}

#[test]
fn p37_the_six_weekend_workdays_of_2026() {
    let years = HolidayYears::built_in();
    let worked =
        [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)].map(|(month, day)| date(2026, month, day));
    assert_eq!(years.year(2026).unwrap().makeup(), worked);
    assert!(worked.iter().all(|&day| years.day(day) == DayKind::MakeupWorkday));
    let closed = years.year(2026).unwrap().closed();
    assert_eq!(closed.len(), 33);
    assert!(matches!(years.day(date(2026, 2, 17)), DayKind::Closed(Some(name)) if name.zh_cn == "春节"));
    assert_eq!(years.day(date(2026, 11, 22)), DayKind::Ordinary);
}

#[test]
fn p37_the_built_in_years_are_whole_and_pass_their_own_checks() {
    let years = HolidayYears::built_in();
    assert_eq!(years.years().collect::<Vec<_>>(), (2004..=2026).collect::<Vec<_>>());
    assert!(
        years.published(2004) && years.published(2026) && !years.published(2003) && !years.published(2027)
    );
    assert_eq!(years.last_year(), Some(2026));
    let (mut closed, mut makeup) = (0, 0);
    for year in years.years() {
        let list = years.year(year).unwrap();
        let again = HolidayYear::new(year, list.closed().to_vec(), list.makeup().to_vec()).unwrap();
        assert_eq!(&again, list);
        assert!(list.closed().iter().any(|day| day.date == date(year, 10, 1)), "National Day {year}");
        closed += list.closed().len();
        makeup += list.makeup().len();
    }
    assert_eq!((closed, makeup), (619, 150), "the counts of the source");
    // Spot checks against notices: the extended Spring Festival of 2020, Victory Day 2015, the eve of 2019.
    assert!(matches!(years.day(date(2020, 1, 31)), DayKind::Closed(_)));
    assert!(matches!(years.day(date(2015, 9, 3)), DayKind::Closed(_)));
    assert_eq!(years.day(date(2015, 9, 6)), DayKind::MakeupWorkday);
    assert_eq!(years.day(date(2018, 12, 29)), DayKind::MakeupWorkday);
}

#[test]
fn d12_an_import_is_checked() {
    let new_year = date(2027, 1, 1);
    let none: [Date; 0] = [];
    let cases = [
        (HolidayYear::new(1999, [new_year], none), HolidayError::YearOutOfRange { year: 1999 }),
        (HolidayYear::new(2027, none, none), HolidayError::NoClosedDay { year: 2027 }),
        (
            HolidayYear::new(2027, [new_year, date(2026, 12, 25)], none),
            HolidayError::DayOutsideYear { year: 2027, date: date(2026, 12, 25) },
        ),
        (
            HolidayYear::new(2027, [new_year, date(2028, 1, 1)], none),
            HolidayError::DayOutsideYear { year: 2027, date: date(2028, 1, 1) },
        ),
        (
            HolidayYear::new(2027, [new_year, new_year], none),
            HolidayError::DayTwice { year: 2027, date: new_year },
        ),
        (
            HolidayYear::new(2027, [new_year], [date(2027, 2, 20), date(2027, 2, 20)]),
            HolidayError::DayTwice { year: 2027, date: date(2027, 2, 20) },
        ),
        (
            HolidayYear::new(2027, [new_year, date(2027, 1, 2)], [date(2027, 1, 2)]),
            HolidayError::ClosedAndMakeup { year: 2027, date: date(2027, 1, 2) },
        ),
        (
            HolidayYear::new(2027, [new_year], [date(2027, 1, 4)]),
            HolidayError::MakeupOnWeekday { year: 2027, date: date(2027, 1, 4) },
        ),
    ];
    for (got, wanted) in cases {
        let got = got.unwrap_err();
        assert_eq!(got, wanted);
        assert!(got.zh_cn().contains("请") || got.zh_cn().contains("不能"), "{}", got.zh_cn());
        assert!(got.to_string().contains("20") || got.to_string().contains("1999"), "{got}");
        assert!(got.code().starts_with("holiday_") || got.code().starts_with("makeup_"));
    }
}

#[test]
fn d12_a_year_is_stored_as_json_and_checked_again_when_read() {
    let text = r#"{"year":2027,"closed":[{"date":"2027-01-01","name":{"zh_cn":"元旦","en":"New Year's Day"}},
        {"date":"2026-12-31"}],"makeup":["2026-12-27"]}"#;
    let year: HolidayYear = serde_json::from_str(text).unwrap();
    assert_eq!(year.closed()[0], ClosedDay::from(date(2026, 12, 31)), "sorted");
    let again: HolidayYear = serde_json::from_str(&serde_json::to_string(&year).unwrap()).unwrap();
    assert_eq!(again, year);
    let bad = serde_json::from_str::<HolidayYear>(
        r#"{"year":2027,"closed":[{"date":"2027-01-01"}],"makeup":["2027-01-04"]}"#,
    );
    assert!(bad.unwrap_err().to_string().contains("no Saturday or Sunday"));
    let all = HolidayYears::built_in().with(year);
    let text = serde_json::to_string(&all).unwrap();
    assert_eq!(serde_json::from_str::<HolidayYears>(&text).unwrap(), all);
}

#[test]
fn a_period_beyond_the_calendar_is_refused_with_a_reason() {
    let years = HolidayYears::none();
    let rest = RestDays::new(&years, RestDayRule::default());
    let start = date(9990, 1, 1);
    assert_eq!(period_end(start, Period::Years(10), &rest).unwrap_err(), PeriodError::TooLong { start });
    assert_eq!(
        period_end(start, Period::Years(u16::MAX), &rest).unwrap_err(),
        PeriodError::TooLong { start }
    );
    assert!(working_days_after(date(9999, 12, 30), 3, &rest).is_err());
}
