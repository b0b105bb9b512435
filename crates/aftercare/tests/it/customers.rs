//! Customers, sites, contacts and look-up: over HTTP, on both databases.

use http::{Method, header};
use identity::Role;
use kit::{Reach, params};
use serde_json::{Value, json};

use crate::both;
use crate::world::{Client, World};

/// Two branches with a county each.
pub struct Company {
    pub headquarters: String,
    pub shenzhen: String,
    pub guangzhou: String,
}

pub const NANSHAN: &str = "440305";
pub const TIANHE: &str = "440106";

pub async fn company(world: &World) -> Company {
    let now = world.app.clock.now();
    let [headquarters, shenzhen, guangzhou] = [(); 3].map(|()| world.app.ids.next(now).to_string());
    let units =
        [(headquarters.clone(), None), (shenzhen.clone(), Some(NANSHAN)), (guangzhou.clone(), Some(TIANHE))];
    let root = headquarters.clone();
    let write = world.app.db.write(move |tx| {
        Box::pin(async move {
            for (id, county) in units {
                let (kind, parent) = match county {
                    None => ("headquarters", None),
                    Some(_) => ("branch", Some(root.clone())),
                };
                let name = format!("单位{}", county.unwrap_or("总部"));
                tx.execute(
                    "INSERT INTO org_unit (id, parent_id, kind, name_zh, name_en, zone) VALUES ($1, $2, $3, $4, '', 'Asia/Shanghai')",
                    params![&id, parent, kind, name],
                )
                .await?;
                for above in [&root, &id] {
                    tx.execute(
                        "INSERT INTO unit_reach (root_id, unit_id) VALUES ($1, $2) ON CONFLICT (root_id, unit_id) DO NOTHING",
                        params![above, &id],
                    )
                    .await?;
                }
                if let Some(county) = county {
                    tx.execute(
                        "INSERT INTO jurisdiction (division_code, unit_id, since) VALUES ($1, $2, $3)",
                        params![county, &id, now],
                    )
                    .await?;
                }
            }
            Ok::<_, kit::DbError>(())
        })
    });
    write.await.unwrap();
    Company { headquarters, shenzhen, guangzhou }
}

pub async fn agent(world: &World, unit: &str) -> Client {
    world.client_in(&[Role::HotlineAgent], Some(unit), None, None).await
}

pub fn id(view: &Value) -> String {
    view["id"].as_str().unwrap().to_owned()
}

pub async fn customer(client: &Client, name: &str) -> String {
    id(&client.post("/api/customers", json!({ "name": name, "vip_level": "gold" })).await.expect(201))
}

pub fn site_input(customer: &str, name: &str, county: &str) -> Value {
    json!({
        "customer_id": customer, "name": name, "address": "科苑路15号", "division_code": county,
        "point": { "lon": 113.94, "lat": 22.54 },
        "access_hours": { "always": false, "weekly": [{ "days": [1, 2, 3, 4, 5], "from": "09:00", "to": "18:00" }], "note": "门岗登记" },
    })
}

pub async fn site(client: &Client, customer: &str, name: &str, county: &str) -> String {
    id(&client.post("/api/sites", site_input(customer, name, county)).await.expect(201))
}

async fn look_up(world: &World, text: &str) -> Vec<customers::LookUpHit> {
    let mut tx = world.app.db.reader().await.unwrap();
    customers::look_up(&mut tx, &customers::LookUp { text: text.into(), limit: 20 }).await.unwrap()
}

both!(a_site_belongs_to_the_unit_of_its_county, |world| async move {
    let company = company(&world).await;
    let agent = agent(&world, &company.headquarters).await;
    let customer = customer(&agent, "深圳市万象城物业管理有限公司").await;
    let made = agent.post("/api/sites", site_input(&customer, "万象城停车场", NANSHAN)).await.expect(201);
    assert_eq!(
        (made["unit"]["id"].as_str(), made["zone"].as_str()),
        (Some(company.shenzhen.as_str()), Some("Asia/Shanghai"))
    );

    // Another county, another unit; the unit can't be named against the map.
    let path = format!("/api/sites/{}", id(&made));
    let mut change = site_input(&customer, "万象城停车场", TIANHE);
    change.as_object_mut().unwrap().remove("customer_id");
    let moved = agent.put(&path, 1, change.clone()).await.expect(200);
    assert_eq!(
        (moved["unit"]["id"].as_str(), moved["version"].as_i64()),
        (Some(company.guangzhou.as_str()), Some(2))
    );
    let stale = agent.put(&path, 1, change.clone()).await;
    assert_eq!(stale.refused(412), "version_changed");
    assert_eq!(stale.json["current"]["version"], 2);
    change["unit_id"] = json!(company.shenzhen);
    assert_eq!(agent.put(&path, 2, change).await.refused(422), "site_unit_decided");

    // Outside the list of divisions somebody names the unit (decision 27).
    let mut abroad = json!({ "customer_id": customer, "name": "Harbour Tower", "address": "1 Harbour Road", "zone": "Asia/Hong_Kong" });
    assert_eq!(agent.post("/api/sites", abroad.clone()).await.refused(422), "site_unit_missing");
    abroad["unit_id"] = json!(company.headquarters);
    assert_eq!(agent.post("/api/sites", abroad).await.expect(201)["unit"]["id"], json!(company.headquarters));
    assert_eq!(world.count("SELECT COUNT(*) FROM event WHERE kind = 'site.moved'").await, 1);
    world.sealed().await;
});

