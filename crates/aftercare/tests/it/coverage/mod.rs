//! Coverage: decided at the report, kept for ever, changed only by people who may, on both databases.

mod agreements;
mod decisions;
mod exclusions;
mod parts;

use coverage::{CaseFor, CoverageDecisionView, PreviousRepair, RequestKind};
use identity::Role;
use kit::{Actor, Ts};
use serde_json::{Value, json};

use crate::both;
use crate::customers::{Company, NANSHAN, company, customer, id, site};
use crate::world::{Client, World};

/// A unit with a customer, a site and a product, and its manager.
pub struct Ground {
    pub company: Company,
    pub manager: Client,
    pub customer: String,
    pub site: String,
    pub product: String,
}

impl Ground {
    pub async fn lay(world: &World) -> Self {
        let company = company(world).await;
        let manager = world.client_in(&[Role::BranchManager], Some(&company.shenzhen), None, None).await;
        let customer = customer(&manager, "万象城").await;
        let site = site(&manager, &customer, "万象城停车场", NANSHAN).await;
        let input =
            json!({ "model": "BG-100", "name": { "zh_cn": "道闸", "en": "Barrier" }, "kind": "barrier" });
        let product = id(&manager.post("/api/products", input).await.expect(201));
        Self { company, manager, customer, site, product }
    }

    /// An asset, accepted on a day if one is given.
    pub async fn asset(&self, serial: &str, accepted_on: Option<&str>, foreign: bool) -> String {
        let input = json!({
            "serial": serial, "product_id": self.product, "site_id": self.site, "foreign_components": foreign,
        });
        let asset = id(&self.manager.post("/api/assets", input).await.expect(201));
        if let Some(day) = accepted_on {
            let acceptance = json!({
                "site_id": self.site, "asset_ids": [asset], "accepted_on": day, "signed_by_name": "客户代表",
                "signature": { "strokes": [[{ "x": 10, "y": 10, "t_ms": 0 }, { "x": 90, "y": 40, "t_ms": 120 }]] },
            });
            self.manager.post("/api/acceptances", acceptance).await.expect(201);
        }
        asset
    }

    async fn preview(&self, asset: &str, at: &str) -> Value {
        let at = at.replace('+', "%2B");
        self.manager.get(&format!("/api/coverage/preview?asset_id={asset}&at={at}")).await.expect(200)
    }

    /// Decides a case as `cases` does.
    pub async fn decide(&self, world: &World, case: CaseFor) -> CoverageDecisionView {
        world
            .app
            .act(Actor::system("test"), |tx, cx| {
                Box::pin(async move {
                    let case_id = case.case_id.clone();
                    coverage::decide(tx, cx, case).await?;
                    Ok(coverage::of_case(tx, &case_id).await?.unwrap())
                })
            })
            .await
            .unwrap()
    }

    pub fn case(&self, world: &World, asset: &str, reported_at: &str) -> CaseFor {
        CaseFor {
            case_id: world.app.ids.next(world.app.clock.now()).to_string(),
            asset_id: asset.to_owned(),
            reported_at: reported_at.parse().unwrap(),
            request: RequestKind::Repair,
            policy_version: 1,
            unit_id: self.company.shenzhen.clone(),
            second_unit_id: None,
            previous_repairs: Vec::new(),
        }
    }
}

async fn photo(client: &Client, words: &str) -> String {
    crate::access::sent(client, words).await
}

fn payer<'a>(decision: &'a Value, kind: &str) -> &'a str {
    let charges = decision["charges"].as_array().unwrap();
    let line = charges.iter().find(|c| c["kind"] == kind).unwrap();
    line["payer"].as_str().unwrap_or("undecided")
}

async fn mismatches(world: &World) -> Vec<coverage::Mismatch> {
    let mut tx = world.app.db.reader().await.unwrap();
    coverage::rerun_all(&mut tx).await.unwrap().1
}
