//! What is a part of what: systems of a table, and how they stand to those that are here.

use std::collections::HashMap;

use customers::SiteId;
use customers::from_table::{Bringer, Findings};
use kit::{Failure, Tx};
use tables::Fault;

use super::{Draft, Parent};
use crate::errors::AssetsError;
use crate::model::AssetId;
use crate::rules::DEEPEST;
use crate::store::tables::{self as store, PartOf};

/// Finds the system of each row that names one, and refuses cycles, systems elsewhere, and parts that a move would leave behind.
pub(super) async fn resolve(
    tx: &mut Tx,
    bringer: &Bringer,
    drafts: &mut [Draft],
    findings: &mut Findings,
) -> Result<(), Failure> {
    let concerned = |draft: &&Draft| draft.parent_text.is_some() || draft.parent != Parent::None;
    let mut sites: Vec<SiteId> = drafts.iter().filter(concerned).map(|d| d.place.id).collect();
    sites.sort_unstable();
    sites.dedup();
    let there = store::standing_at(tx, &sites).await?;
    let here = Here::of(drafts, there);
    for draft in drafts.iter_mut() {
        let found = match &draft.parent_text {
            Some(text) => {
                let found = here.find(bringer, text, draft.place.id);
                if found.is_none() {
                    findings.add(Fault::new(draft.row, "parent", text, "parent_not_here"));
                }
                found
            }
            None => match draft.parent {
                Parent::Stored(id) => {
                    Some(here.by_id.get(&id).map_or(Parent::Stored(id), |at| Parent::Row(*at)))
                }
                other => Some(other),
            },
        };
        draft.parent = found.unwrap_or(Parent::None);
    }
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.parent == Parent::None {
            continue;
        }
        let text = draft.parent_text.clone().unwrap_or_default();
        let stands = match draft.parent {
            Parent::Row(other) => drafts[other].place.id == draft.place.id,
            Parent::Stored(id) => here.stored.get(&id).is_some_and(|p| p.site_id == draft.place.id),
            Parent::None => true,
        };
        if !stands {
            findings.refused(draft.row, "parent", &text, AssetsError::ParentElsewhere);
            continue;
        }
        if let Some(refusal) = above(&here, drafts, at) {
            findings.refused(draft.row, "parent", &text, refusal);
        }
    }
    left_behind(tx, drafts, &here, findings).await
}

struct Here {
    by_id: HashMap<AssetId, usize>,
    by_key: HashMap<String, usize>,
    by_serial: HashMap<(SiteId, String), usize>,
    stored: HashMap<AssetId, PartOf>,
    stored_by_key: HashMap<String, AssetId>,
    stored_by_serial: HashMap<(SiteId, String), AssetId>,
}

impl Here {
    fn of(drafts: &[Draft], there: Vec<PartOf>) -> Self {
        let mut here = Self {
            by_id: HashMap::new(),
            by_key: HashMap::new(),
            by_serial: HashMap::new(),
            stored: HashMap::new(),
            stored_by_key: HashMap::new(),
            stored_by_serial: HashMap::new(),
        };
        for (at, draft) in drafts.iter().enumerate() {
            here.by_id.extend(draft.asset.id.map(|id| (id, at)));
            here.by_key.extend(draft.asset.key.clone().map(|key| (key, at)));
            here.by_serial.insert((draft.place.id, draft.asset.serial_key.clone()), at);
        }
        for one in there {
            here.stored_by_key.extend(one.key.clone().map(|key| (key, one.id)));
            here.stored_by_serial.insert((one.site_id, one.serial_key.clone()), one.id);
            here.stored.insert(one.id, one);
        }
        here
    }

    // By the other system's number, else by serial at the same site.
    fn find(&self, bringer: &Bringer, text: &str, site: SiteId) -> Option<Parent> {
        let (key, serial) = (bringer.key(text), (site, customers::keys::serial_key(text)));
        let row = |at: &usize| Parent::Row(*at);
        let stored = |id: &AssetId| self.by_id.get(id).map_or(Parent::Stored(*id), |at| Parent::Row(*at));
        self.by_key
            .get(&key)
            .map(row)
            .or_else(|| self.stored_by_key.get(&key).map(stored))
            .or_else(|| self.by_serial.get(&serial).map(row))
            .or_else(|| self.stored_by_serial.get(&serial).map(stored))
    }
}

// Everything above a row, nearest first, until there is nothing more.
fn above(here: &Here, drafts: &[Draft], from: usize) -> Option<AssetsError> {
    let mut at = drafts[from].parent;
    for _ in 1..DEEPEST {
        at = match at {
            Parent::None => return None,
            Parent::Row(row) if row == from => return Some(AssetsError::ParentCycle),
            Parent::Row(row) => drafts[row].parent,
            Parent::Stored(id) => match here.stored.get(&id).and_then(|p| p.parent_asset_id) {
                None => Parent::None,
                Some(id) => here.by_id.get(&id).map_or(Parent::Stored(id), |row| Parent::Row(*row)),
            },
        };
    }
    match at {
        Parent::None => None,
        Parent::Row(row) if row == from => Some(AssetsError::ParentCycle),
        _ => Some(AssetsError::ParentTooDeep { max: DEEPEST }),
    }
}

async fn left_behind(
    tx: &mut Tx,
    drafts: &[Draft],
    here: &Here,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let moved: HashMap<AssetId, usize> = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.stands.as_ref().is_some_and(|s| s.site_id != d.place.id))
        .filter_map(|(at, d)| Some((d.asset.id?, at)))
        .collect();
    let ids: Vec<AssetId> = moved.keys().copied().collect();
    let mut left: HashMap<usize, i64> = HashMap::new();
    for (part, system) in store::parts_of(tx, &ids).await? {
        // A part that has a row of its own is judged there.
        if let (false, Some(at)) = (here.by_id.contains_key(&part), moved.get(&system)) {
            *left.entry(*at).or_default() += 1;
        }
    }
    for (at, parts) in left {
        findings.refused(drafts[at].row, "site", "", AssetsError::PartsLeftBehind { parts });
    }
    Ok(())
}
