//! The `recado` command.

fn main() -> std::process::ExitCode {
    recado::commands::run()
}
