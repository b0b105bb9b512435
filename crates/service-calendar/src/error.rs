//! What can be wrong with a calendar, a holiday list, a period or a clock's events. Every error says what happened,
//! why, and how to mend it, in Chinese and English; `code` is its stable name for a catalogue of texts.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

/// A holiday list that cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolidayError {
    /// The year is outside 2004-2100.
    YearOutOfRange { year: i16 },
    /// A published year always closes at least one day.
    NoClosedDay { year: i16 },
    /// The day is neither in the year nor in the last days (26-31) of the December before.
    DayOutsideYear { year: i16, date: Date },
    /// The day is listed twice.
    DayTwice { year: i16, date: Date },
    /// The day is listed as closed and as a make-up workday.
    ClosedAndMakeup { year: i16, date: Date },
    /// A make-up workday must be a Saturday or Sunday.
    MakeupOnWeekday { year: i16, date: Date },
}

impl HolidayError {
    /// Stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::YearOutOfRange { .. } => "holiday_year_out_of_range",
            Self::NoClosedDay { .. } => "holiday_year_empty",
            Self::DayOutsideYear { .. } => "holiday_outside_year",
            Self::DayTwice { .. } => "holiday_twice",
            Self::ClosedAndMakeup { .. } => "holiday_closed_and_makeup",
            Self::MakeupOnWeekday { .. } => "makeup_on_weekday",
        }
    }

    /// The message in Chinese.
    #[must_use]
    pub fn zh_cn(&self) -> String {
        match self {
            Self::YearOutOfRange { year } => {
                format!("年份 {year} 不在 2004–2100 之间,请检查年份。")
            }
            Self::NoClosedDay { year } => {
                format!("{year} 年没有任何放假日,请按国务院办公厅的放假通知填写。")
            }
            Self::DayOutsideYear { year, date } => {
                format!(
                    "{date} 不属于 {year} 年(只允许该年的日期,或上一年 12 月 26–31 日),请修改日期或年份。"
                )
            }
            Self::DayTwice { year, date } => {
                format!("{year} 年的列表中 {date} 重复出现,请删除其中一个。")
            }
            Self::ClosedAndMakeup { year, date } => {
                format!("{year} 年的列表中 {date} 既是放假日又是调休上班日,请只保留一种。")
            }
            Self::MakeupOnWeekday { year, date } => {
                format!("{year} 年的列表中 {date} 不是周六或周日,不能作为调休上班日,请检查日期。")
            }
        }
    }
}

impl fmt::Display for HolidayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YearOutOfRange { year } => {
                write!(f, "the year {year} is not between 2004 and 2100; check the year")
            }
            Self::NoClosedDay { year } => {
                write!(f, "the list of {year} closes no day; enter the days of the State Council's notice")
            }
            Self::DayOutsideYear { year, date } => write!(
                f,
                "{date} does not belong to {year} (only days of that year or of 26-31 December before it may stand \
                 there); correct the day or the year"
            ),
            Self::DayTwice { year, date } => {
                write!(f, "{date} stands twice in the list of {year}; remove one of them")
            }
            Self::ClosedAndMakeup { year, date } => write!(
                f,
                "{date} stands in the list of {year} both as closed and as a make-up workday; keep one of the two"
            ),
            Self::MakeupOnWeekday { year, date } => write!(
                f,
                "{date} in the list of {year} is no Saturday or Sunday and can't be a make-up workday; check the day"
            ),
        }
    }
}

impl std::error::Error for HolidayError {}

/// A calendar that contradicts itself, or a question it cannot answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarError {
    /// A time of day that is not `HH:MM` between 00:00 and 24:00.
    BadTimeOfDay { text: String },
    /// A span that ends at or before its start.
    EmptySpan { from: String, to: String },
    /// Two spans of one day overlap, or stand in the wrong order.
    SpansOutOfOrder { first: String, second: String },
    /// No day of the week has an hour, so nothing would ever fall due.
    NeverOpen,
    /// The identifier is empty.
    NoId,
    /// The zone is not in the IANA time zone database.
    UnknownZone { zone: String },
    /// The date is both an extra closed and an extra open day, or stands twice.
    ExtraDayTwice { date: Date },
    /// The years asked for are in the wrong order, or outside 1971-2200, or more than 130.
    BadYears { first: i16, last: i16 },
    /// The instant, or the answer, lies outside the years the calendar was prepared for.
    OutOfRange { first: i16, last: i16 },
    /// A negative amount of working time.
    NegativeTime { working_us: i64 },
}

