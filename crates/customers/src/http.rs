//! Routes of customers, sites and contacts. One site with all that stands there is answered by `assets`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use identity::{Permit, may};
use kit::http::{Command, Path, Problem, Query, Routes, Versioned};
use kit::routes;
use kit::{Answer, App, Done, Failure, Page, Reach};
use serde_json::json;

use crate::model::{
    ContactChange, ContactId, ContactView, CustomerId, CustomerInput, CustomerPage, CustomerView, NewContact,
    NewSite, Reveal, Revealed, Site, SiteId, SiteInput,
};
use crate::store::contacts::ContactFilter;
use crate::store::customers::CustomerFilter;
use crate::store::sites::SiteFilter;
use crate::{CustomersError, actions, store};

/// The routes of this domain.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .routes(routes!(list_customers, create_customer))
        .routes(routes!(get_customer, change_customer))
        .routes(routes!(list_sites, create_site))
        .routes(routes!(change_site))
        .routes(routes!(list_contacts, create_contact))
        .routes(routes!(get_contact, change_contact))
        .routes(routes!(reveal))
}

// Whoever may look up any site may name any customer in a report (decision 2); everybody else what they see.
fn nameable<P: may::Permission>(permit: &Permit<P>) -> Reach {
    if permit.may::<may::LookUpAnySite>() { Reach::Everything } else { permit.actor().reach }
}

#[utoipa::path(get, path = "/api/customers", tag = "customers", operation_id = "list_customers", params(CustomerFilter),
    responses((status = 200, body = Page<CustomerView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.read"))))]
async fn list_customers(
    State(app): State<App>,
    permit: Permit<may::ReadCustomers>,
    Query(filter): Query<CustomerFilter>,
) -> Result<Json<Page<CustomerView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::customers::list(&mut tx, &permit.actor().reach, &filter).await?))
}

#[utoipa::path(post, path = "/api/customers", tag = "customers", operation_id = "create_customer", request_body = CustomerInput,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CustomerView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.manage"))))]
async fn create_customer(
    State(app): State<App>,
    permit: Permit<may::ManageCustomers>,
    command: Command<CustomerInput>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create_customer(tx, cx, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/customers/{id}", tag = "customers", operation_id = "get_customer", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerPage), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.read"))))]
async fn get_customer(
    State(app): State<App>,
    permit: Permit<may::ReadCustomers>,
    Path(id): Path<CustomerId>,
) -> Result<Versioned<CustomerPage>, Failure> {
    let mut tx = app.db.reader().await?;
    let page = actions::customer_page(&mut tx, &permit.actor().reach, id).await?;
    Ok(Versioned(page.customer.version, page))
}

