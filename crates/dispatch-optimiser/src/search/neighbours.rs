//! For each job the jobs near it that some engineer could do on the same route.

use super::model::{Metric, Model, flag};

/// Neighbour lists, nearest first, itself leading.
pub(crate) struct Neighbours {
    first: Vec<u32>,
    list: Vec<u32>,
}

impl Neighbours {
    /// At most `most` neighbours each.
    pub(crate) fn new<M: Metric>(model: &Model<M>, most: usize) -> Self {
        let jobs = model.jobs;
        let mut on_route: Vec<Vec<u32>> = vec![Vec::new(); model.routes];
        for j in 0..jobs {
            for &r in model.candidates(j).0 {
                on_route[r as usize].push(j as u32);
            }
        }
        let mut seen = vec![u32::MAX; jobs];
        let (mut first, mut list) = (Vec::with_capacity(jobs + 1), Vec::with_capacity(jobs * most.min(jobs)));
        let mut near: Vec<(i32, u32)> = Vec::new();
        let mut kinds = vec![u32::MAX; model.kinds];
        for j in 0..jobs {
            first.push(list.len() as u32);
            near.clear();
            let a = &model.nodes[j];
            for &r in model.candidates(j).0 {
                // Routes of one kind serve the same jobs.
                if std::mem::replace(&mut kinds[model.kind[r as usize] as usize], j as u32) == j as u32 {
                    continue;
                }
                for &k in &on_route[r as usize] {
                    if k as usize != j && std::mem::replace(&mut seen[k as usize], j as u32) != j as u32 {
                        let b = &model.nodes[k as usize];
                        let way = model.metric.seconds(a.loc, b.loc);
                        let way =
                            if M::SYMMETRIC { way } else { way.min(model.metric.seconds(b.loc, a.loc)) };
                        near.push((way, k));
                    }
                }
            }
            let keep = most.min(near.len());
            if keep < near.len() {
                near.select_nth_unstable(keep);
            }
            near.truncate(keep);
            near.sort_unstable();
            list.push(j as u32);
            list.extend(near.iter().map(|(_, k)| *k));
        }
        first.push(list.len() as u32);
        debug_assert!(model.nodes.iter().take(jobs).all(|n| n.flags & flag::BREAK == 0));
        Self { first, list }
    }

    /// The job itself, then its neighbours.
    #[inline]
    pub(crate) fn of(&self, j: usize) -> &[u32] {
        &self.list[self.first[j] as usize..self.first[j + 1] as usize]
    }
}
