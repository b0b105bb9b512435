//! Reading fsp-1: first the shape (serde), then every number and name against what it must mean.

use std::collections::{BTreeMap, HashMap};

use super::raw::{RawEngineer, RawJob, RawObjective, RawProblem, RawStore, RawTravel};
use super::ties::{crews, no_circle};
use super::{
    Break, ChangePrice, DEFAULT_MANDATORY_COST, Engineer, Fault, Job, MOST_PRICE, MOST_ROWS, MOST_SECONDS,
    MOST_SPAN, MOST_WEIGHT, Overtime, Prices, Priority, Problem, Store, Travel, Window,
};
use crate::plan::{Item, read_items};

/// Numbers for names, in order of appearance.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    number: HashMap<String, u32>,
}

impl Names {
    fn of(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.number.get(name) {
            return known;
        }
        let next = self.list.len() as u32;
        self.list.push(name.to_owned());
        self.number.insert(name.to_owned(), next);
        next
    }

    fn set(&mut self, names: &[String]) -> Vec<u32> {
        let mut set: Vec<u32> = names.iter().map(|n| self.of(n)).collect();
        set.sort_unstable();
        set.dedup();
        set
    }
}

fn within(place: impl FnOnce() -> String, value: i64, least: i64, most: i64) -> Result<i64, Fault> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Fault::new(place(), format!("{value} is not between {least} and {most}")))
}

fn moment(place: impl FnOnce() -> String, value: i64) -> Result<i32, Fault> {
    within(place, value, -MOST_SECONDS, MOST_SECONDS).map(|v| v as i32)
}

fn span(place: impl FnOnce() -> String, value: i64) -> Result<i32, Fault> {
    within(place, value, 0, MOST_SPAN).map(|v| v as i32)
}

fn window(place: impl Fn() -> String, [open, close]: [i64; 2]) -> Result<Window, Fault> {
    let pair = Window { open_s: moment(&place, open)?, close_s: moment(&place, close)? };
    if open > close {
        return Err(Fault::new(place(), format!("closes at {close}, before it opens at {open}")));
    }
    Ok(pair)
}

fn unique(place: &str, ids: impl Iterator<Item = String>) -> Result<HashMap<String, u32>, Fault> {
    let mut seen = HashMap::new();
    for (nth, id) in ids.enumerate() {
        if id.starts_with("break:") || id.starts_with("store:") {
            return Err(Fault::new(
                format!("{place}[{nth}].id"),
                format!("“{id}” begins like a break or a store stop"),
            ));
        }
        if let Some(first) = seen.insert(id.clone(), nth as u32) {
            return Err(Fault::new(format!("{place}[{nth}].id"), format!("“{id}” is also {place}[{first}]")));
        }
    }
    Ok(seen)
}

