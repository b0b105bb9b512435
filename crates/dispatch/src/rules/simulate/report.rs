//! What came of a simulation, counted.

use cases::Severity;
use kit::Ts;
use serde::Serialize;

use super::centre::Outcome;
use super::stream::Fault;

/// Arrivals of one severity against their clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SeverityReport {
    /// Faults that were due within the days.
    pub judged: usize,
    /// Of these, those where somebody arrived in time.
    pub on_time: usize,
    /// Mean seconds late over those where somebody came at all, those in time counted as 0.
    pub mean_late_s: i64,
    /// So many seconds late, or less, are 95 of 100 of them.
    pub late_95_s: i64,
}

impl SeverityReport {
    /// Of the seconds late of each judged fault; none where nobody came.
    fn of(all: &[Option<i64>]) -> Self {
        let mut late: Vec<i64> = all.iter().flatten().copied().collect();
        late.sort_unstable();
        let at = (late.len() * 95).div_ceil(100).saturating_sub(1);
        Self {
            judged: all.len(),
            on_time: late.iter().filter(|s| **s <= 0).count(),
            mean_late_s: late.iter().map(|s| (*s).max(0)).sum::<i64>() / late.len().max(1) as i64,
            late_95_s: late.get(at).copied().unwrap_or(0).max(0),
        }
    }

    /// The share in time, in thousandths.
    #[must_use]
    pub fn on_time_milli(&self) -> i64 {
        (self.on_time * 1000 / self.judged.max(1)) as i64
    }
}

/// What a policy made of the faults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Faults in all.
    pub faults: usize,
    /// The 4 h clock.
    pub major: SeverityReport,
    /// The 24 h clock.
    pub normal: SeverityReport,
    /// Both.
    pub all: SeverityReport,
    /// Visits made, those after the last day included.
    pub visits: usize,
    /// Seconds on the way to customers.
    pub travel_s: i64,
    /// Metres on the way to customers.
    pub travel_m: i64,
    /// Metres home from the last customer.
    pub home_m: i64,
    /// Changes of hands or window after the customer was told.
    pub moved: usize,
    /// Faults without an arrival when the days were over.
    pub open: usize,
    /// Faults that nobody came to in the week after either.
    pub never: usize,
    /// Seconds at work after the end of the shift.
    pub overtime_s: i64,
    /// Mean seconds from telling the customer who comes to the arrival.
    pub notice_s: i64,
    /// Seconds of work at customers'.
    pub work_s: i64,
    /// Seconds of all shifts.
    pub shift_s: i64,
}

impl Report {
    /// Counts what came of `faults` until `end`, in one or several parts.
    #[must_use]
    pub fn of(parts: &[(&[Fault], &Outcome)], end: Ts) -> Self {
        let mut report = Self::default();
        let (mut major, mut normal, mut notice_us) = (Vec::new(), Vec::new(), 0);
        for (faults, outcome) in parts {
            report.faults += faults.len();
            let mut arrived = vec![None; faults.len()];
            for visit in &outcome.visits {
                arrived[visit.fault] = Some(visit.arrive);
                report.visits += 1;
                report.travel_s += (visit.arrive.micros() - visit.depart.micros()) / Ts::SECOND;
                report.travel_m += visit.metres;
                report.work_s += (visit.left.micros() - visit.arrive.micros()) / Ts::SECOND;
                notice_us += visit.arrive.micros() - visit.told.micros();
            }
            for (fault, arrived) in faults.iter().zip(&arrived) {
                report.never += usize::from(arrived.is_none());
                report.open += usize::from(arrived.is_none_or(|at| at > end));
                // What falls due later is judged for no policy.
                if fault.due_at <= end {
                    let late_s = arrived.map(|at| (at.micros() - fault.due_at.micros()) / Ts::SECOND);
                    match fault.order.severity {
                        Severity::Major => major.push(late_s),
                        Severity::Normal => normal.push(late_s),
                    }
                }
            }
            report.home_m += outcome.home_m;
            report.moved += outcome.moved;
            report.overtime_s += outcome.overtime_us / Ts::SECOND;
            report.shift_s += outcome.shift_us / Ts::SECOND;
        }
        report.notice_s = notice_us / Ts::SECOND / report.visits.max(1) as i64;
        report.major = SeverityReport::of(&major);
        report.normal = SeverityReport::of(&normal);
        report.all = SeverityReport::of(&[major, normal].concat());
        report
    }
}
