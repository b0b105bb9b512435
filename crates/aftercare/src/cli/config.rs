//! What a node is told on the command line or by environment, and where each value comes from.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ValueEnum};
use dispatch::roads::{Asking, Roads, RoadsKind, RoadsUrl};
use kit::WebConfig;
use kit::db::Hooks;

use super::say;

/// Which data.
#[derive(Clone, Debug, Args)]
pub struct NodeArgs {
    /// Data folder: the SQLite database, files and keys
    #[arg(long, env = "AFTERCARE_DATA", default_value = "data")]
    pub data: PathBuf,
    /// PostgreSQL instead of SQLite: postgres://user:password@host/database
    #[arg(long, env = "AFTERCARE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Connections to PostgreSQL
    #[arg(long, env = "AFTERCARE_DATABASE_CONNECTIONS", default_value_t = 16)]
    pub database_connections: usize,
    /// Slows each sync of SQLite by this many microseconds (tests and benchmarks only)
    #[arg(long, env = "AFTERCARE_TEST_SYNC_DELAY_US", hide = true)]
    pub test_sync_delay_us: Option<u64>,
}

impl NodeArgs {
    /// What only tests and benchmarks set.
    #[must_use]
    pub fn hooks(&self) -> Hooks {
        Hooks { sync_delay: self.test_sync_delay_us.map(std::time::Duration::from_micros) }
    }
}

/// Where travel times come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoadsArg {
    /// Without a map: the great circle with a detour, speeds by length and hour.
    Estimate,
    /// An OSRM server.
    Osrm,
    /// A Valhalla server.
    Valhalla,
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Which data.
    #[command(flatten)]
    pub node: NodeArgs,
    /// Address and port; plain HTTP is only served on loopback or behind a trusted proxy
    #[arg(long, env = "AFTERCARE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address people use, in links of mails and QR codes
    #[arg(long, env = "AFTERCARE_BASE_URL")]
    pub base_url: Option<String>,
    /// TLS certificate chain (PEM)
    #[arg(long, env = "AFTERCARE_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// TLS key (PEM)
    #[arg(long, env = "AFTERCARE_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Proxies whose X-Forwarded headers count
    #[arg(long, env = "AFTERCARE_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
    /// Bearer token for /metrics
    #[arg(long, env = "AFTERCARE_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// Where travel times come from: a road server of your own, or an estimate without a map
    #[arg(long, env = "AFTERCARE_ROADS", value_enum, default_value = "estimate")]
    pub roads: RoadsArg,
    /// The address of the road server, e.g. http://127.0.0.1:5000; it is told where sites and engineers are
    #[arg(long, env = "AFTERCARE_ROADS_URL", hide_env_values = true)]
    pub roads_url: Option<String>,
    /// Places in one question to the road server, as many as it allows
    #[arg(long, env = "AFTERCARE_ROADS_TABLE", default_value_t = 100, value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub roads_table: u16,
    /// Back up SQLite into the data folder before a schema step
    #[arg(long, env = "AFTERCARE_BACKUP_BEFORE_MIGRATE", default_value_t = true, action = clap::ArgAction::Set)]
    pub backup_before_migrate: bool,
}

impl ServeArgs {
    /// How the outside reaches the node listening on `bound`.
    ///
    /// # Errors
    /// If plain HTTP would leave this machine without a trusted proxy (decision 18).
    pub fn web(&self, bound: SocketAddr) -> anyhow::Result<WebConfig> {
        let tls = self.tls_cert.is_some();
        if !tls && !bound.ip().is_loopback() && self.trusted_proxy.is_empty() {
            anyhow::bail!(
                "plain HTTP on {bound} would send passwords in the clear: give --tls-cert and --tls-key, \
                 or listen on 127.0.0.1, or name the proxy that does TLS with --trusted-proxy"
            );
        }
        // Behind a proxy people come by its name and over its TLS: cookies and links must say so.
        if !tls
            && !self.trusted_proxy.is_empty()
            && !self.base_url.as_deref().is_some_and(|u| u.starts_with("https://"))
        {
            anyhow::bail!(
                "behind a proxy the address people use is not known here: give --base-url https://… beside --trusted-proxy"
            );
        }
        let scheme = if tls { "https" } else { "http" };
        let base_url = self.base_url.clone().unwrap_or_else(|| format!("{scheme}://{bound}"));
        Ok(WebConfig {
            secure_cookies: base_url.starts_with("https://"),
            base_url,
            trusted_proxies: self.trusted_proxy.clone(),
            metrics_token: self.metrics_token.clone(),
        })
    }
}

impl ServeArgs {
    /// Where travel times come from.
    ///
    /// # Errors
    /// If the kind of road server and its address don't go together.
    pub fn roads(&self) -> anyhow::Result<Roads> {
        let kind = match self.roads {
            RoadsArg::Estimate if self.roads_url.is_some() => anyhow::bail!(
                "--roads-url (AFTERCARE_ROADS_URL) names a road server, but not which program answers there: \
                 give --roads osrm or --roads valhalla too"
            ),
            RoadsArg::Estimate => return Ok(Roads::default()),
            RoadsArg::Osrm => RoadsKind::Osrm,
            RoadsArg::Valhalla => RoadsKind::Valhalla,
        };
        let Some(url) = &self.roads_url else {
            anyhow::bail!(
                "--roads {kind} needs the address of the server: give --roads-url (AFTERCARE_ROADS_URL), e.g. http://127.0.0.1:5000"
            );
        };
        let url = RoadsUrl::parse(url)
            .map_err(|why| anyhow::anyhow!("--roads-url (AFTERCARE_ROADS_URL): {why}"))?;
        Ok(Roads::of(kind, url, Asking { table: self.roads_table.into(), ..Asking::default() }))
    }
}