impl Problem {
    /// Reads a problem in format fsp-1.
    ///
    /// # Errors
    /// The first [`Fault`], with its place in the file.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let raw: RawProblem = serde_json::from_str(text).map_err(json_fault)?;
        if raw.format != "fsp-1" {
            return Err(Fault::new("format", format!("“{}” is not fsp-1", raw.format)));
        }
        for (place, rows) in
            [("jobs", raw.jobs.len()), ("engineers", raw.engineers.len()), ("locations", raw.locations.len())]
        {
            if rows > MOST_ROWS {
                return Err(Fault::new(
                    place,
                    format!("{rows} rows; at most {MOST_ROWS} are planned at once"),
                ));
            }
        }
        let travel = travel(raw.travel, raw.locations)?;
        let now_s = moment(|| "now".into(), raw.now)?;
        let engineer_number = unique("engineers", raw.engineers.iter().map(|e| e.id.clone()))?;
        let job_number = unique("jobs", raw.jobs.iter().map(|j| j.id.clone()))?;
        let store_number = unique("stores", raw.stores.iter().map(|s| s.id.clone()))?;
        let mut reading = Reading {
            places: travel.locations() as i64,
            engineers: engineer_number,
            jobs: job_number,
            people: Names::default(),
            skills: Names::default(),
            territories: Names::default(),
            parts: Names::default(),
        };
        let mut vans: Vec<Vec<(u32, i32)>> = Vec::new();
        let mut van_of: HashMap<u32, u32> = HashMap::new();
        let engineers = raw
            .engineers
            .iter()
            .enumerate()
            .map(|(nth, e)| reading.engineer(nth, e, &mut vans, &mut van_of))
            .collect::<Result<Vec<_>, _>>()?;
        let jobs =
            raw.jobs.iter().enumerate().map(|(nth, j)| reading.job(nth, j)).collect::<Result<Vec<_>, _>>()?;
        let stocks: Vec<_> = raw
            .stores
            .iter()
            .enumerate()
            .map(|(nth, s)| reading.stock(&format!("stores[{nth}].stock"), &s.stock))
            .collect::<Result<_, _>>()?;
        let part_count = reading.parts.list.len();
        let full = |pairs: &[(u32, i32)]| {
            let mut row = vec![0; part_count];
            for &(part, count) in pairs {
                row[part as usize] = count;
            }
            row
        };
        let stores = raw
            .stores
            .iter()
            .zip(&stocks)
            .enumerate()
            .map(|(nth, (s, stock))| reading.store(nth, s, full(stock)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut problem = Self {
            name: raw.name,
            now_s,
            travel,
            prices: prices(&raw.objective)?,
            engineers,
            people: reading.people.list,
            jobs,
            stores,
            vans: vans.iter().map(|pairs| full(pairs)).collect(),
            parts: reading.parts.list,
            skills: reading.skills.list,
            territories: reading.territories.list,
            initial: Vec::new(),
        };
        crews(&raw.jobs, &mut problem.jobs)?;
        no_circle(&problem.jobs)?;
        let mut initial: Vec<Vec<Item>> = vec![Vec::new(); problem.engineers.len()];
        let mut used = vec![false; problem.engineers.len()];
        for (nth, route) in raw.initial.iter().enumerate() {
            let place = format!("initial[{nth}]");
            let &e = reading
                .engineers
                .get(&route.engineer)
                .ok_or_else(|| unknown(&place, "engineer", &route.engineer))?;
            if std::mem::replace(&mut used[e as usize], true) {
                return Err(Fault::new(place, format!("a second route of {}", route.engineer)));
            }
            initial[e as usize] = read_items(
                &place,
                &route.items,
                &|id| reading.jobs.get(id).copied(),
                &|id| store_number.get(id).copied(),
                problem.engineers[e as usize].breaks.len(),
            )?;
        }
        problem.initial = initial;
        Ok(problem)
    }
}

struct Reading {
    places: i64,
    engineers: HashMap<String, u32>,
    jobs: HashMap<String, u32>,
    people: Names,
    skills: Names,
    territories: Names,
    parts: Names,
}

impl Reading {
    fn place(&self, at: impl FnOnce() -> String, location: i64) -> Result<u32, Fault> {
        if (0..self.places).contains(&location) {
            return Ok(location as u32);
        }
        Err(Fault::new(at(), format!("{location} is none of the {} locations (counted from 0)", self.places)))
    }

    fn stock(&mut self, at: &str, stock: &BTreeMap<String, i64>) -> Result<Vec<(u32, i32)>, Fault> {
        stock
            .iter()
            .map(|(name, &count)| {
                let count = within(|| format!("{at}.{name}"), count, 0, MOST_SPAN)? as i32;
                Ok((self.parts.of(name), count))
            })
            .collect()
    }

    fn engineer(
        &mut self,
        nth: usize,
        e: &RawEngineer,
        vans: &mut Vec<Vec<(u32, i32)>>,
        van_of: &mut HashMap<u32, u32>,
    ) -> Result<Engineer, Fault> {
        let at = |field: &str| format!("engineers[{nth}].{field}");
        let person = self.people.of(e.person.as_deref().unwrap_or(&e.id));
        let stock = match &e.stock {
            Some(stock) => Some(self.stock(&at("stock"), stock)?),
            None => None,
        };
        let van = match (van_of.get(&person), stock) {
            (Some(_), Some(_)) => {
                return Err(Fault::new(
                    at("stock"),
                    "this person's van already has a stock: give it with the first day only",
                ));
            }
            (Some(&van), None) => van,
            (None, stock) => {
                vans.push(stock.unwrap_or_default());
                let van = vans.len() as u32 - 1;
                van_of.insert(person, van);
                van
            }
        };
        let shift = window(|| at("shift"), e.shift)?;
        let overtime = match &e.overtime {
            None => None,
            Some(o) => {
                let until_s = moment(|| at("overtime.until"), o.until)?;
                if until_s < shift.close_s {
                    return Err(Fault::new(
                        at("overtime.until"),
                        format!("{until_s} is before the end of the shift"),
                    ));
                }
                Some(Overtime {
                    until_s,
                    weight: within(|| at("overtime.weight"), o.weight, 0, MOST_WEIGHT)?,
                })
            }
        };
        let breaks = e.breaks.iter().enumerate().map(|(k, b)| {
            let w = window(|| at(&format!("breaks[{k}].window")), b.window)?;
            let duration_s = span(|| at(&format!("breaks[{k}].duration")), b.duration)?;
            Ok(Break { open_s: w.open_s, latest_s: w.close_s, duration_s })
        });
        Ok(Engineer {
            id: e.id.clone(),
            person,
            start: self.place(|| at("start"), e.start)?,
            end: self.place(|| at("end"), e.end)?,
            from_s: shift.open_s,
            to_s: shift.close_s,
            overtime,
            breaks: breaks.collect::<Result<_, Fault>>()?,
            skills: self.skills.set(&e.skills),
            territories: self.territories.set(&e.territories),
            van,
        })
    }

