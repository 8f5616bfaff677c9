//! Processes that are measured: the product as it is installed, and the floor beside it.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Result;

/// A server on this machine; killed when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// The product on the database of a folder; returns when it says that it serves.
    pub fn product(folder: &Path) -> Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_recado"));
        command
            .arg("serve")
            .env_clear()
            .env("RECADO_DATA_DIR", folder)
            .env("RECADO_PUBLIC_URL", format!("http://{address}"))
            .env("RECADO_LISTEN", address.to_string())
            // The mailbox that is read stands on this machine.
            .env("RECADO_ALLOW_PRIVATE_MAIL_HOSTS", "true")
            .env("RECADO_LOG", "error");
        let (child, line) = first_line(&mut command)?;
        if !line.starts_with("Recado serves") {
            return Err(format!("the product does not serve: {line}").into());
        }
        Ok(Self { child, address })
    }

    /// The floor on the database of a folder, for the person with this secret.
    pub fn floor(folder: &Path, secret: &str) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--floor").arg(folder).arg(secret);
        let (child, line) = first_line(&mut command)?;
        Ok(Self { child, address: line.trim().parse()? })
    }

    /// Memory it holds now and the most it ever held, in MB.
    pub fn memory(&self) -> Result<(f64, f64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let read = |name: &str| -> Option<f64> {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
        };
        Ok((read("VmRSS:").ok_or("no VmRSS")?, read("VmHWM:").ok_or("no VmHWM")?))
    }
}

fn first_line(command: &mut Command) -> Result<(Child, String)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut line)?;
    }
    Ok((child, line))
}

impl Drop for Server {
    fn drop(&mut self) {
        // It works on a copy that goes away with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
