//! A country's worth of data on the demo company: 100,000 cases and assets, 10,000 sites, more than 300,000 sealed events.
//!
//! Customers, sites and cases come through the doors that imports use, in bulk: numbers without gaps, events with their hashes,
//! words and keys as the program writes them, so that `aftercare check` passes. Assets are plain rows with their keys.

use std::collections::HashMap;

use cases::{CaseKind, ImportedCase, ImportedState, ImportedStep, ReportChannel, ResolvedHow, Severity};
use customers::{ContactId, CustomerId, ImportedContact, ImportedCustomer, ImportedSite, SiteId, keys};
use kit::files::Files;
use kit::{Actor, App, Clock, Ids, Ts, Value};
use organisation::UnitId;
use serde_json::json;

use super::database::open;
use super::program::Place;

/// Cases made here; the demo and the reports of the measurement come on top.
pub const CASES: usize = 97_000;
const CUSTOMERS: usize = 2_000;
const SITES: usize = 10_000;
const ASSETS: usize = 97_000;
/// Of the cases so many are open.
const OPEN: usize = 3_000;
/// Rows that one transaction brings.
const AT_ONCE: usize = 1_000;

const FIRST: &[&str] = &[
    "云杉", "银杏", "海棠", "紫荆", "金桂", "白桦", "青松", "红棉", "碧桐", "玉兰", "丹枫", "翠竹", "香樟",
    "木棉", "雪松", "沉香", "南溪", "北辰", "东湖", "西岭", "江畔", "河洲", "山海", "星河", "朝阳", "晨曦",
    "明月", "长虹", "瑞雪", "和风", "安澜", "永宁", "鼎盛", "恒泰", "宏远", "嘉和", "盈科", "汇通", "启航",
    "创新",
];
const SECOND: &[&str] = &[
    "广场", "花园", "大厦", "中心", "新城", "家园", "华府", "名苑", "天地", "公馆", "雅居", "国际", "世纪",
    "时代", "港湾", "金座", "商城", "湾区", "湖畔", "都会",
];
const KINDS: &[&str] = &[
    "停车场",
    "地下车库",
    "停车场东区",
    "停车场西区",
    "写字楼",
    "商场停车场",
    "产业园",
    "医院",
    "学校",
    "高铁站停车场",
];
const THINGS: &[&str] =
    &["道闸", "岗亭", "车牌识别一体机", "自助缴费机", "摄像头", "地感线圈", "显示屏", "服务器"];
const FAULTS: &[&str] = &[
    "不抬杆,车辆无法出场",
    "不通电",
    "识别错误",
    "画面黑屏",
    "网络不通,收费中断",
    "异响,动作不到位",
    "频繁重启",
    "按键无反应",
];

/// A word of every eighth symptom.
pub const COMMON_WORD: &str = "车辆无法出场";
/// In the names of more than half of the sites.
pub const COMMON_PLACE: &str = "停车场";
/// Some ten sites of ten thousand.
pub const RARE_PLACE: &str = "云杉广场";
/// Initials of the same.
pub const RARE_INITIALS: &str = "ysgc";
/// Initials of more than half of the sites.
pub const COMMON_INITIALS: &str = "tcc";
/// In a hundred symptoms of a hundred thousand.
pub const RARE_WORD: &str = "曲柄断裂";

struct There {
    units: Vec<UnitId>,
    owners: Vec<String>,
    products: Vec<String>,
}

/// Fills the demo company of `place`; the program is not running.
pub async fn fill(place: &Place) {
    let files = Files::open(&place.data.join("files")).unwrap();
    let app = App::new(open(place).await, Clock::system(), Ids::system(), files, kit::WebConfig::default());
    let there = there(&app).await;
    let customers = customers(&app, &there).await;
    let sites = sites(&app, &customers).await;
    assets(&app, &there, &sites).await;
    cases(&app, &there, &sites).await;
    while kit::events::seal(&app.db).await.unwrap() > 0 {}
    // What a database does by itself sooner or later: it learns how its tables stand.
    let analyse = app.db.write(|tx| Box::pin(async move { tx.execute("ANALYZE", &[]).await }));
    analyse.await.unwrap();
}

