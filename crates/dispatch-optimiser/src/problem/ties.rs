//! Crews and orders between jobs, as the file names them.

use std::collections::BTreeMap;

use super::raw::RawJob;
use super::{Fault, Job};

/// Joins the two jobs of each crew.
pub(super) fn crews(raw: &[RawJob], jobs: &mut [Job]) -> Result<(), Fault> {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (nth, job) in raw.iter().enumerate() {
        if let Some(crew) = &job.crew {
            members.entry(crew).or_default().push(nth);
        }
    }
    for (crew, members) in members {
        let &[a, b] = members.as_slice() else {
            return Err(Fault::new(
                format!("jobs[{}].crew", members[0]),
                format!("crew “{crew}” has {} jobs; a crew is two", members.len()),
            ));
        };
        jobs[a].crew = Some(b as u32);
        jobs[b].crew = Some(a as u32);
    }
    Ok(())
}

/// Refuses orders that lead back to themselves, crews counted as one.
pub(super) fn no_circle(jobs: &[Job]) -> Result<(), Fault> {
    let head = |j: usize| jobs[j].crew.map_or(j, |c| j.min(c as usize));
    let mut waits = vec![0u32; jobs.len()];
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); jobs.len()];
    for (j, job) in jobs.iter().enumerate() {
        for &(before, _) in &job.after {
            leads[head(before as usize)].push(head(j));
            waits[head(j)] += 1;
        }
    }
    let mut ready: Vec<usize> = (0..jobs.len()).filter(|&j| waits[j] == 0).collect();
    let mut done = 0;
    while let Some(j) = ready.pop() {
        done += 1;
        for next in std::mem::take(&mut leads[j]) {
            waits[next] -= 1;
            if waits[next] == 0 {
                ready.push(next);
            }
        }
    }
    match waits.iter().position(|&w| w > 0) {
        Some(j) if done < jobs.len() => Err(Fault::new(
            format!("jobs[{j}].after"),
            "waits, over others, for itself: the order is a circle",
        )),
        _ => Ok(()),
    }
}
