//! One function per use: load, decide, save, append the event.

pub(crate) mod badge;
pub(crate) mod codes;
pub(crate) mod desk;
pub(crate) mod field;
pub(crate) mod links;
pub(crate) mod report;
pub(crate) mod track;

use cases::CaseId;
use coverage::{CoverageBadge, Verdict};
use kit::{Actor, ActorKind, Both, Cx, Failure, Lang, Reach, Tx};
use sha2::{Digest as _, Sha256};

use crate::errors::PortalError;
use crate::rules::MOST_PHOTOS;
use crate::store;

/// SHA-256 of a secret, as it is kept.
pub(crate) fn hashed(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// A customer without an account: `id` is that of their link or verified browser.
pub(crate) fn customer(id: impl ToString, customer_id: impl ToString, lang: Lang) -> Actor {
    Actor {
        kind: ActorKind::Customer,
        id: id.to_string(),
        employee_id: None,
        unit_id: None,
        reach: Reach::Customer(customer_id.to_string()),
        lang,
    }
}

/// Whether something is covered, in a customer's words: what the desk still has to find out is none of theirs.
pub(crate) fn cover(badge: &CoverageBadge) -> Both {
    if badge.verdict != Verdict::Undecided {
        return badge.text.clone();
    }
    let [zh_cn, en] = Lang::ALL.map(|lang| kit::texts::text(lang, "portal.cover.undecided", &[]));
    Both::new(zh_cn.unwrap_or_default(), en.unwrap_or_default())
}

/// Hangs a photo on a case; sent twice it hangs there once.
///
/// # Errors
/// `portal_photo_unknown`, `portal_too_many_photos`.
pub(crate) async fn hang_photo(
    tx: &mut Tx,
    cx: &Cx,
    case_id: CaseId,
    sender: &str,
    sha256: &str,
) -> Result<(), Failure> {
    // Whoever names a file must have sent all of it through this very door.
    let by = Actor { id: sender.to_owned(), reach: Reach::Nothing, ..cx.actor.clone() };
    if !identity::files::may_use(tx, &by, &[], sha256).await? {
        return Err(PortalError::PhotoUnknown.into());
    }
    if store::count_photos(tx, case_id).await? >= MOST_PHOTOS {
        return Err(PortalError::TooManyPhotos { max: MOST_PHOTOS }.into());
    }
    let id = cx.new_id::<kit::uuid::Uuid>().to_string();
    store::insert_photo(tx, &id, case_id, sha256, &cx.actor.id, cx.now).await?;
    Ok(())
}
