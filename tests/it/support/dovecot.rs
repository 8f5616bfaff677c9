//! Dovecot, an IMAP server that is not ours, as a child process on loopback: users with Maildirs in a folder of its own,
//! mail delivered by putting files there, a certificate of its own making.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use recado::clock::Millis;
use tempfile::TempDir;

use super::process::free_address;

/// The running server; it stops when dropped.
pub struct Dovecot {
    master: Option<Child>,
    folder: TempDir,
    imap: u16,
    imaps: u16,
    delivered: AtomicU32,
}

/// A mail in a Maildir.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Letters of Maildir: `S` is seen, `T` is deleted.
    pub flags: String,
    pub bytes: Vec<u8>,
}

impl Dovecot {
    /// A server with these users, whose password is [`PASSWORD`]; its certificate is for `localhost` and 127.0.0.1.
    pub fn start(users: &[&str]) -> Self {
        Self::named(users, "DNS:localhost,IP:127.0.0.1")
    }

    /// The same with a certificate for other names (as in a subject alternative name).
    pub fn named(users: &[&str], names: &str) -> Self {
        Self::with(users, names, "")
    }

    /// The same that also lets in whoever brings a token which the server at `token_info` knows (XOAUTH2).
    pub fn trusting(users: &[&str], token_info: &str) -> Self {
        Self::with(users, "DNS:localhost,IP:127.0.0.1", token_info)
    }

    fn with(users: &[&str], names: &str, token_info: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        // The processes that talk to the net run as somebody else and must reach their sockets.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("it is ours");
        let (imap, imaps) = (free_address().port(), free_address().port());
        let mut server = Self { master: None, folder, imap, imaps, delivered: AtomicU32::new(0) };
        certify(server.folder.path(), names);
        let mut passwords = String::new();
        for user in users {
            writeln!(passwords, "{user}:{{PLAIN}}{PASSWORD}").expect("memory");
            for part in ["cur", "new", "tmp"] {
                fs::create_dir_all(server.maildir(user).join(part)).expect("a Maildir");
            }
            hand_over(&server.folder.path().join("home"));
        }
        fs::write(server.folder.path().join("users"), passwords).expect("the users");
        let mut settings = server.settings();
        if !token_info.is_empty() {
            settings.push_str(&server.trust(token_info));
        }
        fs::write(server.config(), settings).expect("the settings");
        server.run();
        server
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("dovecot.conf")
    }

    fn settings(&self) -> String {
        let folder = self.folder.path().display();
        let (imap, imaps) = (self.imap, self.imaps);
        let (uid, gid) = mail_user();
        // As root the package's own users run the processes; as anybody else all run as that person.
        let own = if is_root() {
            String::new()
        } else {
            let name = |flag: &str| {
                let output = Command::new("id").arg(flag).output().expect("id");
                String::from_utf8_lossy(&output.stdout).trim().to_owned()
            };
            let (user, group) = (name("-un"), name("-gn"));
            format!("default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\n")
        };
        format!(
            "{own}base_dir = {folder}/run\nstate_dir = {folder}/run\nlog_path = {folder}/log\nprotocols = imap\n\
             listen = 127.0.0.1\nfirst_valid_uid = 1\nfirst_valid_gid = 1\ndisable_plaintext_auth = no\n\
             mail_location = maildir:~/Maildir\nmail_save_crlf = yes\nmail_fsync = never\nauth_failure_delay = 0\nssl = yes\n\
             ssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\n\
             passdb {{\n driver = passwd-file\n args = {folder}/users\n}}\n\
             userdb {{\n driver = static\n args = uid={uid} gid={gid} home={folder}/home/%u\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n port = {imap}\n }}\n\
             inet_listener imaps {{\n port = {imaps}\n ssl = yes\n }}\n}}\n\
             service anvil {{\n chroot =\n}}\nservice stats {{\n chroot =\n}}\n"
        )
    }

    /// The settings that let tokens in.
    fn trust(&self, token_info: &str) -> String {
        let path = self.folder.path().join("oauth2.conf");
        let own = format!("tokeninfo_url = {token_info}\nusername_attribute = email\nactive_attribute = active\n");
        fs::write(&path, own + "active_value = true\n").expect("the settings");
        let path = path.display();
        format!(
            "auth_mechanisms = plain login xoauth2 oauthbearer\n\
             passdb {{\n driver = oauth2\n mechanisms = xoauth2 oauthbearer\n args = {path}\n}}\n"
        )
    }

    /// Starts it again after [`Dovecot::stop`]; returns once it listens.
    ///
    /// # Panics
    /// If there is no Dovecot; the message says how to get it.
    pub fn run(&mut self) {
        let path = std::env::var("PATH").unwrap_or_default() + ":/usr/sbin";
        let master = Command::new("dovecot")
            .env("PATH", path)
            .args(["-F", "-c"])
            .arg(self.config())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .expect("Dovecot starts; `bin/test` installs what the tests need");
        self.master = Some(master);
        let end = std::time::Instant::now() + super::wait::DEADLINE;
        while !(listens(self.imap) && listens(self.imaps)) {
            assert!(std::time::Instant::now() < end, "Dovecot does not listen:\n{}", self.log());
            std::thread::yield_now();
        }
    }

