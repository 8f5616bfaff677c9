//! Waiting until the server tells of something new (RFC 2177).

use super::answer::Response;
use super::session::{SMALL, Session, Until};
use super::trouble::Trouble;

/// A wait that was begun; it ends with [`Session::wake`].
pub struct Idle {
    tag: String,
    /// Something new was told already.
    news: News,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum News {
    None,
    Some,
}

impl Session {
    /// Begins to wait.
    ///
    /// # Errors
    /// [`Trouble::No`] or [`Trouble::Bad`] when the server cannot, whatever it said before.
    pub async fn idle(&mut self) -> Result<Idle, Trouble> {
        let tag = self.tag();
        self.wire.allowance = SMALL;
        self.wire.send(format!("{tag} IDLE\r\n").as_bytes()).await?;
        let mut news = News::None;
        let mut note = |response: Response| {
            if is_news(&response) {
                news = News::Some;
            }
        };
        match self.until(&tag, Until::Continue, &mut note).await? {
            None => Ok(Idle { tag, news }),
            Some(status) => Err(Trouble::Bad(status.said())),
        }
    }

    /// Returns when the server tells something new. Dropping it loses nothing.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn news(&mut self, idle: &mut Idle) -> Result<(), Trouble> {
        loop {
            if idle.news == News::Some {
                return Ok(());
            }
            if !self.wire.has_more() {
                self.wire.listen().await?;
            }
            if is_news(&self.next().await?) {
                idle.news = News::Some;
            }
        }
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

fn is_news(response: &Response) -> bool {
    match response {
        Response::Numbered(_, word, _) => word == "EXISTS" || word == "RECENT",
        Response::Status(status) => status.kind == "BYE",
        _ => false,
    }
}