#[utoipa::path(put, path = "/api/customers/{id}", tag = "customers", operation_id = "change_customer", request_body = CustomerInput,
    params(("id" = CustomerId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = CustomerView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.manage"))))]
async fn change_customer(
    State(app): State<App>,
    permit: Permit<may::ManageCustomers>,
    Path(id): Path<CustomerId>,
    command: Command<CustomerInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_customer(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/sites", tag = "customers", operation_id = "list_sites", params(SiteFilter),
    responses((status = 200, body = Page<Site>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.read"))))]
async fn list_sites(
    State(app): State<App>,
    permit: Permit<may::ReadCustomers>,
    Query(filter): Query<SiteFilter>,
) -> Result<Json<Page<Site>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::sites::list(&mut tx, &permit.actor().reach, &filter).await?))
}

#[utoipa::path(post, path = "/api/sites", tag = "customers", operation_id = "create_site", request_body = NewSite,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Site), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.manage"))))]
async fn create_site(
    State(app): State<App>,
    permit: Permit<may::ManageCustomers>,
    command: Command<NewSite>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let reach = nameable(&permit);
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create_site(tx, cx, &reach, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

#[utoipa::path(put, path = "/api/sites/{id}", tag = "customers", operation_id = "change_site", request_body = SiteInput,
    params(("id" = SiteId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = Site), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.manage"))))]
async fn change_site(
    State(app): State<App>,
    permit: Permit<may::ManageCustomers>,
    Path(id): Path<SiteId>,
    command: Command<SiteInput>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_site(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/contacts", tag = "customers", operation_id = "list_contacts", params(ContactFilter),
    responses((status = 200, body = Page<ContactView>), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.read"))))]
async fn list_contacts(
    State(app): State<App>,
    permit: Permit<may::ReadCustomers>,
    Query(filter): Query<ContactFilter>,
) -> Result<Json<Page<ContactView>>, Failure> {
    let mut tx = app.db.reader().await?;
    Ok(Json(store::contacts::list(&mut tx, &permit.actor().reach, &filter).await?))
}

#[utoipa::path(post, path = "/api/contacts", tag = "customers", operation_id = "create_contact", request_body = NewContact,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ContactView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.manage"))))]
async fn create_contact(
    State(app): State<App>,
    permit: Permit<may::ManageCustomers>,
    command: Command<NewContact>,
) -> Result<Answer, Failure> {
    let Command { input, envelope, .. } = command;
    let reach = nameable(&permit);
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::create_contact(tx, cx, &reach, input).await?;
            let version = view.version;
            Ok(Done::created(view).version(version))
        })
    })
    .await
}

#[utoipa::path(get, path = "/api/contacts/{id}", tag = "customers", operation_id = "get_contact", params(("id" = ContactId, Path)),
    responses((status = 200, body = ContactView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.read"))))]
async fn get_contact(
    State(app): State<App>,
    permit: Permit<may::ReadCustomers>,
    Path(id): Path<ContactId>,
) -> Result<Versioned<ContactView>, Failure> {
    let mut tx = app.db.reader().await?;
    let view = crate::contact(&mut tx, &permit.actor().reach, id).await?;
    Ok(Versioned(view.version, view))
}

#[utoipa::path(put, path = "/api/contacts/{id}", tag = "customers", operation_id = "change_contact", request_body = ContactChange,
    params(("id" = ContactId, Path), ("Idempotency-Key" = String, Header), ("If-Match" = String, Header)),
    responses((status = 200, body = ContactView), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.manage"))))]
async fn change_contact(
    State(app): State<App>,
    permit: Permit<may::ManageCustomers>,
    Path(id): Path<ContactId>,
    command: Command<ContactChange>,
) -> Result<Answer, Failure> {
    let seen = command.version()?;
    let Command { input, envelope, .. } = command;
    app.run(envelope, permit.actor(), move |tx, cx| {
        Box::pin(async move {
            let view = actions::change_contact(tx, cx, id, seen, input).await?;
            let version = view.version;
            Ok(Done::ok(view).version(version))
        })
    })
    .await
}

#[utoipa::path(post, path = "/api/contacts/{id}/reveal", tag = "customers", operation_id = "reveal_number", request_body = Reveal,
    params(("id" = ContactId, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = Revealed), (status = "4XX", body = Problem, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("customers.reveal"))))]
async fn reveal(
    State(app): State<App>,
    permit: Permit<may::RevealNumber>,
    Path(id): Path<ContactId>,
    command: Command<Reveal>,
) -> Result<Response, Failure> {
    let Command { input, envelope, .. } = command;
    let ran = app
        .run(envelope, permit.actor(), move |tx, cx| {
            Box::pin(async move {
                Ok(Done::ok(json!({ "left_today": actions::reveal_number(tx, cx, id, input).await? })))
            })
        })
        .await;
    let answer = match ran {
        Ok(answer) => answer,
        Err(failure) => {
            if matches!(&failure, Failure::Refused(r) if r.code == "reveal_limit_reached") {
                app.act(permit.actor(), move |tx, cx| Box::pin(actions::record_reveal_refused(tx, cx, id)))
                    .await?;
            }
            return Err(failure);
        }
    };
    // The kept answer holds no number, so a repetition has none to give.
    if answer.replayed {
        return Err(CustomersError::RevealUsed.into());
    }
    let left_today =
        serde_json::from_str::<serde_json::Value>(&answer.body)?["left_today"].as_i64().unwrap_or(0);
    let mut tx = app.db.reader().await?;
    let phone =
        crate::contact_channels(&mut tx, id).await?.phone.ok_or(CustomersError::ContactWithoutNumber)?;
    let revealed = Revealed {
        contact_id: id,
        phone_e164: phone.as_str().to_owned(),
        dial: phone.dial(),
        extension: phone.extension().map(str::to_owned),
        left_today,
    };
    let mut response = Json(revealed).into_response();
    response
        .headers_mut()
        .insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(response)
}
