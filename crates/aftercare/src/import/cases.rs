//! One batch of cases: customers, sites, contacts, people, then the cases themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cases::{
    CaseId, CaseKind, ImportedCase, ImportedClock, ImportedState, ImportedStep, ReportChannel, ResolvedHow,
};
use customers::{CustomerId, ImportedContact, ImportedCustomer, ImportedSite};
use history::{Built, ChannelWord, ClockPlan, HistoryCase, HistoryStep, KindWord, ResolvedWord, StateWord};
use kit::{Cx, Failure, Ts, Tx};
use organisation::UnitId;
use serde_json::json;

use super::policy_terms::{promise, severity};
use super::{House, command};

/// What a batch came to.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Cases that were here before, with how many of their rows.
    pub known: HashMap<String, u64>,
    /// Cases that are new.
    pub cases: Vec<CaseId>,
    /// New customers.
    pub customers: u64,
    /// New sites.
    pub sites: u64,
    /// New contacts.
    pub contacts: u64,
    /// New names of people.
    pub people: u64,
}

/// Cases of this batch that are here already, with how many of their rows.
pub(super) async fn known(tx: &mut Tx, built: &[Built]) -> Result<HashMap<String, u64>, Failure> {
    let all: Vec<&HistoryCase> = built.iter().filter_map(|b| b.case.as_ref()).collect();
    let keys: Vec<&str> = all.iter().map(|c| c.external_key.as_str()).collect();
    let here = cases::imported_cases(tx, &keys).await?;
    let old: Vec<&&HistoryCase> = all.iter().filter(|c| here.contains_key(&c.external_key)).collect();
    let steps: Vec<kit::uuid::Uuid> = old.iter().flat_map(|c| c.steps.iter().map(|s| s.command_id)).collect();
    let told = cases::imported_steps(tx, &steps).await?;
    let rows =
        |c: &HistoryCase| c.steps.iter().filter(|s| told.contains(&s.command_id.to_string())).count() as u64;
    Ok(old.into_iter().map(|c| (c.external_key.clone(), rows(c))).collect())
}

/// Stores what is new of a batch.
pub(super) async fn store(tx: &mut Tx, cx: &Cx, house: &House, built: &[Built]) -> Result<Done, Failure> {
    let mut done = Done { known: known(tx, built).await?, ..Done::default() };
    let new: Vec<&HistoryCase> = built
        .iter()
        .filter_map(|b| b.case.as_ref())
        .filter(|c| !done.known.contains_key(&c.external_key))
        .collect();
    if new.is_empty() {
        return Ok(done);
    }
    let places = Places::of(house, &new);
    let customers: Vec<ImportedCustomer> = places.customers.values().cloned().collect();
    let (customer_ids, made) = customers::import_customers(tx, cx, &customers).await?;
    done.customers = made;
    let sites: Vec<ImportedSite> = places
        .sites
        .values()
        .filter_map(|s| {
            Some(ImportedSite { customer_id: *customer_ids.get(&s.customer_key)?, ..s.site.clone() })
        })
        .collect();
    let (site_ids, made) = customers::import_sites(tx, cx, &sites).await?;
    done.sites = made;
    let owners = names(house, &new);
    let labels: Vec<&str> = owners.iter().map(String::as_str).collect();
    let (people, made) = cases::import_people(tx, cx, &house.mapping.source, &labels).await?;
    done.people = made;
    let missing = || Failure::Internal(anyhow::anyhow!("a customer or site of this batch was not stored"));
    let mut contacts = Vec::with_capacity(new.len());
    for case in &new {
        let (customer, site) = labels_of(house, case);
        let customer_id = *customer_ids.get(&customer_key(house, customer)).ok_or_else(missing)?;
        let site_id = *site_ids.get(&site_key(house, customer, site)).ok_or_else(missing)?;
        contacts.push(ImportedContact {
            customer_id,
            site_id,
            name: case.contact.clone().unwrap_or_default(),
            phone: case.contact_phone.clone(),
            email: case.contact_email.clone(),
        });
    }
    let (contact_ids, made) = customers::import_contacts(tx, cx, &contacts).await?;
    done.contacts = made;
    let person = |name: &str| match house.employees.get(name) {
        Some(id) => id.to_string(),
        None => people.get(name).cloned().unwrap_or_default(),
    };
    let list = new
        .iter()
        .zip(contacts.iter().zip(contact_ids))
        .map(|(case, (place, contact_id))| ImportedCase {
            contact_id,
            customer_id: place.customer_id,
            site_id: place.site_id,
            ..imported(house, case, &person)
        })
        .collect();
    done.cases = cases::import_cases(tx, cx, list).await?;
    Ok(done)
}

