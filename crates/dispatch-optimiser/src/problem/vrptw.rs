//! VRPTW instances (Solomon and Homberger text form) as problems, in the DIMACS convention: distances and times × 10,
//! distances truncated, objective = total distance.

use super::{
    DEFAULT_MANDATORY_COST, Engineer, Fault, Job, MOST_SPAN, Prices, Priority, Problem, Travel, Window,
};

/// A VRPTW instance as a problem: job number = customer number − 1.
#[derive(Clone, Debug)]
pub struct Vrptw {
    /// The problem; one engineer per vehicle, one part = the load.
    pub problem: Problem,
}

impl Vrptw {
    /// Lines `Route #1: 5 3 17` of a plan, customers by number, empty vehicles left away.
    #[must_use]
    pub fn lines(&self, plan: &crate::Plan) -> Vec<String> {
        let routes = plan.routes.iter().map(|items| {
            items
                .iter()
                .filter_map(|i| if let crate::Item::Job(j) = i { Some((j + 1).to_string()) } else { None })
        });
        routes
            .map(|customers| customers.collect::<Vec<_>>())
            .filter(|customers| !customers.is_empty())
            .enumerate()
            .map(|(nth, customers)| format!("Route #{}: {}", nth + 1, customers.join(" ")))
            .collect()
    }
}

/// Reads an instance.
///
/// # Errors
/// The first [`Fault`], with its line.
pub fn read_vrptw(text: &str) -> Result<Vrptw, Fault> {
    let lines: Vec<(usize, Vec<&str>)> = text
        .lines()
        .enumerate()
        .map(|(nth, line)| (nth + 1, line.split_whitespace().collect::<Vec<_>>()))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let name = lines.first().map(|(_, words)| words[0].to_owned()).unwrap_or_default();
    let head = lines
        .iter()
        .position(|(_, words)| words[0].eq_ignore_ascii_case("NUMBER"))
        .ok_or_else(|| Fault::new("line 1", "no line NUMBER CAPACITY: this is no VRPTW instance"))?;
    let (fleet_line, fleet) = lines.get(head + 1).ok_or_else(|| Fault::new("the end", "no vehicles"))?;
    let number = |line: usize, words: &[&str], nth: usize| -> Result<i64, Fault> {
        let word = words.get(nth).copied().unwrap_or("nothing");
        let value: f64 =
            word.parse().map_err(|_| Fault::new(format!("line {line}"), format!("“{word}” is no number")))?;
        if !(0.0..=1e7).contains(&value) {
            return Err(Fault::new(format!("line {line}"), format!("{value} is not between 0 and 10000000")));
        }
        Ok(value as i64)
    };
    let vehicles = number(*fleet_line, fleet, 0)? as usize;
    let capacity = number(*fleet_line, fleet, 1)? as i32;
    let mut points: Vec<[f64; 2]> = Vec::new();
    let mut rows: Vec<[i64; 4]> = Vec::new();
    for (line, words) in &lines[head + 2..] {
        if words.len() != 7 || words[0].parse::<i64>().is_err() {
            continue;
        }
        let place = |nth: usize| -> Result<f64, Fault> {
            match words[nth].parse::<f64>() {
                Ok(v) if v.abs() <= 1e6 => Ok(v),
                _ => Err(Fault::new(format!("line {line}"), format!("“{}” is no coordinate", words[nth]))),
            }
        };
        points.push([place(1)?, place(2)?]);
        let mut row = [0; 4];
        for (nth, value) in row.iter_mut().enumerate() {
            *value = number(*line, words, nth + 3)?;
        }
        if row[1] > row[2] {
            return Err(Fault::new(
                format!("line {line}"),
                format!("closes at {}, before it opens at {}", row[2], row[1]),
            ));
        }
        rows.push(row);
    }
    let side = points.len();
    if side == 0 || side > 20_000 || vehicles > 20_000 {
        return Err(Fault::new(
            "the table",
            format!("{side} customers and {vehicles} vehicles can't be planned"),
        ));
    }
    let mut seconds = Vec::with_capacity(side * side);
    for a in &points {
        for b in &points {
            let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
            seconds.push((10.0 * (dx * dx + dy * dy).sqrt() + 1e-9) as i32);
        }
    }
    if i64::from(seconds.iter().copied().max().unwrap_or(0)) > MOST_SPAN {
        return Err(Fault::new("the table", "places too far apart"));
    }
    let tenths = |value: i64| (value * 10) as i32;
    let depot = rows[0];
    let engineer = |nth: usize| Engineer {
        id: format!("V{}", nth + 1),
        person: nth as u32,
        start: 0,
        end: 0,
        from_s: tenths(depot[1]),
        to_s: tenths(depot[2]),
        overtime: None,
        skills: Vec::new(),
        territories: Vec::new(),
        van: nth as u32,
        breaks: Vec::new(),
    };
    let jobs = rows.iter().enumerate().skip(1).map(|(nth, row)| Job {
        id: nth.to_string(),
        location: nth as u32,
        duration_s: tenths(row[3]),
        skills: Vec::new(),
        territory: None,
        windows: vec![Window { open_s: tenths(row[1]), close_s: tenths(row[2]) }],
        due_s: None,
        late_weight: 0,
        unserved_cost: 10_000_000,
        priority: Priority::Planned,
        parts: if row[0] > 0 { vec![(0, row[0] as i32)] } else { Vec::new() },
        pinned: None,
        promised: false,
        preferred: None,
        published: None,
        crew: None,
        after: Vec::new(),
    });
    let problem = Problem {
        name,
        now_s: tenths(depot[1]),
        travel: Travel::Matrix { side, seconds },
        prices: Prices { travel_weight: 1, mandatory_cost: DEFAULT_MANDATORY_COST, change: None },
        engineers: (0..vehicles).map(engineer).collect(),
        people: (0..vehicles).map(|nth| format!("V{}", nth + 1)).collect(),
        jobs: jobs.collect(),
        stores: Vec::new(),
        parts: vec!["load".into()],
        skills: Vec::new(),
        territories: Vec::new(),
        vans: vec![vec![capacity]; vehicles],
        initial: vec![Vec::new(); vehicles],
    };
    Ok(Vrptw { problem })
}
