//! A plan: per engineer what he does, in order. Times follow from the order (see [`crate::check`]).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::problem::{Fault, Problem, json_fault};

/// One thing an engineer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// A job, by its place in [`Problem::jobs`].
    Job(u32),
    /// A break, by its place in the engineer's breaks.
    Break(u32),
    /// A stop at a store, by its place in [`Problem::stores`].
    Store(u32),
}

/// Routes by engineer entry; jobs in none of them are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Items in order, one row per engineer entry.
    pub routes: Vec<Vec<Item>>,
}

#[derive(Deserialize, Serialize)]
struct RawAnswer {
    format: String,
    #[serde(default)]
    problem: String,
    routes: Vec<RawRoute>,
}

#[derive(Deserialize, Serialize)]
struct RawRoute {
    engineer: String,
    items: Vec<String>,
}

impl Plan {
    /// An empty plan for `engineers` entries.
    #[must_use]
    pub fn empty(engineers: usize) -> Self {
        Self { routes: vec![Vec::new(); engineers] }
    }

    /// The plan as fsp-solution-1.
    #[must_use]
    pub fn to_json(&self, problem: &Problem) -> String {
        let routes = self.routes.iter().zip(&problem.engineers).filter(|(items, _)| !items.is_empty());
        let answer = RawAnswer {
            format: "fsp-solution-1".into(),
            problem: problem.name.clone(),
            routes: routes
                .map(|(items, e)| RawRoute {
                    engineer: e.id.clone(),
                    items: items.iter().map(|i| item_name(problem, *i)).collect(),
                })
                .collect(),
        };
        serde_json::to_string(&answer).unwrap_or_default()
    }

    /// Reads fsp-solution-1.
    ///
    /// # Errors
    /// The first [`Fault`]: names the problem does not know, an engineer twice. Whether the plan holds is the checker's.
    pub fn read(problem: &Problem, text: &str) -> Result<Self, Fault> {
        let raw: RawAnswer = serde_json::from_str(text).map_err(json_fault)?;
        if raw.format != "fsp-solution-1" {
            return Err(Fault::new("format", format!("“{}” is not fsp-solution-1", raw.format)));
        }
        let engineers: HashMap<&str, usize> =
            problem.engineers.iter().enumerate().map(|(n, e)| (e.id.as_str(), n)).collect();
        let jobs: HashMap<&str, u32> =
            problem.jobs.iter().zip(0..).map(|(j, n)| (j.id.as_str(), n)).collect();
        let stores: HashMap<&str, u32> =
            problem.stores.iter().zip(0..).map(|(s, n)| (s.id.as_str(), n)).collect();
        let mut plan = Self::empty(problem.engineers.len());
        let mut used = vec![false; problem.engineers.len()];
        for (nth, route) in raw.routes.iter().enumerate() {
            let place = format!("routes[{nth}]");
            let Some(&e) = engineers.get(route.engineer.as_str()) else {
                return Err(Fault::new(place, format!("there is no engineer “{}”", route.engineer)));
            };
            if std::mem::replace(&mut used[e], true) {
                return Err(Fault::new(place, format!("a second route of {}", route.engineer)));
            }
            plan.routes[e] = read_items(
                &place,
                &route.items,
                &|id| jobs.get(id).copied(),
                &|id| stores.get(id).copied(),
                problem.engineers[e].breaks.len(),
            )?;
        }
        Ok(plan)
    }
}

/// An item as the file names it.
#[must_use]
pub fn item_name(problem: &Problem, item: Item) -> String {
    match item {
        Item::Job(j) => problem.jobs[j as usize].id.clone(),
        Item::Break(k) => format!("break:{k}"),
        Item::Store(s) => format!("store:{}", problem.stores[s as usize].id),
    }
}

pub(crate) fn read_items(
    place: &str,
    names: &[String],
    job: &dyn Fn(&str) -> Option<u32>,
    store: &dyn Fn(&str) -> Option<u32>,
    breaks: usize,
) -> Result<Vec<Item>, Fault> {
    let read = |(nth, name): (usize, &String)| {
        let at = || format!("{place}.items[{nth}]");
        if let Some(k) = name.strip_prefix("break:") {
            return match k.parse::<u32>() {
                Ok(k) if (k as usize) < breaks => Ok(Item::Break(k)),
                _ => Err(Fault::new(at(), format!("“{name}” is none of the engineer's {breaks} breaks"))),
            };
        }
        if let Some(id) = name.strip_prefix("store:") {
            return store(id)
                .map(Item::Store)
                .ok_or_else(|| Fault::new(at(), format!("there is no store “{id}”")));
        }
        job(name).map(Item::Job).ok_or_else(|| Fault::new(at(), format!("there is no job “{name}”")))
    };
    names.iter().enumerate().map(read).collect()
}