    /// Ends it with its processes, those that serve a connection included: they would outlive it.
    pub fn stop(&mut self) {
        if let Some(mut master) = self.master.take() {
            let id = master.id();
            let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
            let end = |process: &str| Command::new("kill").arg(process).stderr(Stdio::null()).status();
            let _told = end(&id.to_string());
            let _status = master.wait();
            for child in children.split_whitespace() {
                let _told = end(child);
            }
        }
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Without protection from the start, STARTTLS offered.
    pub fn port(&self) -> u16 {
        self.imap
    }

    /// With TLS from the first byte.
    pub fn tls_port(&self) -> u16 {
        self.imaps
    }

    /// What has signed its certificate.
    pub fn certificate(&self) -> String {
        fs::read_to_string(self.folder.path().join("cert.pem")).expect("the certificate")
    }

    fn maildir(&self, user: &str) -> PathBuf {
        self.folder.path().join("home").join(user).join("Maildir")
    }

    /// A folder of a user on the disk; `""` is INBOX.
    fn place(&self, user: &str, folder: &str) -> PathBuf {
        let maildir = self.maildir(user);
        if folder.is_empty() { maildir } else { maildir.join(format!(".{folder}")) }
    }

    /// Delivers a mail into INBOX.
    pub fn deliver(&self, user: &str, raw: &[u8]) {
        self.put(&self.maildir(user), raw, None);
    }

    /// Delivers one that came in at another time.
    pub fn deliver_at(&self, user: &str, raw: &[u8], came: Millis) {
        self.put(&self.maildir(user), raw, Some(UNIX_EPOCH + Duration::from_millis(came.unsigned_abs())));
    }

    /// Delivers one into a folder, whose name is as IMAP writes it.
    pub fn deliver_into(&self, user: &str, folder: &str, raw: &[u8]) {
        self.put(&self.place(user, folder), raw, None);
    }

    fn put(&self, maildir: &Path, raw: &[u8], came: Option<SystemTime>) {
        let number = self.delivered.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.M{number:06}P1.test", 1_700_000_000 + number);
        let fresh = maildir.join("tmp").join(&name);
        let file = fs::File::create(&fresh).expect("a file");
        std::io::Write::write_all(&mut &file, raw).expect("a mail");
        if let Some(came) = came {
            file.set_modified(came).expect("a date");
        }
        drop(file);
        hand_over(&fresh);
        fs::rename(fresh, maildir.join("new").join(name)).expect("a delivery");
    }

    /// The mails of a folder as they lie on the disk.
    pub fn mails(&self, user: &str, folder: &str) -> Vec<Stored> {
        let mut found = Vec::new();
        for part in ["new", "cur"] {
            let Ok(files) = fs::read_dir(self.place(user, folder).join(part)) else { continue };
            for file in files.filter_map(Result::ok) {
                let name = file.file_name().to_string_lossy().into_owned();
                let flags = name.split_once(":2,").map_or("", |(_, flags)| flags).to_owned();
                let Ok(bytes) = fs::read(file.path()) else { continue };
                found.push((name, Stored { flags, bytes }));
            }
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found.into_iter().map(|(_, mail)| mail).collect()
    }

    /// Makes a folder; its name is as IMAP writes it.
    pub fn make_folder(&self, user: &str, folder: &str) {
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(self.place(user, folder).join(part)).expect("a folder");
        }
        hand_over(&self.folder.path().join("home"));
    }

    /// Removes a folder with all that is in it.
    pub fn remove_folder(&self, user: &str, folder: &str) {
        fs::remove_dir_all(self.place(user, folder)).expect("a folder");
    }

    /// From now on the user signs in with this.
    pub fn set_password(&self, user: &str, password: &str) {
        let users = self.folder.path().join("users");
        let kept = fs::read_to_string(&users).expect("the users");
        let others = kept.lines().filter(|line| !line.starts_with(&format!("{user}:")));
        let lines: Vec<String> = others.map(str::to_owned).chain([format!("{user}:{{PLAIN}}{password}")]).collect();
        fs::write(&users, lines.join("\n") + "\n").expect("the users");
        // It reads the file again when it is told to, at once.
        let master = self.master.as_ref().expect("it runs").id().to_string();
        let told = Command::new("kill").args(["-HUP", &master]).status().expect("kill");
        assert!(told.success());
    }
}

/// Everything below belongs to the user the mail processes run as.
fn hand_over(path: &Path) {
    if !is_root() {
        return;
    }
    let (uid, gid) = mail_user();
    chown(path, Some(uid), Some(gid)).expect("root may do that");
    if path.is_dir() {
        for inside in fs::read_dir(path).expect("a folder") {
            hand_over(&inside.expect("a readable folder").path());
        }
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Of everybody.
pub const PASSWORD: &str = "quatro palavras \"bem\\compridas";

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|of| std::os::unix::fs::MetadataExt::uid(&of) == 0)
}

/// Who owns the mail: nobody, or whoever runs the test.
fn mail_user() -> (u32, u32) {
    if is_root() {
        return (65_534, 65_534);
    }
    let own = fs::metadata("/proc/self").expect("a process");
    (std::os::unix::fs::MetadataExt::uid(&own), std::os::unix::fs::MetadataExt::gid(&own))
}

fn listens(port: u16) -> bool {
    let hex = format!(":{port:04X} 00000000:0000 0A");
    fs::read_to_string("/proc/net/tcp").is_ok_and(|table| table.contains(&hex))
}

/// A certificate that signs itself.
fn certify(folder: &Path, names: &str) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "36500"])
        .args(["-subj", "/CN=mail.test", "-addext", &format!("subjectAltName={names}")])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("cert.pem"))
        .output()
        .expect("openssl; `bin/test` installs what the tests need");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