async fn there(app: &App) -> There {
    let mut tx = app.db.reader().await.unwrap();
    let mut ids = Vec::new();
    for sql in [
        "SELECT DISTINCT unit_id AS id FROM site ORDER BY unit_id",
        "SELECT e.id FROM employee e JOIN account a ON a.employee_id = e.id ORDER BY e.id LIMIT 40",
        "SELECT id FROM product ORDER BY id",
    ] {
        let rows = tx.rows(sql, &[]).await.unwrap();
        ids.push(rows.iter().map(|row| row.get::<String>("id").unwrap()).collect::<Vec<_>>());
    }
    let products = ids.pop().unwrap();
    let owners = ids.pop().unwrap();
    There { units: ids.pop().unwrap().iter().map(|id| id.parse().unwrap()).collect(), owners, products }
}

/// Customers with the unit that looks after them.
async fn customers(app: &App, there: &There) -> Vec<(CustomerId, UnitId, String)> {
    let mut all = Vec::with_capacity(CUSTOMERS);
    for part in (0..CUSTOMERS).collect::<Vec<_>>().chunks(AT_ONCE) {
        let mut list = Vec::new();
        let mut named = Vec::new();
        for n in part {
            let (first, second) = (FIRST[n % FIRST.len()], SECOND[n / FIRST.len() % SECOND.len()]);
            let unit_id = there.units[n % there.units.len()];
            let town = ["深圳市", "广州市", "武汉市", "杭州市", "成都市"][n % 5];
            list.push(ImportedCustomer {
                key: format!("bench:customer:{n}"),
                name: format!("{town}{first}{second}物业管理有限公司"),
                unit_id,
                command_id: app.ids.next(app.clock.now()),
            });
            named.push((format!("bench:customer:{n}"), unit_id, format!("{first}{second}")));
        }
        let made = app.act(Actor::system("bench"), move |tx, cx| {
            Box::pin(async move { Ok(customers::import_customers(tx, cx, &list).await?.0) })
        });
        let made = made.await.unwrap();
        all.extend(named.into_iter().map(|(key, unit_id, name)| (made[&key], unit_id, name)));
    }
    all
}

/// A site with its contact.
struct Site {
    id: SiteId,
    customer_id: CustomerId,
    contact_id: Option<ContactId>,
    unit_id: UnitId,
}

async fn sites(app: &App, customers: &[(CustomerId, UnitId, String)]) -> Vec<Site> {
    let now = app.clock.now();
    let mut all = Vec::with_capacity(SITES);
    for part in (0..SITES).collect::<Vec<_>>().chunks(AT_ONCE) {
        let mut list = Vec::new();
        let mut contacts = Vec::new();
        for n in part {
            let (customer_id, unit_id, name) = &customers[n % customers.len()];
            let kind = KINDS[(n / customers.len() + n) % KINDS.len()];
            let phase = n / customers.len() + 1;
            list.push(ImportedSite {
                key: format!("bench:site:{n}"),
                customer_id: *customer_id,
                name: format!("{name}{phase}期{kind}"),
                unit_id: *unit_id,
                used_at: now,
                command_id: app.ids.next(now),
            });
            contacts.push((format!("bench:site:{n}"), *customer_id, *unit_id, *n));
        }
        let made = app.act(Actor::system("bench"), move |tx, cx| {
            Box::pin(async move {
                let made: HashMap<String, SiteId> = customers::import_sites(tx, cx, &list).await?.0;
                let people: Vec<ImportedContact> = contacts
                    .iter()
                    .map(|(key, customer_id, _, n)| ImportedContact {
                        customer_id: *customer_id,
                        site_id: made[key],
                        name: format!("值班{n:05}"),
                        phone: Some(format!("138001{n:05}")),
                        email: None,
                    })
                    .collect();
                let people = customers::import_contacts(tx, cx, &people).await?.0;
                let sites =
                    contacts.into_iter().zip(people).map(|((key, customer_id, unit_id, _), contact_id)| {
                        Site { id: made[&key], customer_id, contact_id, unit_id }
                    });
                Ok(sites.collect::<Vec<_>>())
            })
        });
        all.extend(made.await.unwrap());
    }
    assert_eq!(all.len(), SITES);
    all
}

/// The serial of the n-th asset.
pub fn serial(n: usize) -> String {
    format!("TX{:02}-{:06}", n % 97, n * 7 % 1_000_000)
}