/// Customers and sites of a batch, each once.
struct Places {
    customers: BTreeMap<String, ImportedCustomer>,
    sites: BTreeMap<String, NewPlace>,
}

struct NewPlace {
    customer_key: String,
    site: ImportedSite,
}

impl Places {
    fn of(house: &House, new: &[&HistoryCase]) -> Self {
        let source = &house.mapping.source;
        let mut places = Self { customers: BTreeMap::new(), sites: BTreeMap::new() };
        for case in new {
            let (customer, site) = labels_of(house, case);
            let (customer_key, site_key) = (customer_key(house, customer), site_key(house, customer, site));
            let unit_id = unit(house, case);
            places.customers.entry(customer_key.clone()).or_insert_with(|| ImportedCustomer {
                command_id: command(source, "customer", customer),
                key: customer_key.clone(),
                name: customer.to_owned(),
                unit_id,
            });
            let used_at = Ts::from(case.reported_at);
            let place = places.sites.entry(site_key.clone()).or_insert_with(|| NewPlace {
                customer_key,
                site: ImportedSite {
                    command_id: command(source, "site", &site_key),
                    key: site_key,
                    // Known only once the customers are stored.
                    customer_id: CustomerId(kit::uuid::Uuid::nil()),
                    name: site.to_owned(),
                    unit_id,
                    used_at,
                },
            });
            place.site.used_at = place.site.used_at.max(used_at);
        }
        places
    }
}

fn labels_of<'a>(house: &'a House, case: &'a HistoryCase) -> (&'a str, &'a str) {
    let fallback = &house.mapping.fallback;
    (case.customer.as_deref().unwrap_or(&fallback.customer), case.site.as_deref().unwrap_or(&fallback.site))
}

fn customer_key(house: &House, customer: &str) -> String {
    format!("{}:{customer}", house.mapping.source)
}

// Values hold no control characters, so the separator can't be part of one.
fn site_key(house: &House, customer: &str, site: &str) -> String {
    format!("{}:{customer}\u{1f}{site}", house.mapping.source)
}

fn unit(house: &House, case: &HistoryCase) -> UnitId {
    case.group.as_ref().and_then(|g| house.units.get(g)).copied().unwrap_or(house.fallback_unit)
}

// Who has a case that nobody had: its group, else the former desk as a whole.
fn owner<'a>(house: &'a House, case: &'a HistoryCase) -> &'a str {
    case.owner.as_deref().or(case.group.as_deref()).unwrap_or(&house.mapping.fallback.owner)
}

fn names(house: &House, new: &[&HistoryCase]) -> BTreeSet<String> {
    let mut names = BTreeSet::from([house.mapping.source.clone()]);
    for case in new {
        names.insert(owner(house, case).to_owned());
        names.extend(case.steps.iter().filter_map(|s| s.owner.clone()));
    }
    names.retain(|n| !house.employees.contains_key(n));
    names
}

