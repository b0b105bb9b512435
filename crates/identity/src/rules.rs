//! Pure decisions about identity.

use std::net::IpAddr;

use http::HeaderMap;
use kit::Ts;

use crate::errors::IdentityError;
use crate::may::{self, Role};
use crate::settings::PasswordProfile;

/// The cookie's name over TLS; the prefix binds it to this host and to HTTPS.
pub(crate) const SECURE_COOKIE: &str = "__Host-aftercare";
/// The cookie's name on plain loopback.
pub(crate) const PLAIN_COOKIE: &str = "aftercare_session";
/// What an API token starts with, so that a leaked one can be recognised.
pub(crate) const TOKEN_PREFIX: &str = "aftercare_";
/// How long a link to set a password lasts.
pub(crate) const LINK_US: i64 = 60 * Ts::MINUTE;
/// A token lasts a year at most.
pub(crate) const TOKEN_US: i64 = 366 * Ts::DAY;
/// Under MLPS a password lasts so long.
pub(crate) const PASSWORD_LASTS_US: i64 = 90 * Ts::DAY;
/// Under MLPS none of so many passwords comes again, the present one among them.
pub(crate) const PASSWORDS_REMEMBERED: usize = 5;
/// `last_seen_at` is no write per request.
pub(crate) const SEEN_EVERY_US: i64 = 5 * Ts::MINUTE;

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// The name of the session cookie.
pub(crate) fn cookie_name(secure: bool) -> &'static str {
    if secure { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// The session cookie of a request. Over TLS only the prefixed one counts: a neighbouring host can't set that.
pub(crate) fn session_cookie(headers: &HeaderMap, secure: bool) -> Option<String> {
    headers.get_all(http::header::COOKIE).iter().filter_map(|h| h.to_str().ok()).find_map(|line| {
        line.split(';').find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == cookie_name(secure)).then(|| value.to_owned())
        })
    })
}

/// `Set-Cookie` for a session that ends in `lasts_us`; nothing left means: forget it.
pub(crate) fn set_cookie(secure: bool, value: &str, lasts_us: i64) -> String {
    let name = cookie_name(secure);
    let seconds = lasts_us.max(0) / Ts::SECOND;
    let tls = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{tls}")
}

/// The address a request comes from: the peer, or behind trusted proxies the last hop that is none of them.
///
/// Counted from the right: what a client writes into `X-Forwarded-For` itself stands on the left.
pub(crate) fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let lines: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|h| h.to_str().ok()).collect();
    let mut nearest = peer;
    for hop in lines.iter().flat_map(|l| l.split(',')).rev() {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else { break };
        nearest = hop;
        if !trusted.contains(&hop) {
            break;
        }
    }
    nearest
}

