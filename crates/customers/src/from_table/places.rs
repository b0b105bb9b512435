//! Customers and sites that rows name: by the other system's number, by our number, or by name.

use std::collections::HashMap;

use kit::{Failure, Tx};
use organisation::UnitId;
use tables::Fault;

use super::{Bringer, Findings};
use crate::model::{CustomerId, SiteId};
use crate::store::tables as store;

/// A site that rows may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePlace {
    /// Id.
    pub id: SiteId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Who looks after it.
    pub unit_id: UnitId,
    /// Division code; none outside the list.
    pub division_code: Option<String>,
}

/// What the rows of a table name, looked up at once.
#[derive(Debug, Default)]
pub struct Places {
    customers: HashMap<String, Vec<CustomerId>>,
    sites: HashMap<String, Vec<SitePlace>>,
}

impl Places {
    /// Looks up customers and sites within reach.
    ///
    /// # Errors
    /// As the database says.
    pub async fn read<'t>(
        tx: &mut Tx,
        bringer: &Bringer,
        customers: impl Iterator<Item = &'t str>,
        sites: impl Iterator<Item = &'t str>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            customers: store::named_customers(tx, bringer, &distinct(customers)).await?,
            sites: store::named_sites(tx, bringer, &distinct(sites)).await?,
        })
    }

    /// The customer that a cell names.
    pub fn customer(&self, row: u32, name: &str, findings: &mut Findings) -> Option<CustomerId> {
        match self.customers.get(name).map(Vec::as_slice).unwrap_or_default() {
            [one] => Some(*one),
            [] => {
                findings.add(Fault::new(row, "customer", name, "customer_not_here"));
                None
            }
            more => {
                findings
                    .add(Fault::new(row, "customer", name, "customer_ambiguous").value("count", more.len()));
                None
            }
        }
    }

    /// The site that a cell names, of this customer if one is named.
    pub fn site(
        &self,
        row: u32,
        name: &str,
        customer: Option<CustomerId>,
        findings: &mut Findings,
    ) -> Option<&SitePlace> {
        let all = self.sites.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut fitting = all.iter().filter(|site| customer.is_none_or(|c| c == site.customer_id));
        match (fitting.next(), fitting.count()) {
            (Some(one), 0) => Some(one),
            (Some(_), more) => {
                findings.add(Fault::new(row, "site", name, "site_ambiguous").value("count", more + 1));
                None
            }
            (None, _) => {
                let code = if all.is_empty() { "site_not_here" } else { "site_of_another" };
                findings.add(Fault::new(row, "site", name, code));
                None
            }
        }
    }
}

fn distinct<'t>(names: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}
