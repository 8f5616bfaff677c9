//! Waiting until the server tells of something new (RFC 2177).

use super::session::{SMALL, Session, Until};
use super::trouble::Trouble;

/// A wait that was begun; it ends with [`Session::wake`].
pub struct Idle {
    tag: String,
}

impl Session {
    /// Begins to wait.
    ///
    /// # Errors
    /// [`Trouble::Bad`] when the server cannot, whatever it said before.
    pub async fn idle(&mut self) -> Result<Idle, Trouble> {
        let tag = self.tag();
        self.wire.allowance = SMALL;
        self.wire.send(format!("{tag} IDLE\r\n").as_bytes()).await?;
        match self.until(&tag, Until::Continue, &mut |_| {}).await? {
            None => Ok(Idle { tag }),
            Some(status) => Err(Trouble::Bad(status.said())),
        }
    }

    /// Returns when the server has told of something new since the last list.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn news(&mut self) -> Result<(), Trouble> {
        while !self.has_news() {
            if !self.wire.has_more() {
                self.wire.listen().await?;
            }
            self.next().await?;
        }
        Ok(())
    }

    /// Ends the wait.
    ///
    /// # Errors
    /// When the server does not answer: the connection is dead.
    pub async fn wake(&mut self, idle: Idle) -> Result<(), Trouble> {
        self.wire.send(b"DONE\r\n").await?;
        self.until(&idle.tag, Until::End, &mut |_| {}).await.map(|_| ())
    }
}
