-- Second factors, sign-ins that are not complete yet, devices seen before, refused sign-ins, changes of address.

-- Whether everybody needs a second factor. Who has none where it is required reaches nothing but setting it up.
ALTER TABLE workspace ADD COLUMN second_factor TEXT NOT NULL DEFAULT 'optional'
  CHECK (second_factor IN ('optional', 'required'));

-- Whether the browser keeps the cookie when it is closed: a session whose secret is renewed keeps that too.
ALTER TABLE session ADD COLUMN kept INTEGER NOT NULL DEFAULT 1 CHECK (kept IN (0, 1));

-- None: never signed in, so nobody is told of the first device.
ALTER TABLE user ADD COLUMN first_sign_in_at INTEGER;
UPDATE user SET first_sign_in_at = created_at WHERE EXISTS (SELECT 1 FROM session s WHERE s.user_id = user.id);

CREATE TABLE second_factor (
  user_id    INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
  -- The shared secret, sealed; the key stands outside the database.
  sealed     BLOB NOT NULL,
  -- The step whose code was used last: neither it nor an earlier one works again.
  last_step  INTEGER NOT NULL,
  -- Wrong codes without a pause between them. In the database, so that a restart gives no free tries.
  failures   INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failed_at  INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
  user_id   INTEGER NOT NULL REFERENCES second_factor (user_id) ON DELETE CASCADE,
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  used_at   INTEGER,
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

-- A secret that was shown and not confirmed by a code yet. It belongs to the session that asked for it.
CREATE TABLE second_factor_draft (
  user_id    INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  sealed     BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX second_factor_draft_of_session ON second_factor_draft (session_id);

-- The password was right, the code is still missing: no session, and bound to one browser by its cookie.
CREATE TABLE pending_sign_in (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  kept       INTEGER NOT NULL CHECK (kept IN (0, 1)),
  -- Where to go afterwards: a path of ours.
  next       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_sign_in_of_user ON pending_sign_in (user_id);

-- Browsers in which somebody signed in before, by a random cookie.
CREATE TABLE known_device (
  user_id    INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  PRIMARY KEY (user_id, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_device_by_token ON known_device (token_hash);

-- Sign-ins that were refused, one row a minute for each account and address. The facts in the log name the row, which is
-- gone after 30 days with its address.
CREATE TABLE refusal (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  -- None: nobody has the address that was typed, or too many accounts at once to tell apart.
  user_id  INTEGER REFERENCES user (id) ON DELETE CASCADE,
  -- Where it came from; empty when many addresses were counted in one row.
  address  TEXT NOT NULL,
  count    INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX refusal_by_time ON refusal (first_at);
CREATE INDEX refusal_of_user ON refusal (user_id, address, first_at);

-- A new address that its person has not confirmed yet.
CREATE TABLE email_change (
  user_id    INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
  email      TEXT NOT NULL COLLATE NOCASE CHECK (length(email) BETWEEN 3 AND 254),
  -- None until the mail is made.
  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),
  created_at INTEGER NOT NULL
) STRICT;

INSERT INTO audited_kind (kind) VALUES
  ('session.refused'), ('second_factor.enabled'), ('second_factor.disabled'), ('second_factor.reset'),
  ('second_factor.used_recovery_code'), ('second_factor.codes_renewed'), ('second_factor.rule_changed'),
  ('email.changed');
