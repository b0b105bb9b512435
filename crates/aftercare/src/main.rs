//! `aftercare`: the program.

fn main() -> std::process::ExitCode {
    aftercare::cli::main()
}
