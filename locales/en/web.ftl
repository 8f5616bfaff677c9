product = Recado

# The page frame
skip = Skip to content
nav-main = Main
nav-home = Recado, home
nav-conversations = Conversations
nav-settings = Settings
nav-alert = there are new or unanswered conversations
nav-account = { $name }: your account
menu-settings = Settings
menu-you = You
menu-account = Your account
settings-title = Settings
settings-choose = Choose a subject from the menu.
settings-back = Back to settings
close = Close
save = Save
connection-open = This connection isn't private: others on the same network can read what passes through it.
connection-live = No internet. Trying again in { $s } s.
connection-now = No internet. Trying again.
connection-request = It didn't reach the server. Nothing was changed.
connection-server = The server didn't answer properly. Try again in a moment.
connection-retry = Try now

# Keys
keys-title = Keys
keys-search = Search
keys-conversations = Conversations
keys-settings = Settings
keys-move = Move through the list
keys-open = Open
keys-reply = Answer
keys-note = Internal note
keys-assign = Take the conversation
keys-close = Close or reopen
keys-snooze = Remind me later
keys-tags = Tags
keys-unread = Mark as unread
keys-details = Details
keys-around = Previous, next conversation
keys-help = This list
keys-escape = Close, back

# Forms
form-errors =
    { $n ->
        [one] One field needs another look:
       *[other] { $n } fields need another look:
    }

# Errors
error-title = That didn't work
error-400 = The request arrived incomplete. Go back and try again.
error-401 = Your session has ended. Sign in again to go on.
error-403-title = No permission
error-403 = You may not do this. Ask an administrator.
error-403-right = This needs the permission "{ $right }". Ask an administrator.
error-403-role = This is only for the role "{ $role }".
error-404-title = Not here
error-404 = This page doesn't exist, or you may not see it.
error-409 = Someone just changed this. Reload the page to see how it is now.
error-413 = What you sent is too large.
error-413-limit = What you sent is larger than { $size }.
error-422 = A field couldn't be accepted. Go back and check.
error-429 =
    { $n ->
        [one] Too many attempts. Wait 1 second and try again.
       *[other] Too many attempts. Wait { $n } seconds and try again.
    }
error-429-minutes =
    { $n ->
        [one] Too many attempts. Wait 1 minute and try again.
       *[other] Too many attempts. Wait { $n } minutes and try again.
    }
error-500 = This was our mistake, and it has been noted. Try again in a moment.
error-503 = The server is busy. Try again in a moment.
error-507 = There is no space left. Reading works, but nothing new is kept. Tell whoever runs the server.
error-home = Go to the start
error-number = Number of this request: { $id }
error-foreign-form = This form came from another site, so nothing was changed. Open the page here and try again.
error-stale-form = This form is out of date. Reload the page and send it again.
error-too-many-streams = Too many pages are open. Close some to receive news in this one.

# Dates and sizes
time-today = today
time-tomorrow = tomorrow
time-ahead = { $day }, { $time }
time-yesterday = yesterday
day-today = Today
day-yesterday = Yesterday
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December
date-short = { $day } { $month }
date-year = { $day } { $month } { $year }
date-full = { $day } { $month } { $year }, { $time }
size-bytes = { $n } bytes
size-kb = { $n } KB
size-mb = { $n } MB

# Permissions and roles
right-conversations = Conversations
right-contacts = Contacts
right-contacts-export = Export contacts
right-cards = Cards
right-feed-publish = May publish to clients
right-inboxes-manage = Inboxes
right-settings = Settings
right-reports = Reports
right-audit = Activity log
role-owner = Owner
role-admin = Administrator
role-agent = Agent
cancel = Cancel
optional = optional
