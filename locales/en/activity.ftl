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
activity-is-user-password-changed =
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
activity-is-inbox-joined = began to read the inbox { $inbox }
activity-is-inbox-disconnected = disconnected the inbox { $inbox }
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
activity-field-second-factor = Second factor
activity-logo-set = set
activity-logo-replaced = another
activity-second-factor-optional = optional
activity-second-factor-required = required