/// Prints every value with its origin; secrets are not shown.
pub(super) fn dump(args: &ServeArgs, matches: &ArgMatches) -> anyhow::Result<()> {
    let matches = matches
        .subcommand_matches("config")
        .and_then(|m| m.subcommand_matches("dump"))
        .ok_or_else(|| anyhow::anyhow!("the command line could not be read"))?;
    let database = args.node.database.as_deref().map(without_password);
    let values: [(&str, String); 13] = [
        ("data", args.node.data.display().to_string()),
        ("database", database.unwrap_or_else(|| "SQLite in the data folder".into())),
        ("database_connections", args.node.database_connections.to_string()),
        ("listen", args.listen.to_string()),
        ("base_url", args.base_url.clone().unwrap_or_else(|| "from the address".into())),
        ("tls_cert", path(args.tls_cert.as_ref())),
        ("tls_key", path(args.tls_key.as_ref())),
        ("trusted_proxy", args.trusted_proxy.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
        ("metrics_token", if args.metrics_token.is_some() { "(set)" } else { "(none)" }.into()),
        ("roads", args.roads.to_possible_value().map_or_else(String::new, |v| v.get_name().to_owned())),
        ("roads_url", args.roads_url.as_deref().map_or_else(|| "(none)".into(), without_password)),
        ("roads_table", args.roads_table.to_string()),
        ("backup_before_migrate", args.backup_before_migrate.to_string()),
    ];
    for (name, value) in values {
        let origin = match matches.value_source(name) {
            Some(ValueSource::CommandLine) => "command line",
            Some(ValueSource::EnvVariable) => "environment",
            _ => "default",
        };
        say(&line(name, origin, &value));
    }
    Ok(())
}

// The value comes last: however long it is, the columns stand.
fn line(name: &str, origin: &str, value: &str) -> String {
    format!("{name:<24}{origin:<16}{value}")
}

fn path(path: Option<&PathBuf>) -> String {
    path.map_or_else(|| "(none)".into(), |p| p.display().to_string())
}

// A URL may carry the password before its host and again in its query; the other writing (`host=… password=…`) among its words.
fn without_password(url: &str) -> String {
    let Some(scheme) = url.find("://") else {
        return url.split_whitespace().map(masked).collect::<Vec<_>>().join(" ");
    };
    let (head, rest) = url.split_at(scheme + 3);
    let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(query)));
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((user, _)) => format!("{user}:…@{host}"),
            None => format!("{user}@{host}"),
        },
        None => rest.to_owned(),
    };
    let query = query.map(|q| format!("?{}", q.split('&').map(masked).collect::<Vec<_>>().join("&")));
    format!("{head}{rest}{}", query.unwrap_or_default())
}

fn masked(word: &str) -> String {
    match word.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().contains("password") => format!("{name}=…"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_the_url_is_not_shown() {
        for (url, shown) in [
            ("postgres://a:se:c@ret@h/db", "postgres://a:…@h/db"),
            ("postgres://a@h/db", "postgres://a@h/db"),
            ("postgres://h/db", "postgres://h/db"),
            ("postgres://h/db?user=a&password=geheim", "postgres://h/db?user=a&password=…"),
            (
                "postgres://a:x@h/db?sslmode=require&sslpassword=y",
                "postgres://a:…@h/db?sslmode=require&sslpassword=…",
            ),
            ("host=h user=a password=geheim dbname=db", "host=h user=a password=… dbname=db"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }

    #[derive(clap::Parser)]
    struct Told {
        #[command(flatten)]
        serve: ServeArgs,
    }

    fn roads(told: &[&str]) -> Result<String, String> {
        let told = <Told as clap::Parser>::try_parse_from([&["aftercare"], told].concat())
            .map_err(|e| e.to_string())?;
        told.serve.roads().map(|roads| format!("{roads:?}")).map_err(|e| e.to_string())
    }

    #[test]
    fn p40_a_road_server_is_named_whole_or_refused_with_what_is_missing() {
        assert_eq!(roads(&[]).unwrap(), "Roads(None)");
        let osrm = roads(&["--roads", "osrm", "--roads-url", "http://127.0.0.1:5000/"]).unwrap();
        assert_eq!(osrm, "Roads(Some(\"http://127.0.0.1:5000\"))");
        for (told, why) in [
            (&["--roads", "google"][..], "estimate, osrm, valhalla"),
            (&["--roads", "osrm"], "needs the address of the server"),
            (&["--roads-url", "http://127.0.0.1:5000"], "which program answers there"),
            (&["--roads", "valhalla", "--roads-url", "maps:8002"], "http://"),
            (&["--roads", "osrm", "--roads-url", "http://m/", "--roads-table", "1"], "2..=1000"),
        ] {
            let refused = roads(told).unwrap_err();
            assert!(refused.contains(why), "{told:?}: {refused}");
        }
    }

    #[test]
    fn the_columns_stand_however_long_a_value_is() {
        let url = format!("postgres://aftercare:…@{}.example.cn/aftercare", "db-".repeat(30));
        let at = |line: String, text: &str| line.find(text).unwrap();
        assert_eq!(at(line("database", "environment", &url), "environment"), 24);
        assert_eq!(at(line("backup_before_migrate", "default", "true"), "default"), 24);
        assert_eq!(at(line("database", "environment", &url), "postgres"), 40);
    }
}