/// What a device calls itself, short enough for a list: `Chrome · Windows`.
pub(crate) fn device(user_agent: &str) -> String {
    // More special names first: nearly every browser also calls itself Chrome and Safari.
    const PROGRAMS: &[(&str, &str)] = &[
        ("MicroMessenger", "WeChat"),
        ("DingTalk", "DingTalk"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("QQBrowser", "QQ Browser"),
        ("UCBrowser", "UC Browser"),
        ("HuaweiBrowser", "Huawei Browser"),
        ("MiuiBrowser", "Mi Browser"),
        ("360SE", "360"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("OpenHarmony", "HarmonyOS"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let find = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(PROGRAMS), find(SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => user_agent.chars().filter(|c| !c.is_control()).take(40).collect(),
    }
}

/// A login as it is stored and compared: trimmed, lower case.
pub(crate) fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Refuses a login that isn't 2 to 64 letters, digits, dots, dashes, underscores or @. Returns it as stored.
pub(crate) fn check_login(login: &str) -> Result<String, IdentityError> {
    let login = login_key(login);
    let fine = (2..=64).contains(&login.chars().count())
        && login.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
    if fine { Ok(login) } else { Err(IdentityError::LoginInvalid) }
}

/// Refuses an empty name, one of more than `max` characters or with control characters. Returns it trimmed.
pub(crate) fn check_name(name: &str, max: usize, refused: IdentityError) -> Result<String, IdentityError> {
    let name = name.trim();
    if (1..=max).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(refused)
    }
}

/// What belongs to roles: no two administrators in one person, a unit for staff, an employee for an engineer, a customer for
/// a contact.
pub(crate) fn check_roles(
    roles: &[Role],
    unit: Option<&str>,
    employee: Option<&str>,
    customer: Option<&str>,
) -> Result<(), IdentityError> {
    let administrator = |r: &Role| matches!(r, Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin);
    if roles.is_empty() {
        return Err(IdentityError::RolesMissing);
    }
    let contact = roles.contains(&Role::CustomerContact);
    if may::conflicting(roles) || (contact && roles.len() > 1) {
        return Err(IdentityError::RolesConflict);
    }
    if contact && customer.is_none() {
        return Err(IdentityError::CustomerMissing);
    }
    if !contact && unit.is_none() && !roles.iter().all(administrator) {
        return Err(IdentityError::UnitMissing);
    }
    if roles.contains(&Role::Engineer) && employee.is_none() {
        return Err(IdentityError::EmployeeMissing);
    }
    Ok(())
}

/// Whether a password is due to be changed: under MLPS after 90 days.
pub(crate) fn expired(profile: PasswordProfile, changed_at: Option<Ts>, now: Ts) -> bool {
    profile == PasswordProfile::Mlps && changed_at.is_none_or(|at| at.plus(PASSWORD_LASTS_US) <= now)
}

/// Refuses scopes beyond what the account itself may do, and those that only people hold: a stolen token must not be able to
/// make itself a successor.
pub(crate) fn check_scopes(scopes: &[String], roles: &[Role]) -> Result<Vec<String>, IdentityError> {
    const PEOPLE_ONLY: &[&str] =
        &["identity.own", "identity.second_factor", "identity.accounts", "identity.tokens"];
    let held = may::permissions_of(roles);
    let mut checked = scopes.to_vec();
    checked.sort_unstable();
    checked.dedup();
    match checked.iter().find(|s| !held.contains(&s.as_str()) || PEOPLE_ONLY.contains(&s.as_str())) {
        Some(scope) => Err(IdentityError::ScopeUnknown { scope: scope.clone() }),
        None if checked.is_empty() => Err(IdentityError::ScopesMissing),
        None => Ok(checked),
    }
}

/// What the failures so far mean for one more attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// It may be made; these are the failures with it, and a lock that holds unless it succeeds.
    Allowed { failures: i64, locked_until: Option<Ts> },
    /// Locked until then.
    Locked(Ts),
}

/// Decides on one more attempt. It is counted before the password is looked at, so that parallel guesses can't outrun the count.
pub(crate) fn attempt(
    failures: i64,
    locked_until: Option<Ts>,
    last_at: Ts,
    limit: i64,
    lock_us: i64,
    now: Ts,
) -> Attempt {
    if let Some(until) = locked_until
        && until > now
    {
        return Attempt::Locked(until);
    }
    // A lock that has passed and failures long ago no longer count.
    let failures = if locked_until.is_some() || last_at.plus(lock_us) <= now { 1 } else { failures + 1 };
    Attempt::Allowed { failures, locked_until: (failures >= limit).then(|| now.plus(lock_us)) }
}

/// Whole minutes until `until`, rounded up.
pub(crate) fn minutes_left(until: Ts, now: Ts) -> i64 {
    ((until.0 - now.0).max(0) + Ts::MINUTE - 1) / Ts::MINUTE
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn over_tls_only_the_prefixed_cookie_counts() {
        let sent = headers(&[("cookie", "a=b; aftercare_session=tossed; __Host-aftercare=own")]);
        assert_eq!(session_cookie(&sent, true).as_deref(), Some("own"));
        assert_eq!(session_cookie(&sent, false).as_deref(), Some("tossed"));
        let set = set_cookie(true, "x", Ts::DAY);
        assert_eq!(set, "__Host-aftercare=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure");
        assert!(set_cookie(false, "", 0).contains("Max-Age=0"));
    }

    #[test]
    fn a_client_cannot_choose_its_address() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let client: IpAddr = "198.51.100.4".parse().unwrap();
        let forged = headers(&[("x-forwarded-for", "203.0.113.9, 198.51.100.4")]);
        assert_eq!(address(client, &forged, &[proxy]), client, "not from a proxy: ignored");
        assert_eq!(address(proxy, &forged, &[proxy]), client, "the last hop that is no proxy");
        let two = headers(&[("x-forwarded-for", "203.0.113.9, 198.51.100.4, 10.0.0.1")]);
        assert_eq!(address(proxy, &two, &[proxy]), client);
        assert_eq!(address(proxy, &headers(&[("x-forwarded-for", "nonsense")]), &[proxy]), proxy);
        assert_eq!(address(proxy, &HeaderMap::new(), &[proxy]), proxy);
    }

    #[test]
    fn devices_are_named_shortly() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; X) AppleWebKit/537.36 Version/4.0 Chrome/126 Mobile Safari/537.36 MicroMessenger/8.0",
                "WeChat · Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1",
                "Safari · iPhone",
            ),
            ("curl/8.5.0", "curl"),
            ("", ""),
        ] {
            assert_eq!(device(agent), name, "{agent}");
        }
        assert_eq!(device(&"x".repeat(5000)).len(), 40);
    }

    #[test]
    fn logins_are_compared_without_case_and_refuse_what_looks_like_markup() {
        assert_eq!(check_login("  Li.Wei@East ").unwrap(), "li.wei@east");
        assert_eq!(check_login("王芳").unwrap(), "王芳");
        for wrong in ["", "x", "a b", "a\u{200b}b", "<script>", "a/b", &"x".repeat(65)] {
            assert_eq!(check_login(wrong), Err(IdentityError::LoginInvalid), "{wrong}");
        }
    }

    #[test]
    fn roles_bring_what_they_need() {
        use Role::{AuditAdmin, CustomerContact, Dispatcher, Engineer, SystemAdmin};
        let check = |roles: &[Role], unit: bool, employee: bool, customer: bool| {
            check_roles(roles, unit.then_some("u"), employee.then_some("e"), customer.then_some("c"))
        };
        assert_eq!(check(&[], true, true, true), Err(IdentityError::RolesMissing));
        assert_eq!(check(&[SystemAdmin, AuditAdmin], true, true, true), Err(IdentityError::RolesConflict));
        assert_eq!(
            check(&[CustomerContact, Dispatcher], true, true, true),
            Err(IdentityError::RolesConflict)
        );
        assert_eq!(check(&[CustomerContact], true, false, false), Err(IdentityError::CustomerMissing));
        assert_eq!(check(&[Dispatcher], false, false, false), Err(IdentityError::UnitMissing));
        assert_eq!(check(&[Engineer], true, false, false), Err(IdentityError::EmployeeMissing));
        assert_eq!(check(&[Dispatcher, SystemAdmin], false, false, false), Err(IdentityError::UnitMissing));
        for (roles, unit, employee, customer) in [
            (&[SystemAdmin][..], false, false, false),
            (&[Dispatcher], true, false, false),
            (&[Engineer, Dispatcher], true, true, false),
            (&[CustomerContact], false, false, true),
        ] {
            assert_eq!(check(roles, unit, employee, customer), Ok(()), "{roles:?}");
        }
    }

    #[test]
    fn a_token_gets_no_more_than_its_account_and_never_the_keys() {
        let scopes = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let agent = [Role::HotlineAgent];
        assert_eq!(check_scopes(&scopes(&["cases.read", "cases.read"]), &agent).unwrap(), ["cases.read"]);
        for wrong in ["pricing.manage", "identity.own", "identity.second_factor", "no.such"] {
            let refused = check_scopes(&scopes(&["cases.read", wrong]), &agent).unwrap_err();
            assert_eq!(refused, IdentityError::ScopeUnknown { scope: wrong.into() });
        }
        assert!(check_scopes(&scopes(&["identity.tokens"]), &[Role::SecurityAdmin]).is_err());
        assert_eq!(check_scopes(&[], &agent), Err(IdentityError::ScopesMissing));
    }

    #[test]
    fn mlps_passwords_last_ninety_days_and_others_as_long_as_they_are_good() {
        let (made, last) = (Ts(0), Ts(90 * Ts::DAY - 1));
        assert!(!expired(PasswordProfile::Mlps, Some(made), last));
        assert!(expired(PasswordProfile::Mlps, Some(made), last.plus(1)));
        assert!(!expired(PasswordProfile::Asvs, Some(made), Ts(4000 * Ts::DAY)));
    }

    #[test]
    fn the_fifth_failure_locks_for_fifteen_minutes_and_then_is_forgotten() {
        let lock = 15 * Ts::MINUTE;
        let (mut failures, mut locked, mut last) = (0, None, Ts(0));
        for n in 1..=5 {
            let now = Ts(n * Ts::SECOND);
            let Attempt::Allowed { failures: f, locked_until } =
                attempt(failures, locked, last, 5, lock, now)
            else {
                panic!("attempt {n} may be made")
            };
            (failures, locked, last) = (f, locked_until, now);
        }
        let until = last.plus(lock);
        assert_eq!(locked, Some(until));
        assert_eq!(attempt(failures, locked, last, 5, lock, until.plus(-1)), Attempt::Locked(until));
        assert_eq!(
            attempt(failures, locked, last, 5, lock, until),
            Attempt::Allowed { failures: 1, locked_until: None }
        );
        assert_eq!(minutes_left(until, last), 15);
        assert_eq!(minutes_left(until, until.plus(-1)), 1);
        // Four failures yesterday don't count towards today's lock.
        assert_eq!(
            attempt(4, None, Ts(0), 5, lock, Ts(Ts::DAY)),
            Attempt::Allowed { failures: 1, locked_until: None }
        );
    }
}