    fn engineer_named(&self, at: &str, id: &str) -> Result<u32, Fault> {
        self.engineers.get(id).copied().ok_or_else(|| unknown(at, "engineer", id))
    }

    fn job(&mut self, nth: usize, j: &RawJob) -> Result<Job, Fault> {
        let at = |field: &str| format!("jobs[{nth}].{field}");
        let mut windows = Vec::new();
        for (k, &pair) in j.windows.iter().flatten().enumerate() {
            windows.push(window(|| at(&format!("windows[{k}]")), pair)?);
        }
        if windows.is_empty() {
            windows.push(Window { open_s: -(MOST_SECONDS as i32), close_s: MOST_SECONDS as i32 });
        }
        let mut bounds = Window { open_s: -(MOST_SECONDS as i32), close_s: MOST_SECONDS as i32 };
        let mut narrow = |w: Window| {
            bounds = Window { open_s: bounds.open_s.max(w.open_s), close_s: bounds.close_s.min(w.close_s) };
        };
        if let Some(release) = j.release {
            narrow(Window { open_s: moment(|| at("release"), release)?, close_s: MOST_SECONDS as i32 });
        }
        if let Some(promised) = j.promised {
            narrow(window(|| at("promised"), promised)?);
        }
        let mut pinned = None;
        if let Some(pin) = &j.pinned {
            pinned = Some(self.engineer_named(&at("pinned.engineer"), &pin.engineer)?);
            if let Some(start) = pin.start {
                let start = moment(|| at("pinned.start"), start)?;
                narrow(Window { open_s: start, close_s: start });
            }
        }
        let windows = narrowed(windows, bounds);
        let preferred = match &j.preferred {
            None => None,
            Some(p) => {
                let people = self.people.set(&p.people);
                Some((people, within(|| at("preferred.cost"), p.cost, 0, MOST_PRICE)?))
            }
        };
        let published = match &j.published {
            None => None,
            Some(p) => Some((
                self.engineer_named(&at("published.engineer"), &p.engineer)?,
                moment(|| at("published.start"), p.start)?,
            )),
        };
        let after = j.after.iter().enumerate().map(|(k, a)| {
            let place = at(&format!("after[{k}]"));
            let &job = self.jobs.get(&a.job).ok_or_else(|| unknown(&place, "job", &a.job))?;
            Ok((job, span(|| format!("{place}.gap"), a.gap)?))
        });
        let after = after.collect::<Result<_, Fault>>()?;
        Ok(Job {
            id: j.id.clone(),
            location: self.place(|| at("location"), j.location)?,
            duration_s: span(|| at("duration"), j.duration)?,
            skills: self.skills.set(&j.skills),
            territory: j.territory.as_deref().filter(|t| !t.is_empty()).map(|t| self.territories.of(t)),
            windows,
            due_s: j.due.map(|due| moment(|| at("due"), due)).transpose()?,
            late_weight: within(|| at("late_weight"), j.late_weight, 0, MOST_WEIGHT)?,
            unserved_cost: within(|| at("unserved_cost"), j.unserved_cost, 0, MOST_PRICE)?,
            priority: match j.priority.as_deref() {
                Some("major") => Priority::Major,
                None | Some("normal") => Priority::Normal,
                Some("planned") => Priority::Planned,
                Some(other) => {
                    return Err(Fault::new(
                        at("priority"),
                        format!("“{other}” is none of major, normal, planned"),
                    ));
                }
            },
            parts: self.stock(&at("parts"), &j.parts)?.into_iter().filter(|&(_, count)| count > 0).collect(),
            pinned,
            promised: j.promised.is_some(),
            preferred,
            published,
            crew: None,
            after,
        })
    }

