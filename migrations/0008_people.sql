-- The team of a workspace: teams, invitations, and what one sees of a person.

CREATE TABLE team (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE team_member (
  team_id INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_member_user ON team_member (user_id, team_id);

-- Somebody who was asked to join. The link is a one-time token; its end is the invitation's.
CREATE TABLE invitation (
  id          INTEGER PRIMARY KEY,
  email       TEXT NOT NULL COLLATE NOCASE CHECK (length(email) BETWEEN 3 AND 254),
  role        TEXT NOT NULL CHECK (role IN ('admin', 'agent')),
  language    TEXT NOT NULL CHECK (language IN ('pt-BR', 'en')),
  invited_by  INTEGER NOT NULL REFERENCES user (id),
  sent_at     INTEGER NOT NULL,
  accepted_at INTEGER,
  accepted_by INTEGER REFERENCES user (id),
  revoked_at  INTEGER,
  revoked_by  INTEGER REFERENCES user (id),
  created_at  INTEGER NOT NULL,
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR revoked_at IS NULL)
) STRICT;
-- One that waits per address.
CREATE UNIQUE INDEX invitation_waiting ON invitation (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

CREATE TABLE invitation_right (
  invitation_id INTEGER NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
  name          TEXT NOT NULL CHECK (name IN ('conversations', 'contacts', 'contacts.export', 'cards', 'feed.publish',
                                              'inboxes.manage', 'settings', 'reports', 'audit')),
  PRIMARY KEY (invitation_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation_team (
  invitation_id INTEGER NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
  team_id       INTEGER NOT NULL REFERENCES team (id) ON DELETE CASCADE,
  PRIMARY KEY (invitation_id, team_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_team_of_team ON invitation_team (team_id);

-- Tokens for two more purposes; an invitation's is bound to the invitation, there is no user yet.
CREATE TABLE one_time_token_new (
  id            INTEGER PRIMARY KEY,
  purpose       TEXT NOT NULL CHECK (purpose IN ('setup', 'password_reset', 'invitation', 'second_factor')),
  token_hash    BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  user_id       INTEGER REFERENCES user (id) ON DELETE CASCADE,
  invitation_id INTEGER REFERENCES invitation (id) ON DELETE CASCADE,
  expires_at    INTEGER,
  used_at       INTEGER,
  created_at    INTEGER NOT NULL,
  CHECK ((purpose IN ('password_reset', 'second_factor')) = (user_id IS NOT NULL)),
  CHECK ((purpose = 'invitation') = (invitation_id IS NOT NULL))
) STRICT;
INSERT INTO one_time_token_new (id, purpose, token_hash, user_id, expires_at, used_at, created_at)
  SELECT id, purpose, token_hash, user_id, expires_at, used_at, created_at FROM one_time_token;
DROP TABLE one_time_token;
ALTER TABLE one_time_token_new RENAME TO one_time_token;
CREATE INDEX one_time_token_of_user ON one_time_token (user_id, purpose);
CREATE INDEX one_time_token_of_invitation ON one_time_token (invitation_id) WHERE invitation_id IS NOT NULL;

-- Counts what others change about a person: who saves an older one is told.
ALTER TABLE user ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
-- When they last used the product; sessions that end leave it behind.
ALTER TABLE user ADD COLUMN seen_at INTEGER;
UPDATE user SET seen_at = (SELECT max(seen_at) FROM session WHERE user_id = user.id);
CREATE TRIGGER user_seen_first AFTER INSERT ON session BEGIN
  UPDATE user SET seen_at = max(coalesce(seen_at, 0), new.seen_at) WHERE id = new.user_id;
END;
CREATE TRIGGER user_seen_again AFTER UPDATE OF seen_at ON session BEGIN
  UPDATE user SET seen_at = max(coalesce(seen_at, 0), new.seen_at) WHERE id = new.user_id;
END;
-- The order of the list of people.
CREATE INDEX user_listed ON user (state, name COLLATE NOCASE, id);

-- What a person handles and put off, for the day they lose their access.
CREATE INDEX conversation_snoozed_of ON conversation (assignee_id) WHERE state = 'snoozed' AND assignee_id IS NOT NULL;

INSERT INTO audited_kind (kind) VALUES
  ('user.role_changed'), ('user.rights_changed'), ('user.disabled'), ('user.enabled'), ('user.signed_out'),
  ('user.password_reset_sent'), ('workspace.transferred'), ('invitation.created'), ('invitation.sent_again'),
  ('invitation.revoked'), ('invitation.accepted'), ('team.created'), ('team.changed'), ('team.deleted'),
  ('team.joined'), ('team.left'), ('inbox.member_added'), ('inbox.member_removed');
