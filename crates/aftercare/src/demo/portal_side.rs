//! The customer's side of the demo: labels on some devices, the page of a case under way, the badge of who comes.

use cases::CaseId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kit::{Failure, Ts, Tx};
use portal::{LinkFor, LinkScope};

use super::estate::Place;
use super::{CustomerSide, Maker};

/// Sites whose devices have labels.
const LABELLED: usize = 10;

/// Makes them. None where the demo has no free device to show.
pub async fn make(
    tx: &mut Tx,
    maker: &Maker<'_>,
    places: &[Place],
    under_way: &[CaseId],
) -> Result<Option<CustomerSide>, Failure> {
    let mut label = None;
    for thing in places.iter().take(LABELLED).flat_map(|place| &place.assets) {
        let made = portal::make_label(tx, &maker.system(maker.now), thing.asset_id, None).await?;
        // The one that is shown has nothing reported on it yet.
        if label.is_none() && cases::open_of_asset(tx, thing.asset_id).await?.is_empty() {
            label = made.code();
        }
    }
    let Some(label) = label else { return Ok(None) };
    let mut side = CustomerSide { label, link: None, badge: None };
    // Rather one whose engineer comes today: their badge says so.
    let mut shown = None;
    for case_id in under_way.iter().rev() {
        let visits = visits::told_of(tx, *case_id).await?;
        let Some(visit) = visits.last() else { continue };
        let engineer_id = visit.brief.engineer.id;
        let unit_id = organisation::employee(tx, engineer_id).await?.unit_id;
        let (from, to) = day_of(maker.now, organisation::zone_of(tx, unit_id).await?);
        let today = !visits::sent_between(tx, engineer_id, from, to).await?.is_empty();
        if today || shown.is_none() {
            shown = Some((*case_id, engineer_id));
        }
        if today {
            break;
        }
    }
    if let Some((case_id, engineer_id)) = shown {
        let cx = maker.system(maker.now);
        let (_, token) = portal::mint(tx, &cx, case_id, LinkScope::Full, LinkFor::Staff).await?;
        side.link = Some(token);
        side.badge = portal::make_badge_code(tx, &cx, engineer_id, None).await?.code();
    }
    Ok(Some(side))
}

// The beginning and the end of the day that `now` lies in.
fn day_of(now: Ts, zone: TimeZone) -> (Ts, Ts) {
    let today = now.timestamp().to_zoned(zone.clone()).date();
    let begins = |day: Date| day.to_zoned(zone.clone()).map_or(now, |zoned| Ts::from(zoned.timestamp()));
    (begins(today), begins(today.tomorrow().unwrap_or(today)))
}