    fn store(&self, nth: usize, s: &RawStore, stock: Vec<i32>) -> Result<Store, Fault> {
        let at = |field: &str| format!("stores[{nth}].{field}");
        Ok(Store {
            id: s.id.clone(),
            location: self.place(|| at("location"), s.location)?,
            window: window(|| at("window"), s.window.unwrap_or([-MOST_SECONDS, MOST_SECONDS]))?,
            duration_s: span(|| at("duration"), s.duration)?,
            stock,
        })
    }
}

/// Windows cut to `bounds`, ascending and apart; a single one that can't be met when nothing is left.
fn narrowed(mut windows: Vec<Window>, bounds: Window) -> Vec<Window> {
    windows.sort_unstable_by_key(|w| (w.open_s, w.close_s));
    let mut apart: Vec<Window> = Vec::new();
    for w in windows {
        let w = Window { open_s: w.open_s.max(bounds.open_s), close_s: w.close_s.min(bounds.close_s) };
        match apart.last_mut() {
            _ if w.open_s > w.close_s => {}
            Some(last) if w.open_s <= last.close_s => last.close_s = last.close_s.max(w.close_s),
            _ => apart.push(w),
        }
    }
    if apart.is_empty() {
        // Nobody arrives this early: the job can only be left out, and the explanation says so.
        apart.push(Window { open_s: -(MOST_SECONDS as i32), close_s: -(MOST_SECONDS as i32) });
    }
    apart
}

fn unknown(place: &str, kind: &str, id: &str) -> Fault {
    Fault::new(place, format!("there is no {kind} “{id}”"))
}

pub(crate) fn json_fault(error: serde_json::Error) -> Fault {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default().to_owned();
    Fault::new(format!("line {} column {}", error.line(), error.column()), what)
}

fn prices(raw: &RawObjective) -> Result<Prices, Fault> {
    let change = match &raw.change {
        None => None,
        Some(c) => Some(ChangePrice {
            cost: within(|| "objective.change.cost".into(), c.cost, 0, MOST_PRICE)?,
            near_cost: within(|| "objective.change.near_cost".into(), c.near_cost, 0, MOST_PRICE)?,
            horizon_s: span(|| "objective.change.horizon".into(), c.horizon)?,
        }),
    };
    Ok(Prices {
        travel_weight: within(
            || "objective.travel_weight".into(),
            raw.travel_weight.unwrap_or(1),
            0,
            MOST_WEIGHT,
        )?,
        mandatory_cost: within(
            || "objective.mandatory_cost".into(),
            raw.mandatory_cost.unwrap_or(DEFAULT_MANDATORY_COST),
            0,
            MOST_PRICE,
        )?,
        change,
    })
}

fn travel(raw: RawTravel, points: Vec<[f64; 2]>) -> Result<Travel, Fault> {
    match raw.kind.as_str() {
        "euclid" => {
            let positive = |name: &str, value: Option<f64>| match value {
                Some(v) if v.is_finite() && v > 0.0 => Ok(v),
                Some(v) => Err(Fault::new(format!("travel.{name}"), format!("{v} is not above zero"))),
                None => Err(Fault::new(format!("travel.{name}"), "missing, and euclid needs it")),
            };
            let detour = positive("detour", raw.detour)?;
            let scale = detour / positive("metres_per_second", raw.metres_per_second)?;
            let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
            for p in &points {
                for axis in 0..2 {
                    low[axis] = low[axis].min(p[axis]);
                    high[axis] = high[axis].max(p[axis]);
                }
            }
            let across = (high[0] - low[0]).hypot(high[1] - low[1]) * scale;
            if !points.is_empty() && (across.is_nan() || across > MOST_SPAN as f64) {
                return Err(Fault::new(
                    "locations",
                    format!("the farthest two lie {across:.0} s apart, over {MOST_SPAN}"),
                ));
            }
            Ok(Travel::Euclid { points, scale })
        }
        "matrix" => {
            let rows =
                raw.seconds.ok_or_else(|| Fault::new("travel.seconds", "missing, and matrix needs it"))?;
            let side = rows.len();
            if side > MOST_ROWS {
                return Err(Fault::new(
                    "travel.seconds",
                    format!("{side} rows; at most {MOST_ROWS} are planned at once"),
                ));
            }
            if !points.is_empty() && points.len() != side {
                return Err(Fault::new(
                    "travel.seconds",
                    format!("{side} rows for {} locations", points.len()),
                ));
            }
            let mut seconds = Vec::with_capacity(side * side);
            for (from, row) in rows.iter().enumerate() {
                if row.len() != side {
                    return Err(Fault::new(
                        format!("travel.seconds[{from}]"),
                        format!("{} entries for {side} rows", row.len()),
                    ));
                }
                for (to, &s) in row.iter().enumerate() {
                    seconds.push(span(|| format!("travel.seconds[{from}][{to}]"), s)?);
                }
            }
            Ok(Travel::Matrix { side, seconds })
        }
        other => Err(Fault::new("travel.kind", format!("“{other}” is neither euclid nor matrix"))),
    }
}