impl CalendarError {
    /// Stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadTimeOfDay { .. } => "calendar_bad_time_of_day",
            Self::EmptySpan { .. } => "calendar_empty_span",
            Self::SpansOutOfOrder { .. } => "calendar_spans_out_of_order",
            Self::NeverOpen => "calendar_never_open",
            Self::NoId => "calendar_no_id",
            Self::UnknownZone { .. } => "calendar_unknown_zone",
            Self::ExtraDayTwice { .. } => "calendar_extra_day_twice",
            Self::BadYears { .. } => "calendar_bad_years",
            Self::OutOfRange { .. } => "calendar_out_of_range",
            Self::NegativeTime { .. } => "calendar_negative_time",
        }
    }

    /// The message in Chinese.
    #[must_use]
    pub fn zh_cn(&self) -> String {
        match self {
            Self::BadTimeOfDay { text } => {
                format!("“{text}”不是有效时间,请使用 00:00 到 24:00 之间的“时:分”。")
            }
            Self::EmptySpan { from, to } => {
                format!("时段 {from}–{to} 的结束不晚于开始;跨夜时段请拆成两天填写。")
            }
            Self::SpansOutOfOrder { first, second } => {
                format!("时段 {first} 与 {second} 重叠或顺序颠倒,请合并或按先后排列。")
            }
            Self::NeverOpen => "日历中没有任何服务时间,计时永远不会到期;请至少为一天填写时段。".to_owned(),
            Self::NoId => "日历编号为空,请填写编号。".to_owned(),
            Self::UnknownZone { zone } => {
                format!("时区“{zone}”不存在,请使用 IANA 名称,例如 Asia/Shanghai。")
            }
            Self::ExtraDayTwice { date } => {
                format!("特殊日期 {date} 重复或同时为开放和关闭,请只保留一个。")
            }
            Self::BadYears { first, last } => {
                format!("年份范围 {first}–{last} 无效:须在 1971–2200 之间、由先到后且不超过 130 年。")
            }
            Self::OutOfRange { first, last } => {
                format!("时间超出日历覆盖的 {first}–{last} 年,无法计算;请检查日期,或扩大日历的年份范围。")
            }
            Self::NegativeTime { working_us } => {
                format!("工作时长为负数({working_us} 微秒),请检查输入。")
            }
        }
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadTimeOfDay { text } => {
                write!(f, "“{text}” is no time of day; write HH:MM between 00:00 and 24:00")
            }
            Self::EmptySpan { from, to } => write!(
                f,
                "the span {from}-{to} ends at or before its start; write hours over midnight as two days"
            ),
            Self::SpansOutOfOrder { first, second } => {
                write!(
                    f,
                    "the spans {first} and {second} overlap or are out of order; join them or sort them"
                )
            }
            Self::NeverOpen => {
                write!(
                    f,
                    "the calendar has no hours at all, so nothing would ever fall due; give one day a span"
                )
            }
            Self::NoId => write!(f, "the calendar has no id; give it one"),
            Self::UnknownZone { zone } => {
                write!(f, "the time zone “{zone}” is unknown; use an IANA name such as Asia/Shanghai")
            }
            Self::ExtraDayTwice { date } => {
                write!(f, "the extra day {date} stands twice, or is both open and closed; keep one of them")
            }
            Self::BadYears { first, last } => write!(
                f,
                "the years {first}-{last} don't work: they must lie in 1971-2200, in order, and be at most 130"
            ),
            Self::OutOfRange { first, last } => write!(
                f,
                "the time lies outside the years {first}-{last} this calendar was prepared for; check the date or \
                 prepare more years"
            ),
            Self::NegativeTime { working_us } => {
                write!(f, "a working time can't be negative ({working_us} µs); check the input")
            }
        }
    }
}

impl std::error::Error for CalendarError {}

/// A period whose end cannot be written as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodError {
    /// The end lies beyond the year 9999.
    TooLong { start: Date },
    /// No day within ten years of `from` is a working day, so the end would never be reached.
    NoWorkingDay { from: Date },
}

impl PeriodError {
    /// Stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "period_too_long",
            Self::NoWorkingDay { .. } => "period_no_working_day",
        }
    }

    /// The message in Chinese.
    #[must_use]
    pub fn zh_cn(&self) -> String {
        match self {
            Self::TooLong { start } => format!("自 {start} 起的期间超出 9999 年,请缩短期限。"),
            Self::NoWorkingDay { from } => {
                format!("{from} 之后十年内没有工作日,请检查节假日列表。")
            }
        }
    }
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { start } => {
                write!(f, "the period from {start} ends beyond the year 9999; shorten it")
            }
            Self::NoWorkingDay { from } => {
                write!(f, "no day within ten years of {from} is a working day; check the holiday lists")
            }
        }
    }
}

impl std::error::Error for PeriodError {}

