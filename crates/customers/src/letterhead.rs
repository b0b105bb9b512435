//! Whose papers they are: the company and the hotline its customers phone.

use documents::Letterhead;
use kit::{Failure, Tx};

use crate::phones::E164;

/// The company's name and its hotline as it is dialled; a number for the whole country comes before those of single cities.
///
/// # Errors
/// As the database says.
pub async fn letterhead(tx: &mut Tx) -> Result<Letterhead, Failure> {
    let company = identity::settings::company(tx).await?.map(|company| company.name).unwrap_or_default();
    let hotlines = organisation::hotlines(tx).await?;
    let hotline = hotlines
        .into_iter()
        .filter(|hotline| hotline.active)
        .min_by_key(|hotline| !hotline.number.starts_with("+86400"))
        .map(|hotline| E164::stored(hotline.number, None).dial());
    Ok(Letterhead { company, hotline })
}
