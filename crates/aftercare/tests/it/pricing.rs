//! Price lists and charges on both databases.

use identity::Role;
use kit::{Actor, Failure, Ts};
use pricing::{ChargeFor, ChargeInput, ChargeKind, ChargeView, DecidedPayer, OverridePayer, Payer};
use serde_json::{Value, json};

use crate::both;
use crate::customers::company;
use crate::world::{Client, World};

fn list(from: &str, labour_minor: i64) -> Value {
    json!({
        "name": { "zh_cn": "服务价格表", "en": "Service prices" }, "valid_from": from, "currency": "CNY", "reason": "年度调整",
        "lines": [
            { "code": "L-01", "kind": "labour", "description": { "zh_cn": "标准工时", "en": "Standard labour" },
              "unit": { "zh_cn": "小时", "en": "hour" }, "price_minor": labour_minor, "tax_ppm": 60_000, "tax_included": true },
            { "code": "T-01", "kind": "travel", "description": { "zh_cn": "上门车费", "en": "Travel" },
              "unit": { "zh_cn": "次", "en": "visit" }, "price_minor": 5_000, "tax_ppm": 60_000, "tax_included": true },
        ],
    })
}

async fn clerk(world: &World) -> Client {
    let company = company(world).await;
    world.client_in(&[Role::FinanceClerk], Some(&company.headquarters), None, None).await
}

fn order() -> ChargeFor {
    ChargeFor {
        case_id: "case-1".into(),
        work_order_id: "order-1".into(),
        unit_id: "unit-1".into(),
        customer_id: "customer-1".into(),
        levels: pricing::CustomerLevels::default(),
    }
}

async fn add(world: &World, input: Value, payer: Option<Payer>) -> Result<ChargeView, String> {
    let input: ChargeInput = serde_json::from_value(input).unwrap();
    let decided = DecidedPayer { payer, decision_id: Some("decision-1".into()) };
    world
        .app
        .act(Actor::system("test"), |tx, cx| {
            Box::pin(async move { pricing::add_charge(tx, cx, &order(), input, None, decided).await })
        })
        .await
        .map_err(code)
}

fn code(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.code.to_owned(),
        other => other.to_string(),
    }
}

