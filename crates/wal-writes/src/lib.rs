//! SQLite's log written in one piece per commit.
//!
//! SQLite hands its log to the system page by page, each in two writes: a head of 24 bytes and the page. A command that changes 75 pages makes 150
//! ways to the system, which cost more than all its rules. [`open`] offers SQLite a file system that is the usual one, but for the log
//! (`-wal`): what is written there one behind the other is held in memory and leaves in one write, at the latest before the sync.
//!
//! Nothing that was promised changes, as long as a connection keeps to what [`open`] sets: every commit syncs (`synchronous=FULL`), and pages leave
//! for the log in a commit alone (`cache_spill` off). SQLite then writes the pages of a commit, syncs, and only after that tells other
//! connections that they are there, in the shared index, all of it while it holds the lock of writers: what is held back is what a crash
//! may lose anyway, and nothing is held when somebody else may write. A transaction keeps its changed pages in memory until it commits.
//! Whoever reads, measures or cuts the log through the same file finds it written first. Other connections and other programs may use the
//! same database through any file system of SQLite's.

use std::ffi::{CStr, c_int, c_void};
use std::path::Path;
use std::sync::OnceLock;

use rusqlite::ffi::{
    SQLITE_IOERR, SQLITE_IOERR_WRITE, SQLITE_OK, SQLITE_OPEN_WAL, sqlite3_file, sqlite3_filename,
    sqlite3_int64, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};
use rusqlite::{Connection, OpenFlags};

/// The name by which connections ask for it.
const NAME: &CStr = c"aftercare-log";
/// Bytes held back at most: above this, what is held leaves before its sync. The usual file system takes less than 128 KiB at once.
const HELD: usize = 124 * 1024;

/// A file as SQLite keeps it: first what to call for it. Behind ours in the same memory stands the usual file system's own.
#[repr(C)]
struct LogFile {
    methods: *const sqlite3_io_methods,
    held: *mut Held,
}

/// What was written and has not left: `bytes` from `at` on.
#[derive(Default)]
struct Held {
    at: sqlite3_int64,
    bytes: Vec<u8>,
}

struct Registered {
    usual: *mut sqlite3_vfs,
    failed: c_int,
}

// SAFETY: the pointer is to SQLite's own list of file systems, which stands as long as the program and which SQLite guards itself.
unsafe impl Send for Registered {}
// SAFETY: as above; nothing is changed through it.
unsafe impl Sync for Registered {}

static REGISTERED: OnceLock<Registered> = OnceLock::new();

/// Opens the database at `path` (or makes it) with a log that leaves in few writes: WAL, every commit synced, nothing spilled before it.
///
/// # Errors
/// As SQLite says.
pub fn open(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags_and_vfs(path, OpenFlags::default(), register()?)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_spill", false)?;
    Ok(connection)
}

// Makes the file system known to SQLite, once however often it is asked.
fn register() -> Result<&'static CStr, rusqlite::Error> {
    let registered = REGISTERED.get_or_init(|| {
        // SAFETY: no name asks for the default; SQLite initialises itself on the first call.
        let usual = unsafe { sqlite3_vfs_find(std::ptr::null()) };
        if usual.is_null() {
            return Registered { usual, failed: SQLITE_IOERR };
        }
        // SAFETY: SQLite's file systems are plain data and functions that find what they need in `pAppData`, which is copied too.
        let mut ours = unsafe { *usual };
        ours.pNext = std::ptr::null_mut();
        ours.zName = NAME.as_ptr();
        ours.szOsFile += size_of::<LogFile>() as c_int;
        ours.xOpen = Some(open_file);
        // SAFETY: it is never freed nor taken out again.
        let failed = unsafe { sqlite3_vfs_register(Box::into_raw(Box::new(ours)), 0) };
        Registered { usual, failed }
    });
    if registered.failed == SQLITE_OK {
        Ok(NAME)
    } else {
        Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(registered.failed), None))
    }
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 1, // a log is never shared memory, nor mapped
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: None,
    xShmLock: None,
    xShmBarrier: None,
    xShmUnmap: None,
    xFetch: None,
    xUnfetch: None,
};

/// Calls a function of the usual file system for the file behind ours.
macro_rules! usual {
    ($file:expr, $method:ident $(, $arg:expr)*) => {{
        let usual = behind($file);
        // SAFETY: the usual file system opened this file: its functions stand in it until it is closed, and these are its arguments.
        unsafe {
            match (*usual).pMethods.as_ref().and_then(|methods| methods.$method) {
                Some(method) => method(usual, $($arg),*),
                None => SQLITE_IOERR,
            }
        }
    }};
}