both!(what_is_wrong_with_a_site_is_said, |world| async move {
    let company = company(&world).await;
    let agent = agent(&world, &company.shenzhen).await;
    let customer = customer(&agent, "海岸城").await;
    for (field, value, code) in [
        ("name", json!(" "), "customers_name_invalid"),
        ("point", json!({ "lon": 200.0, "lat": 0.0 }), "site_point_invalid"),
        ("zone", json!("Mars/Olympus"), "site_zone_unknown"),
        (
            "access_hours",
            json!({ "always": true, "weekly": [{ "days": [1], "from": "09:00", "to": "10:00" }] }),
            "site_access_always_with_hours",
        ),
        ("customer_id", json!(world.app.ids.next(world.app.clock.now())), "customer_not_found"),
        ("division_code", json!("999999"), "division_not_served"),
    ] {
        let mut input = site_input(&customer, "停车场", NANSHAN);
        input[field] = value;
        assert_eq!(agent.post("/api/sites", input).await.refused(422), code, "{field}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM site").await, 0);
});

both!(another_unit_sees_nothing_of_it, |world| async move {
    let company = company(&world).await;
    let (here, there) = (agent(&world, &company.shenzhen).await, agent(&world, &company.guangzhou).await);
    let customer = customer(&here, "科技园管理处").await;
    let site = site(&here, &customer, "科技园停车场", NANSHAN).await;
    let contact = id(&here
        .post(
            "/api/contacts",
            json!({ "customer_id": customer, "site_id": site, "name": "值班室", "phone": "13812341234" }),
        )
        .await
        .expect(201));
    for path in [
        format!("/api/customers/{customer}"),
        format!("/api/sites/{site}"),
        format!("/api/contacts/{contact}"),
    ] {
        assert_eq!(here.get(&path).await.status, 200, "{path}");
        there.get(&path).await.refused(404);
    }
    for path in ["/api/customers", "/api/sites", "/api/contacts"] {
        let count = |view: Value| view["items"].as_array().unwrap().len();
        assert_eq!(count(here.get(path).await.expect(200)), 1, "{path}");
        assert_eq!(count(there.get(path).await.expect(200)), 0, "{path}");
    }
    let reveal = json!({ "reason": "回电确认" });
    assert_eq!(
        there.post(&format!("/api/contacts/{contact}/reveal"), reveal).await.refused(404),
        "contact_unknown"
    );

    // A customer with a site in another unit's county is seen by both; its sites by one each.
    let far = self::site(&here, &customer, "天河停车场", TIANHE).await;
    there.get(&format!("/api/sites/{far}")).await.expect(200);
    let page = there.get(&format!("/api/customers/{customer}")).await.expect(200);
    assert_eq!(page["site_list"].as_array().unwrap().len(), 1);
    assert_eq!(page["contacts"].as_array().unwrap().len(), 0, "a contact of the other site stays there");

    // An engineer sees a site while it is shared, and through it the customer and its contacts.
    let engineer =
        world.client_in(&[Role::Engineer], Some(&company.shenzhen), Some("engineer-1"), None).await;
    let paths = [
        format!("/api/customers/{customer}"),
        format!("/api/sites/{site}"),
        format!("/api/contacts/{contact}"),
    ];
    for path in &paths {
        engineer.get(path).await.refused(404);
    }
    let shared = site.clone();
    let now = world.app.clock.now();
    let share = world.app.db.write(move |tx| {
        Box::pin(async move { kit::scope::share(tx, "engineer-1", "site", &shared, now).await })
    });
    share.await.unwrap();
    for path in &paths {
        engineer.get(path).await.expect(200);
    }
    engineer.get(&format!("/api/sites/{far}")).await.refused(404);
});

