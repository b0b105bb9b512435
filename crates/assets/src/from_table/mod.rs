//! Assets from a table: planned with set-based look-ups, then stored in few statements.
//!
//! A row is known again by the other system's number. A table never starts a warranty: that takes a signed acceptance (P28).

mod systems;

use std::collections::{HashMap, HashSet};

use customers::from_table::{Bringer, Findings, Places, PlanCounts, SitePlace, references, truth};
use customers::keys::serial_keys;
use kit::{Cx, Event, Failure, Tx};
use serde_json::json;
use tables::{Fault, Field, FieldKind, Record};

use crate::errors::AssetsError;
use crate::model::{AssetId, ProductId};
use crate::rules;
use crate::store::tables::{self as store, StoredAsset, TableAsset};

/// Fields of a table of assets.
pub const ASSET: &[Field] = &[
    Field::new("external_ref", FieldKind::Code).required(),
    Field::new("serial", FieldKind::Code).required(),
    Field::new("model", FieldKind::Code).required(),
    Field::new("model_version", FieldKind::Code),
    Field::new("site", FieldKind::Code).required(),
    Field::new("customer", FieldKind::Code),
    Field::new("parent", FieldKind::Code),
    Field::new("foreign_components", FieldKind::Text),
    Field::new("software_version", FieldKind::Code),
];

/// Rows that are stored with one round of statements.
const PORTION: usize = 2_000;

/// What is to be done for a table of assets.
#[derive(Debug, Default)]
pub struct AssetPlan {
    /// How the rows stand to what is here.
    pub counts: PlanCounts,
    drafts: Vec<Draft>,
    deeds: Vec<Deed>,
}

/// What an asset is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parent {
    None,
    /// An asset that no row is about.
    Stored(AssetId),
    /// The asset of another row, by its place among the drafts.
    Row(usize),
}

#[derive(Debug)]
struct Draft {
    row: u32,
    asset: TableAsset,
    place: SitePlace,
    parent: Parent,
    parent_text: Option<String>,
    stands: Option<StoredAsset>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    New,
    Same,
    Changed(Vec<&'static str>),
}

/// Plans a table of assets; writes nothing. An asset that somebody typed in by hand, of the same product, serial and site, is known
/// again.
///
/// # Errors
/// As the database says. What is wrong with rows is in `findings`.
pub async fn plan_assets(
    tx: &mut Tx,
    bringer: &Bringer,
    records: &[Record],
    findings: &mut Findings,
) -> Result<AssetPlan, Failure> {
    let rows = references(records, bringer, findings);
    let products = Products::read(tx).await?;
    let customers = records.iter().filter_map(|r| r.get("customer"));
    let sites = records.iter().filter_map(|r| r.get("site"));
    let places = Places::read(tx, bringer, customers, sites).await?;
    let keys: Vec<&str> = rows.keys().map(String::as_str).collect();
    let mut known = store::known(tx, bringer, &keys).await?;
    let mut drafts = Vec::with_capacity(rows.len());
    for record in records {
        bringer.step(1);
        let key = bringer.key(record.text("external_ref"));
        if rows.get(&key).is_none_or(|r| r.row != record.row) {
            continue;
        }
        let stands = known.remove(&key);
        if stands.as_ref().is_some_and(|(_, within)| !within) {
            findings.add(Fault::new(record.row, "external_ref", record.text("external_ref"), "out_of_reach"));
            continue;
        }
        drafts.extend(draft(record, key, stands.map(|(one, _)| one), &products, &places, findings));
    }
    drop(rows);
    refuse_twins(tx, bringer, &mut drafts, findings).await?;
    systems::resolve(tx, bringer, &mut drafts, findings).await?;
    let mut plan = AssetPlan::default();
    for at in 0..drafts.len() {
        let deed = deed(&drafts, at);
        if findings.is_bad(drafts[at].row) {
            plan.deeds.push(Deed::Same);
            continue;
        }
        match &deed {
            Deed::New => plan.counts.new += 1,
            Deed::Same => plan.counts.same += 1,
            Deed::Changed(_) => plan.counts.changed += 1,
        }
        plan.deeds.push(deed);
    }
    plan.drafts = drafts;
    Ok(plan)
}

/// The catalogue, by model and version as they are compared.
struct Products(HashMap<String, Vec<(String, ProductId, bool)>>);

impl Products {
    async fn read(tx: &mut Tx) -> Result<Self, Failure> {
        let mut all: HashMap<String, Vec<(String, ProductId, bool)>> = HashMap::new();
        for (id, model, version, active) in store::products(tx).await? {
            let key = customers::keys::serial_key(&model);
            all.entry(key).or_default().push((customers::keys::serial_key(&version), id, active));
        }
        Ok(Self(all))
    }