fn behind(file: *mut sqlite3_file) -> *mut sqlite3_file {
    file.wrapping_byte_add(size_of::<LogFile>())
}

// SAFETY (to be kept by whoever calls): `file` is one that `open_file` made a log, and SQLite calls no two functions of a file at once.
unsafe fn held<'f>(file: *mut sqlite3_file) -> &'f mut Held {
    // SAFETY: as above; `held` stands from `open_file` to `close`.
    unsafe { &mut *(*file.cast::<LogFile>()).held }
}

unsafe extern "C" fn open_file(
    _: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    opened: *mut c_int,
) -> c_int {
    let Some(usual) = REGISTERED.get().map(|registered| registered.usual) else { return SQLITE_IOERR };
    // SAFETY: the arguments are SQLite's; its file has room for ours and for the usual one behind it (`szOsFile`).
    let done = unsafe {
        let Some(open) = (*usual).xOpen else { return SQLITE_IOERR };
        if flags & SQLITE_OPEN_WAL == 0 {
            return open(usual, name, file, flags, opened);
        }
        // Where opening fails, SQLite closes a file that has methods, and only such a one.
        (*file).pMethods = std::ptr::null();
        let done = open(usual, name, behind(file), flags, opened);
        if done == SQLITE_OK {
            let log = file.cast::<LogFile>();
            (*log).held = Box::into_raw(Box::default());
            (*log).methods = &raw const METHODS;
        }
        done
    };
    // A file that couldn't be opened and yet has functions wants to be closed.
    // SAFETY: SQLite zeroes the memory of a file before it is opened.
    if done != SQLITE_OK && unsafe { !(*behind(file)).pMethods.is_null() } {
        usual!(file, xClose);
    }
    done
}

// What is held leaves. If it can't, it is forgotten: the commit that it belongs to fails.
fn leave(file: *mut sqlite3_file, held: &mut Held) -> c_int {
    if held.bytes.is_empty() {
        return SQLITE_OK;
    }
    let Ok(amount) = c_int::try_from(held.bytes.len()) else { return SQLITE_IOERR_WRITE };
    let done = usual!(file, xWrite, held.bytes.as_ptr().cast(), amount, held.at);
    held.bytes.clear();
    done
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    amount: c_int,
    at: sqlite3_int64,
) -> c_int {
    let Ok(long) = usize::try_from(amount) else { return SQLITE_IOERR_WRITE };
    // SAFETY: a log, and `amount` bytes to read at `from`.
    let (held, bytes) = unsafe { (held(file), std::slice::from_raw_parts(from.cast::<u8>(), long)) };
    let next = held.at + held.bytes.len() as sqlite3_int64;
    if (at != next || held.bytes.len() + long > HELD) && !held.bytes.is_empty() {
        let done = leave(file, held);
        if done != SQLITE_OK {
            return done;
        }
    }
    if long > HELD {
        return usual!(file, xWrite, from, amount, at);
    }
    if held.bytes.is_empty() {
        held.at = at;
    }
    held.bytes.extend_from_slice(bytes);
    SQLITE_OK
}

/// A function that finds the log written.
macro_rules! written_first {
    ($name:ident, $method:ident $(, $arg:ident: $type:ty)*) => {
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $arg: $type)*) -> c_int {
            // SAFETY: a log.
            match leave(file, unsafe { held(file) }) {
                SQLITE_OK => usual!(file, $method $(, $arg)*),
                failed => failed,
            }
        }
    };
}
written_first!(read, xRead, into: *mut c_void, amount: c_int, at: sqlite3_int64);
written_first!(truncate, xTruncate, size: sqlite3_int64);
written_first!(sync, xSync, flags: c_int);
written_first!(size, xFileSize, size: *mut sqlite3_int64);
written_first!(control, xFileControl, what: c_int, with: *mut c_void);

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: a log; what `open_file` made goes with it, and SQLite asks nothing of a closed file.
    let mut held = unsafe { Box::from_raw((*file.cast::<LogFile>()).held) };
    let left = leave(file, &mut held);
    let closed = usual!(file, xClose);
    if left == SQLITE_OK { closed } else { left }
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, how: c_int) -> c_int {
    usual!(file, xLock, how)
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, how: c_int) -> c_int {
    usual!(file, xUnlock, how)
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, reserved: *mut c_int) -> c_int {
    usual!(file, xCheckReservedLock, reserved)
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    usual!(file, xSectorSize)
}

unsafe extern "C" fn characteristics(file: *mut sqlite3_file) -> c_int {
    usual!(file, xDeviceCharacteristics)
}

#[cfg(test)]
mod tests;
