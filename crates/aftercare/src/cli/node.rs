//! A node put together from the command line.

use kit::files::Files;
use kit::{App, Clock, Db, Ids, WebConfig};

use super::NodeArgs;

/// A node with its database open.
pub struct Node {
    /// The node.
    pub app: App,
}

impl Node {
    /// Opens the data that `args` name.
    ///
    /// # Errors
    /// If the folder can't be made, or the database can't be opened.
    pub async fn open(args: &NodeArgs, clock: Clock, web: WebConfig) -> anyhow::Result<Self> {
        let mut folder = std::fs::DirBuilder::new();
        folder.recursive(true);
        // A new one is its owner's alone, whatever the umask: it holds everything of everybody.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder
            .create(&args.data)
            .map_err(|e| anyhow::anyhow!("the data folder {} can't be made: {e}", args.data.display()))?;
        let db = match &args.database {
            None => Db::open_sqlite(&args.data.join("aftercare.db"), args.hooks())?,
            Some(url) => Db::open_postgres(url, args.database_connections).await?,
        };
        let files = Files::open(&args.data.join("files"))?;
        Ok(Self { app: App::new(db, clock, Ids::system(), files, web) })
    }
}
