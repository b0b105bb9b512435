//! What the demo company looks after: customers, sites, products, assets with their signed acceptances.

use assets::{AssetId, AssetInput, NewAcceptance, ProductId, ProductInput, SignatureInput, StrokePoint};
use customers::{AccessHours, ContactId, CustomerId, CustomerInput, NewContact, NewSite, SiteId, VipLevel};
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::{Actor, Both, Failure, Lang, Reach, Ts, Tx};
use organisation::divisions;

use super::company::Company;
use super::{Maker, names};

/// Sites of the demo.
pub const SITES: usize = 300;
/// Assets per site on average: three thousand in all.
const ASSETS_PER_SITE: i64 = 10;

/// A site with what stands there.
pub struct Place {
    pub site_id: SiteId,
    pub contact_id: ContactId,
    pub unit_id: String,
    pub assets: Vec<Thing>,
}

/// An asset.
pub struct Thing {
    pub asset_id: AssetId,
    pub skill: &'static str,
}

/// The product catalogue.
pub async fn products(tx: &mut Tx, maker: &mut Maker<'_>) -> Result<Vec<(ProductId, &'static str)>, Failure> {
    let mut made = Vec::new();
    for (model, zh_cn, en, skill) in names::PRODUCTS {
        let input = ProductInput {
            model: (*model).to_owned(),
            model_version: String::new(),
            name: Both::new(*zh_cn, *en),
            kind: (*skill).to_owned(),
            active: true,
        };
        let view = assets::create_product(tx, &maker.system(maker.now), input).await?;
        made.push((view.id, *skill));
    }
    Ok(made)
}

/// Customers with their sites, contacts, assets and acceptances.
pub async fn places(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    company: &Company,
    products: &[(ProductId, &'static str)],
) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::with_capacity(SITES);
    let sites_per_customer = SITES / names::CUSTOMERS.len();
    for (index, name) in names::CUSTOMERS.iter().enumerate() {
        let area = &company.areas[index % company.areas.len()];
        let before = maker.now.plus(-700 * Ts::DAY);
        let customer = CustomerInput {
            name: format!("{name}（示范）"),
            vip_level: match index % 10 {
                0 => VipLevel::Platinum,
                1 | 2 => VipLevel::Gold,
                3 | 4 => VipLevel::Silver,
                _ => VipLevel::None,
            },
            billing_party: None,
            unit_id: Some(area.branch_id),
            imported_from: None,
        };
        let customer = customers::create_customer(tx, &maker.system(before), customer).await?;
        for number in 0..sites_per_customer {
            let region = &area.regions[number % area.regions.len()];
            let place = place(tx, maker, customer.id, name, index, number, region, products).await?;
            places.push(place);
        }
    }
    Ok(places)
}

#[allow(clippy::too_many_arguments)] // one site needs to know all of it, and nothing else does
async fn place(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    customer_id: CustomerId,
    customer: &str,
    index: usize,
    number: usize,
    region: &super::company::Region,
    products: &[(ProductId, &'static str)],
) -> Result<Place, Failure> {
    let china = divisions::china();
    let county = *maker.dice.one(&region.counties);
    let kind = names::SITES[number % names::SITES.len()];
    let made_at = maker.now.plus(-maker.dice.between(60, 690) * Ts::DAY);
    let cx = maker.system(made_at);
    let point = china.point(&county.code).map(|near| organisation::Point {
        lon: near.lon + maker.dice.between(-40, 40) as f64 / 1000.0,
        lat: near.lat + maker.dice.between(-40, 40) as f64 / 1000.0,
    });
    // The first site of all is the one the guide tells about.
    let name = if index == 0 && number == 0 {
        "云杉广场停车场（示范）".to_owned()
    } else {
        format!("{}{kind}（示范）", &customer[..6])
    };
    let site = NewSite {
        customer_id,
        name,
        address: format!(
            "{}{}{}号",
            china.full_name(&county.code),
            maker.dice.one(names::STREETS),
            maker.dice.between(1, 288)
        ),
        division_code: Some(county.code.clone()),
        point,
        access_hours: AccessHours::default(),
        unit_id: None,
        zone: None,
        imported_from: None,
    };
    let site = customers::create_site(tx, &cx, &Reach::Everything, site).await?;
    let serial = index * 100 + number;
    let contact = NewContact {
        customer_id,
        site_id: Some(site.id),
        name: format!("演示联系人{serial:04}"),
        role: (*maker.dice.one(&["值班室", "项目经理", "工程主管"])).to_owned(),
        // Numbers of a block that no operator has given out.
        phone: Some(format!("1380000{serial:04}")),
        email: Some(format!("contact{serial:04}@demo.example")),
        lang: Lang::ZhCn,
    };
    let contact = customers::create_contact(tx, &cx, &Reach::Everything, contact).await?;
    let assets = things(tx, maker, &cx, site.id, serial, products).await?;
    accept(tx, maker, site.id, &assets, made_at).await?;
    Ok(Place { site_id: site.id, contact_id: contact.id, unit_id: site.unit.id.to_string(), assets })
}

async fn things(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    cx: &kit::Cx,
    site_id: SiteId,
    site_serial: usize,
    products: &[(ProductId, &'static str)],
) -> Result<Vec<Thing>, Failure> {
    let mut made = Vec::new();
    for number in 0..ASSETS_PER_SITE {
        let (product_id, skill) = products[usize::try_from(number).unwrap_or(0) % products.len()];
        let input = AssetInput {
            serial: format!("SN{site_serial:04}{number:02}{:04}", maker.dice.between(0, 9999)),
            product_id,
            site_id,
            parent_asset_id: None,
            foreign_components: maker.dice.chance(4),
            software_version: matches!(skill, "software" | "network")
                .then(|| format!("5.{}", maker.dice.between(0, 6))),
            imported_from: None,
        };
        let asset = assets::register_asset(tx, cx, input).await?;
        made.push(Thing { asset_id: asset.id, skill });
    }
    Ok(made)
}

// Nine of ten sites have their acceptance signed; the others show what "undecided" asks for.
async fn accept(
    tx: &mut Tx,
    maker: &mut Maker<'_>,
    site_id: SiteId,
    things: &[Thing],
    made_at: Ts,
) -> Result<(), Failure> {
    if maker.dice.chance(10) {
        return Ok(());
    }
    let days = maker.dice.between(3, 40);
    let at = made_at.plus(days * Ts::DAY);
    let today = Date::from(at.timestamp().to_zoned(jiff::tz::TimeZone::UTC));
    let accepted_on = today.checked_sub(1.days()).unwrap_or(today);
    let input = NewAcceptance {
        site_id,
        asset_ids: things.iter().map(|t| t.asset_id).collect(),
        accepted_on,
        signed_by_name: "演示客户代表".to_owned(),
        signature: SignatureInput { strokes: Some(vec![scribble(maker)]), file_sha256: None },
    };
    let mut cx = maker.system(at);
    cx.actor = Actor::system("demo");
    assets::record_acceptance(tx, &cx, input).await?;
    Ok(())
}

/// A made-up signature: one stroke.
pub fn scribble(maker: &mut Maker<'_>) -> Vec<StrokePoint> {
    (0..12_u16)
        .map(|i| StrokePoint {
            x: 20 + i * 14,
            y: u16::try_from(60 + maker.dice.between(-30, 30)).unwrap_or(60),
            t_ms: u32::from(i) * 25,
        })
        .collect()
}
