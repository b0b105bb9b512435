//! The customer's side of the demo: labels on some devices, the page of a case under way, the badge of who comes.

use cases::CaseId;
use kit::{Failure, Tx};
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
    for case_id in under_way.iter().rev() {
        let visits = visits::told_of(tx, *case_id).await?;
        let Some(visit) = visits.last() else { continue };
        let cx = maker.system(maker.now);
        let (_, token) = portal::mint(tx, &cx, *case_id, LinkScope::Full, LinkFor::Staff).await?;
        side.link = Some(token);
        side.badge = portal::make_badge_code(tx, &cx, visit.brief.engineer.id, None).await?.code();
        break;
    }
    Ok(Some(side))
}
