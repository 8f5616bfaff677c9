-- Who is told of what, and how: on the screen, by mail, on their devices.

-- What somebody chose; where no row stands, what is usual holds.
CREATE TABLE notification_choice (
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  cause   TEXT NOT NULL CHECK (cause IN ('mine', 'others', 'unassigned', 'assigned', 'mention')),
  desktop INTEGER NOT NULL CHECK (desktop IN (0, 1)),
  email   INTEGER NOT NULL CHECK (email IN (0, 1)),
  PRIMARY KEY (user_id, cause)
) STRICT, WITHOUT ROWID;

-- One fact, told to one person. The same fact is told once.
CREATE TABLE notification (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id        INTEGER NOT NULL,
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  message_id      INTEGER REFERENCES message (id) ON DELETE CASCADE,
  cause           TEXT NOT NULL CHECK (cause IN ('mine', 'others', 'unassigned', 'assigned', 'mention')),
  -- Who did it, when it was one of the team.
  by_id           INTEGER REFERENCES user (id),
  desktop         INTEGER NOT NULL CHECK (desktop IN (0, 1)),
  email           INTEGER NOT NULL CHECK (email IN (0, 1)),
  created_at      INTEGER NOT NULL,
  read_at         INTEGER,
  mailed_at       INTEGER,
  UNIQUE (event_id, user_id)
) STRICT;
CREATE INDEX notification_unread ON notification (user_id, conversation_id, id) WHERE read_at IS NULL;
CREATE INDEX notification_fresh ON notification (user_id, id) WHERE read_at IS NULL AND desktop = 1;
CREATE INDEX notification_of_conversation ON notification (conversation_id);
CREATE INDEX notification_of_message ON notification (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX notification_age ON notification (created_at);

-- What somebody sees behind the bell: a line for each conversation.
CREATE TABLE notification_line (
  user_id         INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
  newest_id       INTEGER NOT NULL,
  unread          INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
  -- When the next mail about it leaves, unless it is read before; none: nothing is to be mailed.
  mail_due_at     INTEGER,
  mailed_at       INTEGER,
  PRIMARY KEY (user_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_line_newest ON notification_line (user_id, newest_id DESC);
CREATE INDEX notification_line_unread ON notification_line (user_id, newest_id DESC) WHERE unread > 0;
CREATE INDEX notification_line_due ON notification_line (user_id, mail_due_at) WHERE mail_due_at IS NOT NULL;
CREATE INDEX notification_line_of_conversation ON notification_line (conversation_id);

-- The key pair that push services know this server by (RFC 8292); the private half is sealed with the key file.
CREATE TABLE push_key (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  private    BLOB NOT NULL,
  public     BLOB NOT NULL CHECK (length(public) = 65),
  created_at INTEGER NOT NULL
) STRICT;

-- Where a browser wants to be told while no page is open. It ends with the session it was asked for in.
CREATE TABLE push_subscription (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  endpoint   TEXT NOT NULL UNIQUE CHECK (length(endpoint) BETWEEN 10 AND 2000),
  -- What the browser decrypts with: its public key, and a secret of both sides (RFC 8291).
  p256dh     BLOB NOT NULL CHECK (length(p256dh) = 65),
  auth       BLOB NOT NULL CHECK (length(auth) = 16),
  created_at INTEGER NOT NULL,
  used_at    INTEGER
) STRICT;
CREATE INDEX push_subscription_of_user ON push_subscription (user_id);
CREATE INDEX push_subscription_of_session ON push_subscription (session_id);

-- What was before concerns nobody any more.
INSERT INTO event_cursor SELECT 'notifications.told', coalesce(max(id), 0) FROM event;

-- Notifications that their person may read now: rights taken away take them away.
CREATE VIEW notification_in_sight AS
  SELECT n.id, n.user_id, n.conversation_id, n.cause, n.desktop, n.email, n.created_at, n.read_at, n.mailed_at,
         c.contact_id, c.subject,
         coalesce(nullif(t.name, ''), (SELECT p.value FROM contact_point p WHERE p.contact_id = t.id
                                        ORDER BY p.is_primary DESC, p.id LIMIT 1), '') AS contact_name,
         coalesce(nullif(m.sender_name, ''), m.sender_address, '') AS sender,
         coalesce(u.name, '') AS by_name, coalesce(m.text, '') AS text
    FROM notification n
    JOIN conversation c ON c.id = n.conversation_id AND c.spam = 0
    JOIN inbox_reader r ON r.inbox_id = c.inbox_id AND r.user_id = n.user_id
    JOIN contact t ON t.id = c.contact_id
    LEFT JOIN message m ON m.id = n.message_id
    LEFT JOIN user u ON u.id = n.by_id;