    fn find(
        &self,
        record: &Record,
        stands: Option<&StoredAsset>,
        findings: &mut Findings,
    ) -> Option<ProductId> {
        let (model, version) = (record.text("model"), record.get("model_version"));
        let all = self.0.get(&customers::keys::serial_key(model)).map(Vec::as_slice).unwrap_or_default();
        let stood = stands.map(|s| s.asset.product_id);
        let version = version.map(customers::keys::serial_key);
        let fitting: Vec<&(String, ProductId, bool)> = match &version {
            Some(version) => all.iter().filter(|(v, ..)| v == version).collect(),
            None if all.len() > 1 => {
                // What stands there needs no version told again; else the model without a version is meant.
                let same: Vec<_> = all.iter().filter(|(_, id, _)| Some(*id) == stood).collect();
                if same.is_empty() { all.iter().filter(|(v, ..)| v.is_empty()).collect() } else { same }
            }
            None => all.iter().collect(),
        };
        let row = record.row;
        match fitting.as_slice() {
            [(_, id, active)] if *active || Some(*id) == stood => Some(*id),
            [_] => {
                findings.add(Fault::new(row, "model", model, "product_inactive"));
                None
            }
            [] if !all.is_empty() => {
                let field = if version.is_some() { "model_version" } else { "model" };
                let code = if version.is_some() { "product_version_not_here" } else { "product_ambiguous" };
                findings.add(Fault::new(row, field, record.text(field), code));
                None
            }
            [] => {
                findings.add(Fault::new(row, "model", model, "product_not_here"));
                None
            }
            _ => {
                findings.add(Fault::new(row, "model", model, "product_ambiguous"));
                None
            }
        }
    }
}

fn draft(
    record: &Record,
    key: String,
    stands: Option<StoredAsset>,
    products: &Products,
    places: &Places,
    findings: &mut Findings,
) -> Option<Draft> {
    let row = record.row;
    let serial = rules::serial(record.text("serial"));
    if let Err(fault) = &serial {
        findings.refused(row, "serial", record.text("serial"), fault.clone());
    }
    let product_id = products.find(record, stands.as_ref(), findings);
    let named = record.get("customer").map(|name| places.customer(row, name, findings));
    let place = match named {
        Some(None) => None,
        named => places.site(row, record.text("site"), named.flatten(), findings).cloned(),
    };
    let software_version = match record.get("software_version") {
        None => stands.as_ref().and_then(|s| s.asset.software_version.clone()),
        told => rules::software_version(told).unwrap_or_else(|fault| {
            findings.refused(row, "software_version", record.text("software_version"), fault);
            None
        }),
    };
    let foreign_components = match record.get("foreign_components") {
        None => stands.as_ref().is_some_and(|s| s.asset.foreign_components),
        Some(word) => truth(word).unwrap_or_else(|| {
            findings.add(Fault::new(row, "foreign_components", word, "truth_unknown"));
            false
        }),
    };
    if findings.is_bad(row) {
        return None;
    }
    let ((serial, serial_key), place) = (serial.ok()?, place?);
    let asset = TableAsset {
        id: stands.as_ref().map(|s| s.id),
        serial,
        serial_key,
        product_id: product_id?,
        foreign_components,
        software_version,
        key: Some(key),
        version: stands.as_ref().map_or(1, |s| s.asset.version + 1),
    };
    Some(Draft {
        row,
        asset,
        place,
        parent: stands.as_ref().and_then(|s| s.parent_asset_id).map_or(Parent::None, Parent::Stored),
        parent_text: record.get("parent").map(str::to_owned),
        stands,
    })
}

// A serial stands once per product, here and in the table.
async fn refuse_twins(
    tx: &mut Tx,
    bringer: &Bringer,
    drafts: &mut [Draft],
    findings: &mut Findings,
) -> Result<(), Failure> {
    let mut first: HashMap<(ProductId, String), u32> = HashMap::with_capacity(drafts.len());
    let mut asked: Vec<String> = Vec::new();
    for draft in drafts.iter() {
        let who = (draft.asset.product_id, draft.asset.serial_key.clone());
        let stood = draft.stands.as_ref().map(|s| (s.asset.product_id, &s.asset.serial_key));
        if stood != Some((who.0, &who.1)) {
            asked.push(who.1.clone());
        }
        if let Some(row) = first.insert(who, draft.row) {
            let fault = Fault::new(draft.row, "serial", &draft.asset.serial, "serial_twice");
            findings.add(fault.value("first", row));
        }
    }
    drop(first);
    asked.sort_unstable();
    asked.dedup();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let there = store::by_serial_keys(tx, bringer, &asked).await?;
    for draft in drafts.iter_mut() {
        let Some(twin) = there.get(&(draft.asset.product_id, draft.asset.serial_key.clone())) else {
            continue;
        };
        if Some(twin.id) == draft.asset.id {
            continue;
        }
        if draft.stands.is_none() && twin.asset.key.is_none() && twin.site_id == draft.place.id {
            draft.asset.id = Some(twin.id);
            draft.asset.version = twin.asset.version + 1;
            draft.parent = twin.parent_asset_id.map_or(Parent::None, Parent::Stored);
            draft.stands = Some(twin.clone());
            continue;
        }
        let refusal = AssetsError::SerialExists { serial: draft.asset.serial.clone() };
        findings.refused(draft.row, "serial", &draft.asset.serial, refusal);
    }
    Ok(())
}

fn deed(drafts: &[Draft], at: usize) -> Deed {
    let draft = &drafts[at];
    let Some(stands) = &draft.stands else { return Deed::New };
    let parent = match draft.parent {
        Parent::None => None,
        Parent::Stored(id) => Some(id),
        // The other row's asset is new if it has no id yet.
        Parent::Row(other) => drafts[other].asset.id,
    };
    let was = &stands.asset;
    let fields: Vec<&'static str> = [
        ("serial", was.serial != draft.asset.serial),
        ("product_id", was.product_id != draft.asset.product_id),
        ("site_id", stands.site_id != draft.place.id),
        (
            "parent_asset_id",
            stands.parent_asset_id != parent || (parent.is_none() && draft.parent != Parent::None),
        ),
        ("foreign_components", was.foreign_components != draft.asset.foreign_components),
        ("software_version", was.software_version != draft.asset.software_version),
        ("imported_from", was.key != draft.asset.key),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect();
    if fields.is_empty() { Deed::Same } else { Deed::Changed(fields) }
}

/// Stores what was planned in the same transaction, with its events.
///
/// # Errors
/// As the database says.
pub async fn store_assets(
    tx: &mut Tx,
    cx: &Cx,
    bringer: &Bringer,
    mut plan: AssetPlan,
) -> Result<PlanCounts, Failure> {
    for draft in plan.drafts.iter_mut().filter(|d| d.asset.id.is_none()) {
        draft.asset.id = Some(cx.new_id());
    }
    let mut labels = labels(tx, cx, plan.counts.new).await?.into_iter();
    let ids: Vec<Option<AssetId>> = plan.drafts.iter().map(|d| d.asset.id).collect();
    let work: Vec<(usize, Deed)> =
        plan.deeds.into_iter().enumerate().filter(|(_, deed)| *deed != Deed::Same).collect();
    let mut done = plan.drafts.len() - work.len();
    for part in work.chunks(PORTION) {
        let (mut new, mut changed, mut keys, mut events) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, deed) in part {
            let draft = &plan.drafts[*at];
            let Some(id) = draft.asset.id else { continue };
            let parent = match draft.parent {
                Parent::None => None,
                Parent::Stored(id) => Some(id),
                Parent::Row(other) => ids[other],
            };
            let about = |kind| {
                Event::new(kind, "asset", id)
                    .thread(draft.place.id)
                    .unit(draft.place.unit_id)
                    .customer(draft.place.customer_id)
            };
            let (event, label) = match (deed, &draft.stands) {
                (Deed::Changed(fields), Some(stands)) => {
                    changed.push((&draft.asset, &draft.place, parent));
                    let body = json!({ "fields": fields, "from_site_id": stands.site_id, "site_id": draft.place.id,
                        "version": draft.asset.version, "imported": true });
                    (about("asset.changed").body(&body), stands.label.clone())
                }
                _ => {
                    let label = labels.next().unwrap_or_default();
                    new.push((&draft.asset, &draft.place, parent, label.clone()));
                    let body = json!({ "product_id": draft.asset.product_id, "site_id": draft.place.id,
                        "serial": draft.asset.serial, "imported": true });
                    (about("asset.registered").body(&body), label)
                }
            };
            events.push((cx.app.ids.next(cx.now), event));
            let mut of = serial_keys(&draft.asset.serial);
            of.push(customers::keys::label_key(&label));
            keys.push((id.to_string(), of, draft.stands.is_none()));
        }
        store::insert(tx, &new, cx.now).await?;
        store::update(tx, &changed, cx.now).await?;
        let (fresh, anew): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(_, _, fresh)| *fresh);
        for (keys, fresh) in [(fresh, true), (anew, false)] {
            let keys = keys.into_iter().map(|(id, of, _)| (id, of));
            customers::keyed(tx, customers::search::Record::Asset, keys, fresh).await?;
        }
        kit::events::append_many(tx, cx, events).await?;
        done += part.len();
        bringer.reached(plan.drafts.len() + done);
    }
    Ok(plan.counts)
}

// So many texts for QR plates that nobody has.
async fn labels(tx: &mut Tx, cx: &Cx, count: u64) -> Result<HashSet<String>, Failure> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let mut labels = HashSet::with_capacity(count);
    while labels.len() < count {
        let mut made: HashSet<String> = HashSet::new();
        while labels.len() + made.len() < count {
            let mut random = [0_u8; 5];
            cx.app.ids.fill(&mut random);
            let label = rules::label(random);
            if !labels.contains(&label) {
                made.insert(label);
            }
        }
        for taken in store::labels_taken(tx, &made).await? {
            made.remove(&taken);
        }
        labels.extend(made);
    }
    Ok(labels)
}