/// Why an event list is no clock (strict replay), or why its terms are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockError {
    /// The event at `index` is earlier than the one before it.
    OutOfOrder { index: usize, at: Timestamp },
    /// The event at `index` stands before any start.
    BeforeStart { index: usize },
    /// A second start at `index`.
    StartedTwice { index: usize },
    /// The event at `index` follows the stop.
    AfterStop { index: usize },
    /// A pause for a reason that is pausing already.
    AlreadyPaused { index: usize },
    /// A resume for a reason that is not pausing.
    NotPaused { index: usize },
    /// A pause whose `until` is not after its own instant.
    PauseEndsBeforeItBegins { index: usize },
    /// The number of terms is not one more than the number of retargets.
    TermsMissing { needed: usize, given: usize },
    /// The target is not between 1 s and 10 years.
    BadTarget { target_us: i64 },
    /// Warnings must rise, lie in 1-99 and be at most eight.
    BadWarnings,
    /// The calendar could not answer.
    Calendar(CalendarError),
}

impl ClockError {
    /// Stable name.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OutOfOrder { .. } => "clock_out_of_order",
            Self::BeforeStart { .. } => "clock_before_start",
            Self::StartedTwice { .. } => "clock_started_twice",
            Self::AfterStop { .. } => "clock_after_stop",
            Self::AlreadyPaused { .. } => "clock_already_paused",
            Self::NotPaused { .. } => "clock_not_paused",
            Self::PauseEndsBeforeItBegins { .. } => "clock_pause_ends_early",
            Self::TermsMissing { .. } => "clock_terms_missing",
            Self::BadTarget { .. } => "clock_bad_target",
            Self::BadWarnings => "clock_bad_warnings",
            Self::Calendar(inner) => inner.code(),
        }
    }

    /// The message in Chinese.
    #[must_use]
    pub fn zh_cn(&self) -> String {
        match self {
            Self::OutOfOrder { index, at } => {
                format!("第 {} 个计时事件({at})早于前一个事件;请按时间排序,或使用宽容重放。", index + 1)
            }
            Self::BeforeStart { index } => {
                format!("第 {} 个计时事件发生在开始之前,请先开始计时。", index + 1)
            }
            Self::StartedTwice { index } => {
                format!("第 {} 个计时事件重复开始;重新计时请另建一个计时。", index + 1)
            }
            Self::AfterStop { index } => {
                format!("第 {} 个计时事件发生在停止之后;重新打开请另建一个计时。", index + 1)
            }
            Self::AlreadyPaused { index } => {
                format!("第 {} 个计时事件以同一原因重复暂停,请先恢复再暂停。", index + 1)
            }
            Self::NotPaused { index } => {
                format!("第 {} 个计时事件要恢复的暂停并不存在,请检查原因。", index + 1)
            }
            Self::PauseEndsBeforeItBegins { index } => {
                format!("第 {} 个计时事件的暂停截止时间不晚于暂停开始,请检查时间窗。", index + 1)
            }
            Self::TermsMissing { needed, given } => {
                format!("计时经历了 {needed} 组条款,却只提供了 {given} 组;请按变更顺序逐一提供。")
            }
            Self::BadTarget { target_us } => {
                format!("目标时长 {target_us} 微秒无效:须在 1 秒到 10 年之间。")
            }
            Self::BadWarnings => "预警百分比须为 1–99、从小到大、最多八个。".to_owned(),
            Self::Calendar(inner) => inner.zh_cn(),
        }
    }
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfOrder { index, at } => write!(
                f,
                "clock event {} ({at}) is earlier than the one before it; sort the events or replay tolerantly",
                index + 1
            ),
            Self::BeforeStart { index } => {
                write!(f, "clock event {} stands before any start; start the clock first", index + 1)
            }
            Self::StartedTwice { index } => {
                write!(f, "clock event {} starts a running clock; open a new clock instead", index + 1)
            }
            Self::AfterStop { index } => {
                write!(f, "clock event {} follows the stop; a reopened case opens a new clock", index + 1)
            }
            Self::AlreadyPaused { index } => write!(
                f,
                "clock event {} pauses again for a reason that is pausing already; resume it first",
                index + 1
            ),
            Self::NotPaused { index } => {
                write!(f, "clock event {} resumes a pause that is not there; check its reason", index + 1)
            }
            Self::PauseEndsBeforeItBegins { index } => write!(
                f,
                "clock event {} pauses until an instant that is not after its own; check the window",
                index + 1
            ),
            Self::TermsMissing { needed, given } => write!(
                f,
                "the clock went through {needed} sets of terms but {given} were given; pass one for each change"
            ),
            Self::BadTarget { target_us } => {
                write!(
                    f,
                    "a target of {target_us} µs doesn't work; it must lie between 1 second and 10 years"
                )
            }
            Self::BadWarnings => {
                write!(f, "warnings must rise, lie between 1 and 99 percent and be at most eight")
            }
            Self::Calendar(inner) => inner.fmt(f),
        }
    }
}

impl std::error::Error for ClockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Calendar(inner) => Some(inner),
            _ => None,
        }
    }
}

impl From<CalendarError> for ClockError {
    fn from(inner: CalendarError) -> Self {
        Self::Calendar(inner)
    }
}
