//! What every page may say while the demo runs. The product itself never puts one up.

/// How a visitor of the demo gets in, and to the other side.
#[derive(Debug, Clone, Copy)]
pub struct Showcase {
    /// Address of the owner.
    pub owner: &'static str,
    /// Address of an agent.
    pub agent: &'static str,
    /// The password of both.
    pub password: &'static str,
    /// Path of the page on which the customers are played.
    pub mailbox: &'static str,
}
