//! In the tests people's answers leave at once: everybody who is made has switched the wait off, as the page of the
//! signature does it. A test about the wait switches it on again.

use recado::db::Db;

/// From now on nobody's answers wait.
pub async fn off(db: &Db) {
    let switch = db.write(|tx| {
        Ok(tx.execute_batch(
            "CREATE TRIGGER nobody_waits AFTER INSERT ON user BEGIN
               INSERT INTO writing_choice (user_id, undo_seconds) VALUES (new.id, 0);
             END;
             INSERT INTO writing_choice (user_id, undo_seconds) SELECT id, 0 FROM user WHERE true ON CONFLICT DO NOTHING;",
        )?)
    });
    switch.await.expect("a choice");
}

/// This person's answers wait 10 seconds, as everybody's do who chose nothing.
pub async fn on(db: &Db, user: i64) {
    let forget = db.write(move |tx| Ok(tx.execute("DELETE FROM writing_choice WHERE user_id = ?1", [user])?));
    forget.await.expect("a choice");
}
