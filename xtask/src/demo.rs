//! `demo` and `dev`: the product with demo data, built from this clone.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::{Guarded, Step, become_program, npm};
use crate::{Outcome, aftercare_bin, root, target_dir, tools, web};

/// What stands on the command line of `demo`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    listen: Option<String>,
    data: Option<String>,
    clock: Option<String>,
    database: Option<String>,
    fresh: bool,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let (name, joined) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let place = match name {
                "--listen" => &mut options.listen,
                "--data" => &mut options.data,
                "--clock" => &mut options.clock,
                "--database" => &mut options.database,
                "--fresh" if joined.is_none() => {
                    options.fresh = true;
                    continue;
                }
                _ => {
                    return Err(format!(
                        "`{argument}` is not understood. \
                         demo [--listen ADDR] [--data DIR] [--clock TIME] [--database URL] [--fresh]"
                    ));
                }
            };
            let value = joined.or_else(|| rest.next().cloned());
            *place = Some(value.ok_or_else(|| format!("`{name}` needs a value."))?);
        }
        if options.fresh && options.data.is_some() {
            return Err(
                "`--fresh` empties the demo's own folder; with `--data`, empty that folder yourself.".into(),
            );
        }
        Ok(options)
    }

    /// The folder for the demo's data. Unless named it depends on the clock, since a demo is made up to a
    /// moment: the same command finds its demo again, another clock begins another one.
    fn folder(&self) -> PathBuf {
        if let Some(folder) = &self.data {
            return std::env::current_dir().unwrap_or_else(|_| root()).join(folder);
        }
        let name: String = match &self.clock {
            None => "now".into(),
            Some(clock) => clock.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect(),
        };
        target_dir().join("demo-data").join(name)
    }

    /// Makes the folder, after emptying it where a fresh one is wanted.
    fn prepare(&self) -> Outcome {
        let folder = self.folder();
        if self.fresh && folder.exists() {
            std::fs::remove_dir_all(&folder)
                .map_err(|error| format!("{} can't be emptied: {error}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder)
            .map_err(|error| format!("{} can't be made: {error}", folder.display()))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(aftercare_bin());
        command.arg("demo").arg("--data").arg(self.folder());
        for (name, value) in
            [("--listen", &self.listen), ("--clock", &self.clock), ("--database", &self.database)]
        {
            if let Some(value) = value {
                command.arg(name).arg(value);
            }
        }
        command
    }
}

/// Builds what has changed and becomes the server with demo data.
pub fn demo(arguments: &[String]) -> Outcome {
    let options = Options::read(arguments)?;
    tools::prerequisites()?;
    web::ensure_built()?;
    build_server()?;
    options.prepare()?;
    become_program(options.command())
}

/// Runs the server with demo data, and before it the web app's development server, which passes requests
/// for data on (`AFTERCARE_URL`) and shows each change of a screen at once. Ends when either ends.
pub fn dev(arguments: &[String]) -> Outcome {
    let mut options = Options::read(arguments)?;
    tools::prerequisites()?;
    web::ensure_packages()?;
    build_server()?;
    let listen = options.listen.get_or_insert_with(|| "127.0.0.1:8080".into()).clone();
    options.prepare()?;
    let mut server = start("the server", &mut options.command())?;
    let mut vite = Command::new(npm());
    vite.args(["run", "dev"])
        .current_dir(root().join("web"))
        .env("AFTERCARE_URL", format!("http://{listen}"));
    let mut screens = start("the web app's development server", &mut vite)?;
    loop {
        let ended = [("The server", server.ended()), ("The web app's development server", screens.ended())];
        for (name, end) in ended {
            match end {
                Some(true) => return Ok(()),
                Some(false) => return Err(format!("{name} ended with a failure.")),
                None => {}
            }
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn start(name: &str, command: &mut Command) -> Result<Guarded, String> {
    command.stdin(Stdio::null());
    Guarded::start(command).map_err(|error| format!("{name} can't be started: {error}"))
}

/// The server in the profile that tests and walks use too.
pub fn build_server() -> Outcome {
    Step::cargo("cargo build (the server)", &["build", "--profile", "demo", "--package", "aftercare"]).must()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, String> {
        Options::read(&line.split_whitespace().map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn flags_are_passed_on_in_both_spellings() {
        let options =
            read("--listen 127.0.0.1:9000 --clock=2026-10-09T16:40+08:00 --data /srv/demo").unwrap();
        let command = options.command();
        assert_eq!(options.folder(), PathBuf::from("/srv/demo"));
        let arguments: Vec<_> = command.get_args().map(|a| a.to_string_lossy().into_owned()).collect();
        let expected = "demo --data /srv/demo --listen 127.0.0.1:9000 --clock 2026-10-09T16:40+08:00";
        assert_eq!(arguments.join(" "), expected);
    }

    #[test]
    fn each_clock_has_its_own_folder() {
        let now = read("").unwrap().folder();
        let then = read("--clock 2026-10-09T16:40+08:00").unwrap().folder();
        assert!(now.ends_with("demo-data/now"));
        assert!(then.ends_with("demo-data/2026-10-09T16-40-08-00"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(read("--port 1").unwrap_err().contains("--port"));
        assert!(read("--listen").unwrap_err().contains("needs a value"));
        assert!(read("--fresh --data x").is_err());
    }
}
