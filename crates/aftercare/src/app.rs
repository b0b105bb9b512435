//! Routes, workers, readers and errors of every domain, put together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::{Extension, Router};
use dispatch::roads::Roads;
use documents::Press;
use futures::future::BoxFuture;
use identity::files::FileUse;
use identity::{UnitFacts, Units};
use kit::http::Routes;
use kit::jobs::Worker;
use kit::readers::Reader;
use kit::{Actor, App, ErrorEntry, Failure, Tx};
use utoipa::OpenApi as _;

use crate::http::{self, openapi};

/// The API of every domain.
#[must_use]
pub fn api() -> Routes {
    Routes::new()
        .merge(identity::routes())
        .merge(organisation::routes())
        .merge(policy::routes())
        .merge(customers::routes())
        .merge(assets::routes())
        .merge(coverage::routes())
        .merge(pricing::routes())
        .merge(cases::routes())
        .merge(visits::routes())
        .merge(dispatch::routes())
        .merge(care::routes())
        .merge(portal::routes())
        .merge(notifications::routes())
        .merge(http::live::routes())
        .merge(http::files::routes())
        .merge(http::home::routes())
        .merge(http::imports::routes())
        .merge(http::papers::routes())
        .merge(http::system::routes())
}

/// The description of the API.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    let mut description = api().describe(openapi::Description::openapi());
    openapi::finish(&mut description);
    description
}

/// Everything a node answers: API, health, web app, with the layers around them. `press` prints its papers, `roads` know its ways.
pub fn router(app: App, press: Press, roads: Roads) -> Router {
    let units: Arc<dyn Units> = Arc::new(OrganisationUnits);
    let doors = portal::Doors::new(notifications::sms_gateway());
    let relay = notifications::relay_gateway();
    let rounds = http::live::Rounds::new();
    // The plans that go on by themselves are made by jobs, by the same roads and on one processor with those that are asked for.
    app.keep(roads.clone());
    let api = api()
        .layer(Extension(units))
        .layer(Extension(press))
        .layer(Extension(roads))
        .layer(Extension(dispatch::Proposed::default()))
        .layer(Extension(relay))
        .layer(Extension(rounds));
    http::around(app, api.router(), &doors)
}

/// Where the company's own templates stand: beside the folder of files, in the data folder.
#[must_use]
pub fn templates_folder(files: &Path) -> PathBuf {
    files.parent().unwrap_or(files).join("templates")
}

/// Every place where a row refers to a file.
#[must_use]
pub fn file_uses() -> Vec<FileUse> {
    [organisation::FILE_USES, assets::FILE_USES, coverage::FILE_USES, visits::FILE_USES, portal::FILE_USES]
        .concat()
}

/// Who does the jobs that come due.
#[must_use]
pub fn workers() -> Vec<Worker> {
    let mut all = identity::jobs::workers();
    all.extend(crate::demo::workers());
    all.extend(policy::jobs::workers());
    all.extend(coverage::jobs::workers());
    all.extend(cases::jobs::workers());
    all.extend(dispatch::jobs::workers());
    all.extend(care::workers());
    all.extend(notifications::workers());
    all.extend(crate::import::tables::jobs::workers());
    all.extend(crate::keeping::purge::workers());
    all
}

/// Who brings messages out: they wait for the outside, so they run apart and together ([`kit::jobs::run_together`]).
#[must_use]
pub fn couriers() -> Vec<Worker> {
    notifications::couriers()
}

/// Who reads the sealed events.
#[must_use]
pub fn readers() -> Vec<Reader> {
    let mut all = coverage::jobs::readers();
    all.extend(cases::jobs::readers());
    all.extend(dispatch::jobs::readers());
    all.extend(care::readers());
    all.extend(visits::readers());
    all.extend(portal::readers());
    all.extend(notifications::readers());
    all
}

/// What every start of a node makes sure of: the promise as published, daily tidying. Where another node's work was in the way, it is
/// done once more: a node that can't start serves nobody.
///
/// # Errors
/// As the database says.
pub async fn start(app: &App) -> Result<(), Failure> {
    app.act_again(Actor::system("start"), |tx, cx| {
        Box::pin(async move {
            policy::establish(tx, cx).await?;
            identity::jobs::start(tx, cx).await?;
            cases::jobs::start(tx, cx).await?;
            care::complaints::clocked(tx, cx).await?;
            crate::keeping::purge::start(tx, cx).await
        })
    })
    .await
}

/// Every refusal the program can make, for `docs/errors.md`.
#[must_use]
pub fn errors() -> Vec<ErrorEntry> {
    let mut all = Vec::new();
    all.extend_from_slice(kit::error::ALL);
    all.extend_from_slice(identity::IdentityError::ALL);
    all.extend_from_slice(organisation::OrganisationError::ALL);
    all.extend_from_slice(policy::PolicyError::ALL);
    all.extend_from_slice(documents::DocumentError::ALL);
    all.extend_from_slice(customers::CustomersError::ALL);
    all.extend_from_slice(assets::AssetsError::ALL);
    all.extend_from_slice(coverage::CoverageError::ALL);
    all.extend_from_slice(pricing::PricingError::ALL);
    all.extend_from_slice(cases::CaseError::ALL);
    all.extend_from_slice(visits::VisitError::ALL);
    all.extend_from_slice(dispatch::DispatchError::ALL);
    all.extend_from_slice(care::CareError::ALL);
    all.extend_from_slice(portal::PortalError::ALL);
    all.extend_from_slice(notifications::NotificationError::ALL);
    all.extend_from_slice(http::imports::ImportError::ALL);
    all.extend_from_slice(http::system::SystemError::ALL);
    all.sort_unstable_by_key(|e| e.code);
    all
}

/// Identity shows units without knowing them: this is how it asks.
struct OrganisationUnits;

impl Units for OrganisationUnits {
    fn unit<'t>(&'t self, tx: &'t mut Tx, id: &'t str) -> BoxFuture<'t, Result<Option<UnitFacts>, Failure>> {
        Box::pin(async move {
            let Ok(id) = id.parse() else { return Ok(None) };
            match organisation::unit(tx, id).await {
                Ok(unit) => Ok(Some(UnitFacts { name: unit.name, zone: Some(unit.zone) })),
                Err(Failure::Refused(_)) => Ok(None),
                Err(other) => Err(other),
            }
        })
    }
}
