//! `aftercare`: the program.

/// Gives large pieces back to the system at once: hashing a password takes 19 MiB, and glibc would keep them for each thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    aftercare::cli::main()
}