fn imported(house: &House, case: &HistoryCase, person: &dyn Fn(&str) -> String) -> ImportedCase {
    ImportedCase {
        key: case.external_key.clone(),
        old_number: case.key.clone(),
        source: house.mapping.source.clone(),
        command_id: case.command_id,
        kind: match case.kind {
            KindWord::Fault => CaseKind::Fault,
            KindWord::Consultation => CaseKind::Consultation,
        },
        channel: match case.channel {
            ChannelWord::Phone => ReportChannel::Phone,
            ChannelWord::Portal => ReportChannel::Portal,
            ChannelWord::Mail => ReportChannel::Mail,
            ChannelWord::Message => ReportChannel::Message,
            ChannelWord::InPerson => ReportChannel::InPerson,
            ChannelWord::System => ReportChannel::System,
            ChannelWord::Import => ReportChannel::Import,
        },
        severity: severity(case.severity),
        state: match case.state.state {
            StateWord::New => ImportedState::New,
            StateWord::Triaged => ImportedState::Triaged,
            StateWord::WaitingCustomer => ImportedState::WaitingCustomer,
            StateWord::WaitingParts => ImportedState::WaitingParts,
            StateWord::Resolved => ImportedState::Resolved,
            StateWord::Closed => ImportedState::Closed,
            StateWord::Withdrawn => ImportedState::Withdrawn,
        },
        customer_id: CustomerId(kit::uuid::Uuid::nil()),
        site_id: customers::SiteId(kit::uuid::Uuid::nil()),
        contact_id: None,
        symptom: case.symptom.clone().unwrap_or_else(|| house.mapping.fallback.symptom.clone()),
        symptom_class: case.symptom_class.clone(),
        unit_id: unit(house, case),
        owner_id: person(owner(house, case)),
        reported_by: person(&house.mapping.source),
        reported_at: Ts::from(case.reported_at),
        resolved_at: case.resolved_at.map(Ts::from),
        resolved_how: match case.resolution {
            ResolvedWord::Remote => ResolvedHow::Remote,
            ResolvedWord::Onsite => ResolvedHow::Onsite,
        },
        closed_at: case.closed_at.map(Ts::from),
        touched_at: Ts::from(case.touched_at),
        reopened: i64::try_from(case.reopened).unwrap_or(i64::MAX),
        hand_overs: i64::try_from(case.reassigned).unwrap_or(i64::MAX),
        steps: case.steps.iter().map(|s| step(s, person)).collect(),
        clocks: case.clocks.iter().filter_map(clock).collect(),
    }
}

// What the timeline shows of a row. People by id only: events can't forget a name.
fn step(step: &HistoryStep, person: &dyn Fn(&str) -> String) -> ImportedStep {
    let mut body = json!({
        "line": step.line,
        "state": step.state.name(),
        "severity": step.severity.name(),
        "changed": step.changed,
    });
    if let Some(fields) = body.as_object_mut() {
        for (name, value) in [
            ("old_state", step.source_state.clone()),
            ("old_priority", step.priority.clone()),
            ("old_group", step.group.clone()),
            ("owner_id", step.owner.as_deref().map(person)),
        ] {
            if let Some(value) = value {
                fields.insert(name.into(), value.into());
            }
        }
        if step.reopens {
            fields.insert("reopens".into(), true.into());
        }
    }
    ImportedStep { command_id: step.command_id, at: Ts::from(step.at), body }
}

fn clock(plan: &ClockPlan) -> Option<ImportedClock> {
    let first = plan.steps.first()?;
    let terms = first.terms.as_ref()?;
    let rest = &plan.steps[1..];
    Some(ImportedClock {
        promise: promise(plan.promise),
        severity: severity(terms.severity),
        terms: terms.spec.clone(),
        started_at: Ts::from(plan.started_at()),
        events: rest.iter().map(|s| s.event).collect(),
        retargets: rest
            .iter()
            .filter_map(|s| s.terms.as_ref())
            .map(|t| (severity(t.severity), t.spec.clone()))
            .collect(),
    })
}