both!(look_up_crosses_units_and_shows_only_what_matched, |world| async move {
    let company = company(&world).await;
    let here = agent(&world, &company.shenzhen).await;
    let customer = customer(&here, "深圳市万象城物业管理有限公司").await;
    let site = site(&here, &customer, "天河北路重庆大厦B2车库", TIANHE).await;
    here.post(
        "/api/contacts",
        json!({ "customer_id": customer, "site_id": site, "name": "单经理", "phone": "0755-82345678-801" }),
    )
    .await
    .expect(201);
    for (text, matched, contact_shown) in [
        ("万象城", "customer", false),
        ("wxc", "customer", false),
        ("szswxcwy", "customer", false),
        ("天河北路", "site", false),
        ("zqds", "site", false),
        ("CQDS", "site", false),
        ("b2", "site", false),
        ("单经理", "contact", true),
        ("sjl", "contact", true),
        ("djl", "contact", true),
        ("0755 8234 5678", "contact", true),
        ("+86 755 82345678", "contact", true),
    ] {
        let hits = look_up(&world, text).await;
        let hit = hits.first().unwrap_or_else(|| panic!("{text} finds nothing"));
        let shown = serde_json::to_value(hit).unwrap();
        assert_eq!(
            (shown["matched"].as_str(), hit.site_id.map(|s| s.to_string())),
            (Some(matched), Some(site.clone())),
            "{text}"
        );
        assert_eq!(hit.unit.id.to_string(), company.guangzhou, "{text}");
        assert_eq!(
            (hit.contact_id.is_some(), hit.phone_masked.is_some()),
            (contact_shown, contact_shown),
            "{text}"
        );
        let shown = shown.to_string();
        assert!(!shown.contains("科苑路") && !shown.contains("82345678"), "{text}: {shown}");
    }
    for text in ["82345678", "755", "不存在", "xyz", "", "%", "'"] {
        assert!(look_up(&world, text).await.is_empty(), "{text}");
    }

    // Keys follow a change of name and number.
    let page = here.get(&format!("/api/customers/{customer}")).await.expect(200);
    here.put(
        &format!("/api/customers/{customer}"),
        page["version"].as_i64().unwrap(),
        json!({ "name": "海岸城" }),
    )
    .await
    .expect(200);
    assert!(look_up(&world, "万象城").await.is_empty());
    assert_eq!(look_up(&world, "hac").await.len(), 1);

    // Of two that match as well, the one used lately comes first.
    let older = self::site(&here, &customer, "欢乐海岸停车场", NANSHAN).await;
    let newer = self::site(&here, &customer, "欢乐谷停车场", NANSHAN).await;
    assert_eq!(look_up(&world, "欢乐").await.len(), 2);
    world.app.clock.advance(kit::Ts::HOUR);
    for lately in [older, newer] {
        world.app.clock.advance(kit::Ts::HOUR);
        let (id, now) = (lately.parse().unwrap(), world.app.clock.now());
        let used =
            world.app.db.write(move |tx| Box::pin(async move { customers::used(tx, id, None, now).await }));
        used.await.unwrap();
        assert_eq!(look_up(&world, "欢乐").await[0].site_id, Some(id));
    }
});

both!(a_caller_is_known_by_number, |world| async move {
    let company = company(&world).await;
    let here = agent(&world, &company.shenzhen).await;
    let customer = customer(&here, "创业大厦").await;
    let site = site(&here, &customer, "创业大厦地库", NANSHAN).await;
    let new = |name: &str| json!({ "customer_id": customer, "name": name, "phone": "138 1234 1234", "email": "zhang@example.cn" });
    let made = here.post("/api/contacts", new("")).await.expect(201);
    assert_eq!(
        (made["phone_masked"].as_str(), made["email_masked"].as_str()),
        (Some("138****1234"), Some("z***@example.cn"))
    );
    let twin = here.post("/api/contacts", new("")).await;
    assert_eq!(
        (twin.refused(409), twin.json["current"]["contact_id"].as_str()),
        ("contact_exists", Some(id(&made).as_str()))
    );

    let matches = async |text: &str| {
        let number = customers::phones::normalise(text).unwrap();
        let mut tx = world.app.db.reader().await.unwrap();
        customers::match_caller(&mut tx, &number).await.unwrap()
    };
    let one = matches("013812341234").await;
    assert_eq!(
        (one.len(), one[0].maybe, one[0].site_id.map(|s| s.to_string())),
        (1, false, Some(site)),
        "its only site"
    );
    here.post("/api/contacts", new("张工")).await.expect(201);
    let two = matches("8613812341234").await;
    assert_eq!((two.len(), two.iter().all(|m| m.maybe)), (2, true));

    // A change without a number keeps the number that a view can't show.
    let path = format!("/api/contacts/{}", id(&made));
    let changed = here.put(&path, 1, json!({ "name": "李工", "role": "主管" })).await.expect(200);
    assert_eq!(
        (changed["phone_masked"].as_str(), changed["version"].as_i64()),
        (Some("138****1234"), Some(2))
    );
    assert_eq!(
        here.put(&path, 2, json!({ "phone": "82345678" })).await.refused(422),
        "phone_area_code_missing"
    );
    for (input, code) in [
        (json!({ "customer_id": customer, "name": "无号" }), "contact_unreachable"),
        (json!({ "customer_id": customer, "phone": "12345678901" }), "phone_invalid"),
        (json!({ "customer_id": customer, "email": "nobody" }), "email_invalid"),
    ] {
        assert_eq!(here.post("/api/contacts", input).await.refused(422), code);
    }
    let personal = "SELECT COUNT(*) FROM event WHERE body LIKE '%13812341234%' OR body LIKE '%李工%' OR body LIKE '%zhang@%'";
    assert_eq!(world.count(personal).await, 0, "events hold no personal values");
});