async fn assets(app: &App, there: &There, sites: &[Site]) {
    let now = app.clock.now();
    for part in (0..ASSETS).collect::<Vec<_>>().chunks(AT_ONCE) {
        let (mut rows, mut names) = (Vec::new(), Vec::new());
        for n in part {
            let (id, site, serial) = (app.ids.next(now).to_string(), &sites[n % sites.len()], serial(*n));
            let label = format!("BENCH{n:06}");
            let mut all = keys::serial_keys(&serial);
            all.push(keys::label_key(&label));
            names.extend(all.into_iter().map(|(kind, term)| -> Vec<Value> {
                vec![kind.name().into(), term.into(), "asset".into(), id.as_str().into()]
            }));
            let key = keys::serial_key(&serial);
            rows.push(vec![
                id.into(),
                serial.into(),
                key.into(),
                label.into(),
                there.products[n % there.products.len()].as_str().into(),
                site.id.into(),
                site.customer_id.into(),
                site.unit_id.into(),
                0_i64.into(),
                now.into(),
                now.into(),
            ]);
        }
        let write = app.db.write(move |tx| {
            Box::pin(async move {
                let columns = [
                    "id",
                    "serial",
                    "serial_key",
                    "label",
                    "product_id",
                    "site_id",
                    "customer_id",
                    "unit_id",
                    "foreign_components",
                    "created_at",
                    "changed_at",
                ];
                tx.insert_many("asset", &columns, &rows).await?;
                tx.insert_many("search_key", &["kind", "term", "record", "record_id"], &names).await
            })
        });
        write.await.unwrap();
    }
}

async fn cases(app: &App, there: &There, sites: &[Site]) {
    let now = app.clock.now();
    for part in (0..CASES).collect::<Vec<_>>().chunks(AT_ONCE) {
        let list: Vec<ImportedCase> = part.iter().map(|n| case(app, there, sites, *n, now)).collect();
        let made = app.act(Actor::system("bench"), move |tx, cx| {
            Box::pin(async move { cases::import_cases(tx, cx, list).await })
        });
        made.await.unwrap();
    }
}

// Three years of cases, the oldest first; the open ones among the newest.
fn case(app: &App, there: &There, sites: &[Site], n: usize, now: Ts) -> ImportedCase {
    let back = i64::try_from(CASES - n).unwrap() * 1_000 * Ts::DAY / i64::try_from(CASES).unwrap();
    let reported_at = now.plus(-back - Ts::HOUR);
    let open = n >= CASES - 2 * OPEN && n.is_multiple_of(2);
    let site = &sites[n * 7_919 % sites.len()];
    let (thing, fault) = (THINGS[n % THINGS.len()], FAULTS[n / THINGS.len() % FAULTS.len()]);
    let rare = if n.is_multiple_of(1_000) { RARE_WORD } else { "" };
    let ended_at = reported_at.plus(40 * Ts::MINUTE);
    let step = |minutes: i64, text: &str| ImportedStep {
        command_id: app.ids.next(now),
        at: reported_at.plus(minutes * Ts::MINUTE),
        body: json!({ "state": text }),
    };
    ImportedCase {
        key: format!("bench:case:{n}"),
        old_number: format!("INC{n:07}"),
        source: "bench".to_owned(),
        command_id: app.ids.next(now),
        kind: CaseKind::Fault,
        channel: ReportChannel::Phone,
        severity: if n.is_multiple_of(5) { Severity::Major } else { Severity::Normal },
        state: match (open, n % 3) {
            (true, 0) => ImportedState::New,
            (true, _) => ImportedState::Triaged,
            (false, _) => ImportedState::Closed,
        },
        customer_id: site.customer_id,
        site_id: site.id,
        contact_id: site.contact_id,
        symptom: format!("{}号{thing}{fault}{rare}", n % 12 + 1),
        symptom_class: None,
        unit_id: site.unit_id,
        owner_id: there.owners[n % there.owners.len()].clone(),
        reported_by: there.owners[n % there.owners.len()].clone(),
        reported_at,
        resolved_at: (!open).then_some(ended_at),
        resolved_how: ResolvedHow::Remote,
        closed_at: (!open).then_some(ended_at),
        touched_at: ended_at,
        reopened: 0,
        hand_overs: 0,
        steps: vec![step(5, "triaged"), step(40, if open { "triaged" } else { "closed" })],
        clocks: Vec::new(),
    }
}
