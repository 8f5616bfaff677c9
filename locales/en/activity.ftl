# Activity log: the page
activity-lead = Who did what, and when. Nothing here can be changed, or deleted before its time.
activity-person = Person
activity-anybody = Everybody
activity-nobody = Nobody of the team (server, Recado)
activity-area = Subject
activity-everything = All
activity-area-access = Signing in
activity-area-team = Team
activity-area-inboxes = Inboxes
activity-area-conversations = Conversations
activity-area-company = Company
activity-area-records = Copies and exports
activity-from = From
activity-to = To
activity-filter = Filter
activity-clear = Clear filter
activity-none = Nothing noted yet.
activity-none-found = Nothing found with this filter.
activity-older = Older
activity-newest = Back to the newest
activity-export-csv = Export spreadsheet
activity-export-json = Export JSON
activity-format-wrong = Choose spreadsheet or JSON.
activity-file = activity-log
activity-details = See { $n } details
activity-gone = none
activity-column-when = When
activity-column-who = Who
activity-column-what = What they did
activity-column-details = Details
activity-column-kind = Kind
activity-column-number = Number

# Who
activity-someone = Someone
activity-server = Whoever runs the server
activity-removed = someone removed
activity-inbox-removed = a removed inbox

# What they did: goes on with the sentence that begins with who did it
activity-other = noted { $kind }
activity-is-session-opened = signed in
activity-is-user-created = created the account of { $user }
activity-is-user-changed = changed the account of { $user }
activity-is-password-changed =
    { $by ->
        [self] changed their own password
        [server] changed the password of { $user } on the command line
       *[other] changed the password of { $user }
    }
activity-is-inbox-created =
    { $by ->
        [server] connected the inbox { $inbox } on the command line
       *[other] connected the inbox { $inbox }
    }
activity-is-inbox-changed = changed the inbox { $inbox }
activity-is-inbox-lost = lost the connection to the inbox { $inbox }
activity-is-inbox-restored = connected to the inbox { $inbox } again
activity-is-workspace-changed = changed the company's settings
activity-is-activity-exported =
    { $format ->
        [csv] exported the activity log as a spreadsheet
       *[other] exported the activity log as JSON
    }
activity-is-activity-purged =
    { $n ->
        [one] deleted 1 entry whose time was over
       *[other] deleted { $n } entries whose time was over
    }
activity-is-database-copied = made a backup on the command line
activity-is-database-restored = restored a backup on the command line
activity-is-inbox-member-added = put { $user } into the inbox { $inbox }
activity-is-inbox-member-removed = took { $user } out of the inbox { $inbox }

# Signing in
activity-is-session-refused =
    { $known ->
        [no] tried to sign in with an unknown e-mail
       *[yes] tried to sign in as { $user } and did not get in
    }
activity-is-email-changed =
    { $by ->
        [self] changed their own e-mail
       *[other] changed the e-mail of { $user }
    }
activity-is-second-factor-enabled = switched the second factor of their own account on
activity-is-second-factor-disabled =
    { $by ->
        [self] switched the second factor of their own account off
       *[other] switched the second factor of { $user } off
    }
activity-is-second-factor-reset =
    { $by ->
        [server] took the second factor of { $user } away on the command line
       *[other] took the second factor of { $user } away
    }
activity-is-second-factor-used-recovery-code =
    { $n ->
        [one] signed in with a recovery code; 1 is left
       *[other] signed in with a recovery code; { $n } are left
    }
activity-is-second-factor-codes-renewed = made new recovery codes
activity-is-second-factor-rule-changed =
    { $rule ->
        [required] made the second factor required for everybody
       *[optional] made the second factor optional
    }

# Team
activity-is-user-role-changed =
    { $by ->
        [server] changed the role of { $user } on the command line
       *[other] changed the role of { $user }
    }
activity-is-user-rights-changed = changed the permissions of { $user }
activity-is-user-disabled =
    { $by ->
        [server] disabled the account of { $user } on the command line
       *[other] disabled the account of { $user }
    }
activity-is-user-enabled =
    { $by ->
        [server] enabled the account of { $user } on the command line
       *[other] enabled the account of { $user }
    }
activity-is-user-password-reset-sent = sent { $user } a link for a new password
activity-is-user-signed-out = ended all sessions of { $user }
activity-is-workspace-transferred =
    { $by ->
        [server] handed the ownership to { $user } on the command line
       *[other] handed the ownership to { $user }
    }
activity-is-invitation-created =
    { $known ->
        [no] invited someone to the team
       *[yes] invited { $about } to the team
    }
activity-is-invitation-sent-again =
    { $known ->
        [no] sent an invitation again
       *[yes] sent the invitation to { $about } again
    }
activity-is-invitation-revoked =
    { $known ->
        [no] revoked an invitation
       *[yes] revoked the invitation to { $about }
    }
activity-is-invitation-accepted = accepted the invitation and joined the team
activity-is-team-created =
    { $known ->
        [no] created a team that is gone
       *[yes] created the team { $about }
    }
activity-is-team-changed =
    { $known ->
        [no] changed a team that is gone
       *[yes] changed the team { $about }
    }
activity-is-team-deleted = deleted a team
activity-is-team-joined =
    { $known ->
        [no] put { $user } into a team that is gone
       *[yes] put { $user } into the team { $about }
    }
activity-is-team-left =
    { $known ->
        [no] took { $user } out of a team that is gone
       *[yes] took { $user } out of the team { $about }
    }

# Inboxes and conversations
activity-is-inbox-joined = became a reader of the inbox { $inbox }
activity-is-inbox-disconnected = disconnected the inbox { $inbox }
activity-is-sender-blocked =
    { $known ->
        [no] blocked a sender
       *[yes] blocked the sender { $about }
    }
activity-is-sender-unblocked = unblocked a sender
activity-is-answers-stopped = stopped the automatic answers of the inbox { $inbox } for a day: they were too many
activity-is-spam-marked = marked conversation { $conversation } of the inbox { $inbox } as spam
activity-is-spam-cleared = took conversation { $conversation } of the inbox { $inbox } out of spam
activity-is-conversation-deleted = deleted conversation { $conversation } of the inbox { $inbox } for good

# Details
activity-field-name = Name
activity-field-language = Language
activity-field-zone = Time zone
activity-field-activity-days = Kept for
activity-field-logo = Logo
activity-field-hours = Business hours
activity-field-holiday = Holiday
activity-field-role = Role
activity-field-rights-added = Permissions given
activity-field-rights-removed = Permissions taken away
activity-logo-set = set
activity-logo-replaced = another
