//! Faults drawn from a history.

use cases::Severity;
use jiff::tz::TimeZone;
use kit::Ts;
use kit::uuid::Uuid;
use organisation::{Point, UnitId};
use visits::{Window, WorkOrderId, WorkOrderKind};

use super::History;
use crate::model::Access;
use crate::model::plan::PlanOrder;

/// A site where a fault may happen.
#[derive(Clone, Debug)]
pub struct SimulatedSite {
    /// Its name.
    pub name: String,
    /// Where.
    pub place: Option<Point>,
    /// The zone of its times.
    pub zone: String,
    /// The units whose engineers are responsible.
    pub units: Vec<UnitId>,
    /// When it lets people in.
    pub access: Access,
}

/// A fault that was.
#[derive(Clone, Debug)]
pub struct PastFault {
    /// When the visit was agreed: the arrival clock began.
    pub agreed_at: Ts,
    /// Number of its site.
    pub site: usize,
    /// How grave.
    pub severity: Severity,
    /// The skill it needed.
    pub skill: Option<String>,
    /// Minutes of work as planned.
    pub planned_min: i64,
    /// Minutes from arrival to leaving, if that was recorded.
    pub worked_min: Option<i64>,
}

/// How long after the agreement an arrival is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets {
    /// Minutes, major faults (P44).
    pub major_min: i64,
    /// Minutes, normal faults (P45).
    pub normal_min: i64,
}

/// A fault that is to come, with what chance makes of it: no policy sees more than the order.
#[derive(Clone, Debug)]
pub struct Fault {
    /// When the visit is agreed.
    pub at: Ts,
    /// When somebody is to be there.
    pub due_at: Ts,
    /// What the planner sees of it.
    pub order: PlanOrder,
    /// How long the work takes.
    pub work_us: i64,
    /// How much longer the way there takes than reckoned, in thousandths.
    pub road_milli: i64,
}

/// A small generator (splitmix64): the same seed gives the same faults on every machine.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed ^ 0x5851_f42d_4c95_7f2d)
    }

    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.word() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `many`; 0 if there are none.
    pub(super) fn below(&mut self, many: usize) -> usize {
        ((self.share() * many as f64) as usize).min(many.saturating_sub(1))
    }

    /// How many of something that happens `mean` times on average.
    fn times(&mut self, mean: f64) -> usize {
        let (limit, mut product, mut times) = ((-mean.min(500.0)).exp(), self.share(), 0);
        while product > limit {
            product *= self.share();
            times += 1;
        }
        times
    }
}

/// How often faults come: by hour of the day and by weekday, each smoothed so that what was not seen may still happen.
struct Rates {
    per_day: f64,
    hours: [f64; 24],
    weekdays: [f64; 7],
}

impl Rates {
    fn of(history: &History, zone: &TimeZone) -> Self {
        let (mut hours, mut weekdays) = ([0.5; 24], [0.0; 7]);
        for fault in &history.faults {
            let local = fault.agreed_at.timestamp().to_zoned(zone.clone());
            hours[usize::try_from(local.hour()).unwrap_or(0) % 24] += 1.0;
            weekdays[usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or(0) % 7] += 1.0;
        }
        let days = (history.observed.1.micros() - history.observed.0.micros()) as f64 / Ts::DAY as f64;
        let all: f64 = hours.iter().sum();
        // Each weekday counts as if a week's mean had been seen once more.
        let mean = history.faults.len() as f64 / 7.0;
        let weekdays = weekdays.map(|seen| if mean > 0.0 { (seen + mean) / (2.0 * mean) } else { 1.0 });
        Self { per_day: history.faults.len() as f64 / days.max(1.0), hours: hours.map(|h| h / all), weekdays }
    }
}

/// The faults of `days` days from `start`, `load` times as many as the history shows, the earliest first.
#[must_use]
pub fn stream(
    history: &History,
    zone: &TimeZone,
    (start, days): (Ts, i64),
    load: f64,
    targets: Targets,
    seed: u64,
) -> Vec<Fault> {
    if history.faults.is_empty() || history.sites.is_empty() {
        return Vec::new();
    }
    let rates = Rates::of(history, zone);
    let mut chance = Chance::new(seed);
    let mut weights = vec![1.0; history.sites.len()];
    for fault in &history.faults {
        weights[fault.site] += 1.0;
    }
    let mut sum = 0.0;
    let ladder: Vec<f64> = weights
        .iter()
        .map(|w| {
            sum += w;
            sum
        })
        .collect();
    let mut faults = Vec::new();
    for hour in 0..days * 24 {
        let from = start.plus(hour * Ts::HOUR);
        let local = from.timestamp().to_zoned(zone.clone());
        let of_hour = rates.hours[usize::try_from(local.hour()).unwrap_or(0) % 24];
        let of_day =
            rates.weekdays[usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or(0) % 7];
        for _ in 0..chance.times(rates.per_day * of_hour * of_day * load) {
            let at = from.plus((chance.share() * Ts::HOUR as f64) as i64);
            let rung = chance.share() * sum;
            let site = &history.sites[ladder.partition_point(|s| *s <= rung).min(ladder.len() - 1)];
            let like = &history.faults[chance.below(history.faults.len())];
            let worked = &history.faults[chance.below(history.faults.len())];
            faults.push(fault(at, site, like, worked, targets, &mut chance));
        }
    }
    faults.sort_by_key(|f| f.at);
    for (n, fault) in (1_u128..).zip(&mut faults) {
        fault.order.id = WorkOrderId(Uuid::from_u128(n));
        fault.order.number = format!("S{n:05}");
    }
    faults
}

fn fault(
    at: Ts,
    site: &SimulatedSite,
    like: &PastFault,
    worked: &PastFault,
    targets: Targets,
    chance: &mut Chance,
) -> Fault {
    let target = match like.severity {
        Severity::Major => targets.major_min,
        Severity::Normal => targets.normal_min,
    };
    let due_at = at.plus(target * Ts::MINUTE);
    // How much longer work takes than planned is as it was seen of some fault; where nobody recorded it, a guess.
    let guess = 0.75 + 0.3 * chance.share() + 0.5 * chance.share().powi(3);
    let longer = match worked.worked_min {
        Some(minutes) => (minutes as f64 / worked.planned_min.max(1) as f64).clamp(0.4, 2.5),
        None => guess,
    };
    let road = 0.88 + 0.14 * chance.share() + 0.4 * chance.share().powi(3);
    Fault {
        at,
        due_at,
        work_us: ((like.planned_min * Ts::MINUTE) as f64 * longer) as i64,
        road_milli: (road * 1000.0) as i64,
        order: PlanOrder {
            id: WorkOrderId(Uuid::from_u128(0)),
            number: String::new(),
            version: 1,
            kind: WorkOrderKind::Repair,
            severity: like.severity,
            site_name: site.name.clone(),
            zone: site.zone.clone(),
            place: site.place,
            skill: like.skill.clone(),
            duration_min: like.planned_min.clamp(1, 1440),
            wish: Window { start: at, end: due_at },
            promised: None,
            due_at: Some(due_at),
            units: site.units.clone(),
            access: site.access.clone(),
            last_engineer: None,
        },
    }
}