both!(p68_a_number_is_revealed_once_with_a_reason_and_not_without_end, |world| async move {
    let company = company(&world).await;
    let here = agent(&world, &company.shenzhen).await;
    let customer = customer(&here, "软件产业基地").await;
    let contact = id(&here
        .post("/api/contacts", json!({ "customer_id": customer, "phone": "13812341234" }))
        .await
        .expect(201));
    let shown = here.get(&format!("/api/contacts/{contact}")).await.expect(200);
    assert_eq!((shown["phone_masked"].as_str(), shown.get("phone")), (Some("138****1234"), None));
    let path = format!("/api/contacts/{contact}/reveal");
    assert_eq!(here.post(&path, json!({ "reason": "看" })).await.refused(422), "reveal_reason_missing");

    let reason = json!({ "reason": "回电确认上门时间" });
    let key = here.key();
    let first = here.command(Method::POST, &path, &key, None, reason.clone()).await;
    assert_eq!(first.headers[header::CACHE_CONTROL], "no-store");
    let first = first.expect(200);
    assert_eq!(
        (first["phone_e164"].as_str(), first["left_today"].as_i64()),
        (Some("+8613812341234"), Some(19))
    );
    assert_eq!(
        here.command(Method::POST, &path, &key, None, reason.clone()).await.refused(409),
        "reveal_used"
    );
    let kept = "SELECT COUNT(*) FROM command_answer WHERE body LIKE '%13812341234%'";
    assert_eq!(world.count(kept).await, 0, "the kept answer holds no number");

    for left in (0..19).rev() {
        assert_eq!(here.post(&path, reason.clone()).await.expect(200)["left_today"], left);
    }
    assert_eq!(here.post(&path, reason.clone()).await.refused(429), "reveal_limit_reached");
    let audited = "SELECT COUNT(*) FROM event WHERE audience = 'audit' AND kind = ";
    assert_eq!(
        world.count(&format!("{audited} 'contact.revealed' AND body LIKE '%回电确认上门时间%'")).await,
        20
    );
    assert_eq!(world.count(&format!("{audited} 'contact.reveal_refused'")).await, 1);
    // A colleague and the next day have limits of their own.
    agent(&world, &company.shenzhen).await.post(&path, reason.clone()).await.expect(200);
    world.app.clock.advance(kit::Ts::DAY);
    here.post(&path, reason).await.expect(200);
    world.sealed().await;
});

both!(p68_the_policy_in_force_says_how_many_numbers_a_day, |world| async move {
    let company = company(&world).await;
    let here = agent(&world, &company.shenzhen).await;
    let customer = customer(&here, "软件产业基地").await;
    let contact = id(&here
        .post("/api/contacts", json!({ "customer_id": customer, "phone": "13812341234" }))
        .await
        .expect(201));
    let path = format!("/api/contacts/{contact}/reveal");
    let reason = json!({ "reason": "回电确认上门时间" });
    let admin = world.client(Role::SystemAdmin).await;
    let policy = admin.get("/api/policy").await.expect(200);
    let mut content = policy["content"].clone();
    content["reveals_per_day"] = json!(2);
    let version = json!({ "content": content, "reason": "收紧号码查看" });
    let newest = policy["newest"].as_i64();
    admin.command(Method::POST, "/api/policy/versions", &admin.key(), newest, version).await.expect(201);
    assert_eq!(here.post(&path, reason.clone()).await.expect(200)["left_today"], 1);
    assert_eq!(here.post(&path, reason.clone()).await.expect(200)["left_today"], 0);
    assert_eq!(here.post(&path, reason).await.refused(429), "reveal_limit_reached");
    let audited = "SELECT COUNT(*) FROM event WHERE kind = 'contact.reveal_refused' AND body LIKE '%2%'";
    assert_eq!(world.count(audited).await, 1);
});