both!(p26_p54_a_list_has_versions_and_old_orders_keep_theirs, |world| async move {
    let clerk = clerk(&world).await;
    assert_eq!(clerk.get("/api/price-list").await.refused(404), "price_list_none_in_force");
    let first = clerk.post("/api/price-lists", list("2026-01-01", 15_000)).await.expect(201);
    assert_eq!(
        (first["version"].as_i64(), first["lines"][0]["price_minor"].as_i64()),
        (Some(1), Some(15_000))
    );
    let line = first["lines"][0]["id"].clone();
    let old = add(&world, json!({ "price_line_id": line, "quantity_milli": 1500 }), Some(Payer::Customer))
        .await
        .unwrap();
    assert_eq!((old.price_list_version, old.total_minor), (Some(1), 22_500));

    assert_eq!(
        clerk.post("/api/price-lists", list("2026-10-08", 1)).await.refused(422),
        "price_list_backdated"
    );
    let second = clerk.post("/api/price-lists", list("2026-10-10", 18_000)).await.expect(201);
    assert_eq!(second["version"], 2);
    assert_eq!(clerk.get("/api/price-list").await.expect(200)["version"], 1, "it begins tomorrow");
    assert_eq!(clerk.get("/api/price-list?on=2026-10-10").await.expect(200)["version"], 2);
    let tomorrow = json!({ "price_line_id": second["lines"][0]["id"], "quantity_milli": 1000 });
    assert_eq!(
        add(&world, tomorrow.clone(), Some(Payer::Customer)).await.unwrap_err(),
        "charge_price_not_in_force"
    );
    world.app.clock.advance(Ts::DAY);
    assert_eq!(clerk.get("/api/price-list").await.expect(200)["version"], 2);
    let stale = json!({ "price_line_id": line, "quantity_milli": 1000 });
    assert_eq!(add(&world, stale, Some(Payer::Customer)).await.unwrap_err(), "charge_price_not_in_force");
    add(&world, tomorrow, Some(Payer::Customer)).await.unwrap();
    let mut tx = world.app.db.reader().await.unwrap();
    let charges = pricing::charges_of(&mut tx, "order-1").await.unwrap();
    let versions: Vec<_> = charges.items.iter().map(|c| (c.price_list_version, c.price_minor)).collect();
    assert_eq!(versions, [(Some(1), 15_000), (Some(2), 18_000)], "the older line keeps its price");
    assert_eq!(
        (charges.totals.total_minor, charges.totals.customer.net_minor + charges.totals.customer.tax_minor),
        (40_500, 40_500)
    );
    drop(tx);
    for statement in ["UPDATE price_line SET price_minor = 1", "DELETE FROM price_line"] {
        let refused =
            world.app.db.write(move |tx| Box::pin(async move { tx.execute(statement, &[]).await })).await;
        assert!(refused.unwrap_err().to_string().contains("stay as they are"), "{statement}");
    }
    let versions = clerk.get("/api/price-lists?limit=1").await.expect(200);
    assert_eq!(
        (versions["items"][0]["version"].as_i64(), versions["items"][0]["line_count"].as_i64()),
        (Some(2), Some(2))
    );
    let rest = clerk
        .get(&format!("/api/price-lists?after={}", versions["next"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(rest["items"][0]["version"], 1);
    assert_eq!(clerk.get("/api/price-lists/1").await.expect(200)["lines"][0]["price_minor"], 15_000);
    assert_eq!(clerk.get("/api/price-lists/9").await.refused(404), "price_list_unknown");
    world.sealed().await;
});

both!(p70_prices_are_public_and_only_finance_makes_them, |world| async move {
    let clerk = clerk(&world).await;
    let engineer = world.client(Role::Engineer).await;
    assert_eq!(engineer.post("/api/price-lists", list("2026-01-01", 1)).await.refused(403), "not_permitted");
    clerk.post("/api/price-lists", list("2026-01-01", 15_000)).await.expect(201);
    let public = world.anonymous().get("/api/public/price-list").await.expect(200);
    assert_eq!((public["lines"][1]["code"].as_str(), public.get("made_by")), (Some("T-01"), None));
    assert_eq!(world.anonymous().get("/api/price-list").await.refused(401), "not_signed_in");

    let mut wrong = list("2026-11-01", -5);
    wrong["lines"][1]["code"] = json!("L-01");
    wrong["lines"][1]["kind"] = json!("training");
    let refused = clerk.post("/api/price-lists", wrong).await;
    assert_eq!(refused.refused(422), "price_list_invalid");
    let fields: Vec<_> =
        refused.json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(fields, ["/lines/0/price_minor", "/lines/1/code", "/lines/1/kind"]);
    assert_eq!(refused.json["errors"][2]["detail"], "培训不收费，不能列入价格表");
});

both!(p12_p26_p55_p61_a_charge_has_a_source_and_training_none, |world| async move {
    let clerk = clerk(&world).await;
    let lines = clerk.post("/api/price-lists", list("2026-01-01", 15_000)).await.expect(201)["lines"].clone();
    let (labour, travel) = (lines[0]["id"].clone(), lines[1]["id"].clone());
    for (input, payer, code) in [
        (json!({ "kind": "labour", "quantity_milli": 1000 }), Some(Payer::Customer), "charge_without_source"),
        (
            json!({ "kind": "training", "price_line_id": labour, "quantity_milli": 1000 }),
            Some(Payer::Company),
            "charge_training_is_free",
        ),
        (
            json!({ "kind": "training", "quantity_milli": 1000 }),
            Some(Payer::Company),
            "charge_training_is_free",
        ),
        (
            json!({ "kind": "parts", "price_line_id": labour, "quantity_milli": 1000 }),
            Some(Payer::Customer),
            "charge_kind_differs",
        ),
        (
            json!({ "price_line_id": world.app.ids.next(Ts(0)), "quantity_milli": 1000 }),
            Some(Payer::Customer),
            "charge_price_not_in_force",
        ),
        (json!({ "price_line_id": labour, "quantity_milli": 0 }), Some(Payer::Customer), "charge_quantity"),
        (
            json!({ "price_line_id": labour, "quantity_milli": 1_000_000_000 }),
            Some(Payer::Customer),
            "charge_amount_too_large",
        ),
        (json!({ "price_line_id": labour, "quantity_milli": 1000 }), None, "charge_payer_undecided"),
    ] {
        assert_eq!(add(&world, input, payer).await.unwrap_err(), code);
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM charge").await, 0);
    // The table itself refuses a line without a source.
    let bare = "INSERT INTO charge (id, case_id, work_order_id, ordinal, kind, description_zh, description_en, unit_zh, \
                unit_en, quantity_milli, price_minor, currency, tax_ppm, tax_included, payer, decided_payer, net_minor, \
                tax_minor, gross_minor, total_minor, waived_minor, added_by, added_at) VALUES ('x', 'c', 'w', 1, 'labour', \
                'x', 'x', 'x', 'x', 1000, 1, 'CNY', 0, 1, 'customer', 'customer', 1, 0, 1, 1, 0, 'x', 0)";
    world.app.db.write(move |tx| Box::pin(async move { tx.execute(bare, &[]).await })).await.unwrap_err();

    // P12: what the company pays costs the customer nothing and shows what is waived; P55: travel is the customer's.
    let covered =
        add(&world, json!({ "price_line_id": labour, "quantity_milli": 2000 }), Some(Payer::Company))
            .await
            .unwrap();
    assert_eq!((covered.total_minor, covered.waived_minor, covered.amounts.gross_minor), (0, 30_000, 30_000));
    let paid = add(&world, json!({ "price_line_id": travel, "quantity_milli": 1000 }), Some(Payer::Customer))
        .await
        .unwrap();
    assert_eq!((paid.ordinal, paid.total_minor, paid.waived_minor), (2, 5_000, 0));

    // Another payer needs a reason, and shows whose it would be.
    let override_with = async |id, version, payer, reason: &str| {
        let input = OverridePayer { payer, reason: reason.into() };
        world
            .app
            .act(Actor::system("manager"), move |tx, cx| {
                Box::pin(async move { pricing::override_payer(tx, cx, &order(), id, version, input).await })
            })
            .await
            .map_err(code)
    };
    assert_eq!(override_with(paid.id, 1, Payer::Company, " ").await.unwrap_err(), "charge_reason_missing");
    assert_eq!(override_with(paid.id, 5, Payer::Company, "x").await.unwrap_err(), "version_changed");
    let waived = override_with(paid.id, 1, Payer::Company, "顺路").await.unwrap();
    assert_eq!(
        (waived.payer, waived.decided_payer, waived.total_minor),
        (Payer::Company, Payer::Customer, 0)
    );
    assert_eq!((waived.override_reason.as_deref(), waived.version), (Some("顺路"), 2));

    // An exclusion was decided: the line follows, the overridden one stays as the person chose.
    let followed = world
        .app
        .act(Actor::system("test"), |tx, cx| {
            Box::pin(async move {
                pricing::follow_decision(tx, cx, &order(), "decision-2", |_: ChargeKind, _| {
                    Some(Payer::Customer)
                })
                .await
            })
        })
        .await
        .unwrap();
    let payers: Vec<_> = followed.items.iter().map(|c| (c.payer, c.total_minor)).collect();
    assert_eq!(payers, [(Payer::Customer, 30_000), (Payer::Company, 0)]);
    assert_eq!(followed.items[0].coverage_decision_id.as_deref(), Some("decision-2"));

    let left = world
        .app
        .act(Actor::system("test"), move |tx, cx| {
            Box::pin(async move { pricing::remove_charge(tx, cx, &order(), covered.id).await })
        })
        .await
        .unwrap();
    assert_eq!((left.items.len(), left.totals.total_minor, left.totals.waived_minor), (1, 0, 5_000));
    assert_eq!(world.count("SELECT COUNT(*) FROM charge").await, 2, "a removed line stays on record");
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE thread_id = 'case-1'").await, 5);
});

both!(p54_a_customer_pays_the_lowest_price_of_their_levels, |world| async move {
    let clerk = clerk(&world).await;
    let mut prices = list("2026-01-01", 15_000);
    prices["lines"][0]["agreement_price_minor"] = json!(13_500);
    prices["lines"][0]["vip_price_minor"] = json!(12_000);
    let mut dear = prices.clone();
    dear["lines"][0]["vip_price_minor"] = json!(15_001);
    assert_eq!(clerk.post("/api/price-lists", dear).await.refused(422), "price_list_invalid");
    let made = clerk.post("/api/price-lists", prices).await.expect(201);
    let line = &made["lines"][0];
    assert_eq!(
        (line["agreement_price_minor"].as_i64(), line["vip_price_minor"].as_i64()),
        (Some(13_500), Some(12_000))
    );
    let public = world.anonymous().get("/api/public/price-list").await.expect(200);
    assert_eq!(public["lines"][0]["price_minor"], 15_000);
    assert_eq!(
        public["lines"][0].get("vip_price_minor").and_then(Value::as_i64),
        None,
        "the standard price is the public one"
    );

    for (agreement, vip, level, price_minor) in [
        (false, false, pricing::PriceLevel::Standard, 15_000),
        (true, false, pricing::PriceLevel::Agreement, 13_500),
        (true, true, pricing::PriceLevel::Vip, 12_000),
    ] {
        let input: ChargeInput =
            serde_json::from_value(json!({ "price_line_id": line["id"], "quantity_milli": 1000 })).unwrap();
        let of = ChargeFor { levels: pricing::CustomerLevels { agreement, vip }, ..order() };
        let decided = DecidedPayer { payer: Some(Payer::Customer), decision_id: None };
        let charge = world
            .app
            .act(Actor::system("test"), |tx, cx| {
                Box::pin(async move { pricing::add_charge(tx, cx, &of, input, None, decided).await })
            })
            .await
            .unwrap();
        assert_eq!(
            (charge.price_level, charge.price_minor, charge.total_minor),
            (level, price_minor, price_minor)
        );
        assert_eq!(charge.price_list_version, Some(1));
    }
});