both!(lists_page_and_filter, |world| async move {
    let company = company(&world).await;
    let here = agent(&world, &company.shenzhen).await;
    let customer = customer(&here, "深业上城").await;
    for n in 0..5 {
        site(&here, &customer, &format!("深业{n}号库"), NANSHAN).await;
    }
    let mut names = Vec::new();
    let mut path = "/api/sites?limit=2".to_owned();
    loop {
        let page = here.get(&path).await.expect(200);
        names
            .extend(page["items"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/sites?limit=2&after={next}");
    }
    assert_eq!(names, (0..5).map(|n| format!("深业{n}号库")).collect::<Vec<_>>());
    for (query, count) in [
        ("q=sy3", 1),
        ("q=%E6%B7%B1%E4%B8%9A", 5),
        ("division_code=44", 5),
        ("division_code=4401", 0),
        ("division_code=440305", 5),
        (&*format!("customer_id={customer}"), 5),
        (&*format!("unit_id={}", company.guangzhou), 0),
    ] {
        let page = here.get(&format!("/api/sites?{query}")).await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{query}");
    }
    assert_eq!(here.get("/api/sites?after=x").await.refused(422), "cursor_invalid");
    let gold = here.get("/api/customers?vip_level=gold&q=sysc").await.expect(200);
    assert_eq!((gold["items"].as_array().unwrap().len(), gold["items"][0]["sites"].as_i64()), (1, Some(5)));

    let mut tx = world.app.db.reader().await.unwrap();
    let everything =
        customers::list_sites(&mut tx, &Reach::Everything, &customers::SiteFilter::default()).await.unwrap();
    assert_eq!(everything.items.len(), 5);
});

both!(a_customer_with_many_contacts_says_that_there_are_more, |world| async move {
    let company = company(&world).await;
    let agent = agent(&world, &company.shenzhen).await;
    let customer = customer(&agent, "云杉广场").await;
    let path = format!("/api/customers/{customer}");
    let add = async |from: i64, to: i64| {
        let sql = format!(
            "INSERT INTO contact (id, customer_id, name, role, email, lang, created_at, changed_at, used_at) \
             WITH RECURSIVE n (i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to}) \
             SELECT '00000000-0000-7000-8000-' || CAST(100000000000 + i AS TEXT), '{customer}', '联系人', '', 'a@example.cn', 'zh-CN', 0, 0, 0 FROM n"
        );
        world.app.db.write(move |tx| Box::pin(async move { tx.execute(&sql, &[]).await })).await.unwrap();
    };
    add(1, 200).await;
    let page = agent.get(&path).await.expect(200);
    assert_eq!(
        (page["contacts"].as_array().unwrap().len(), page["more_contacts"].as_bool()),
        (200, Some(false))
    );
    add(201, 201).await;
    let page = agent.get(&path).await.expect(200);
    assert_eq!(
        (page["contacts"].as_array().unwrap().len(), page["more_contacts"].as_bool()),
        (200, Some(true))
    );
});

both!(d32_the_companys_zone_dates_numbers_and_stands_for_sites, |world| async move {
    let company = company(&world).await;
    let agent = agent(&world, &company.shenzhen).await;
    let system = world.client(Role::SystemAdmin).await;
    let stands = system.get("/api/company").await;
    let body = json!({ "name": "示范公司", "zone": "America/Los_Angeles" });
    system.put("/api/company", stands.version(), body).await.expect(200);
    // Friday morning in Shanghai is Thursday afternoon there.
    world.app.clock.set("2026-10-09T08:00:00+08:00".parse().unwrap());
    let made =
        agent.post("/api/customers", json!({ "name": "云杉广场", "vip_level": "none" })).await.expect(201);
    assert_eq!(made["number"], "KH20261008-0001");
    let site = agent.post("/api/sites", site_input(&id(&made), "云杉广场停车场", NANSHAN)).await.expect(201);
    assert_eq!(site["zone"], "America/Los_Angeles");
    let report = json!({ "channel": "phone", "site_id": site["id"], "symptom": "不通电", "effects": {} });
    let case = agent.post("/api/cases", report).await.expect(201);
    assert_eq!(case["number"], "SQ20261008-0001");
});
