# Menu and list
menu-workspace = Company
menu-inboxes = Inboxes
inboxes-lead = Every address your customers write to.
inboxes-empty = No inbox yet. Connect the first one to receive e-mail here.
inboxes-broken = Needs attention: { $names }.
inboxes-back = Back to the inboxes
inbox-connect = Connect inbox
inbox-options = Options of { $name }
inbox-working = Working
inbox-silent = Nothing yet
inbox-silent-hint = No e-mail has come in or gone out.
inbox-broken = Has a problem
inbox-receives-only = Receives only
inbox-last-in = Last e-mail in: { $when }
inbox-last-out = last out: { $when }
inbox-readers-all = The whole team
inbox-readers-nobody = Nobody
inbox-readers-more = { $names } and { $n } more
inbox-connected = Inbox connected
inbox-saved = Inbox saved

# One inbox
inbox-name = Name of the inbox
inbox-address = E-mail
inbox-address-hint = The address your customers write to. It does not change later.
inbox-readers = Who reads it
inbox-readers-hint = Only people who also have the permission "Conversations" read it.
inbox-members = Chosen people
inbox-access-all = The whole team
inbox-access-selected = Chosen people
inbox-access-owner = Only me
inbox-access-other = Only { $name }
inbox-way = How answers leave
inbox-way-house = By the mail server of the workspace
inbox-way-own = By the mailbox's own server
inbox-host = Server for sending (SMTP)
inbox-security = Security of the connection
inbox-security-tls = TLS from the start
inbox-security-starttls = STARTTLS
inbox-security-none = None, only on the same network
inbox-port = Port
inbox-username = User name
inbox-password-kept = The password is stored and is not shown again. Leave this empty to keep it.
inbox-mail-in-hint = Let your mail server hand every message to this command:
inbox-mail-in-command = recado mail-in --inbox { $address }
inbox-check = Test connection
inbox-check-works = The mail server answered and let us in.

# What cannot be accepted
inbox-name-taken = There is an inbox with this name already.
inbox-address-taken = This address has an inbox already.
inbox-access-missing = Choose who reads this inbox.
inbox-host-missing = Write the address of the server, such as smtp.example.com.
inbox-host-wrong = This server address is not valid. Write only the name, such as smtp.example.com.
inbox-port-wrong = The port is a number from 1 to 65535.
inbox-username-missing = Write the user name of this password.
inbox-username-wrong = This user name is too long or has letters that do not fit.
inbox-password-missing = Write the password of this user.
inbox-password-again = The server or the user name has changed. Write the password again.

# Handing out
assigning-title = Handing out conversations
assigning-back = Back to { $name }
assigning-way = Who gets new conversations
assigning-off = Nobody: people take their own
assigning-round-robin = One for each person, in turn
assigning-fewest = Whoever has the fewest open conversations
assigning-way-hint = Only among those who read this inbox and are available. If nobody can, the conversation stays unassigned and a line in it says why.
assigning-cap = At most, for each person
assigning-cap-hint = Open conversations in all inboxes. Whoever has this many is handed nothing more.
assigning-cap-wrong = Enter a number from 1 to 999, or leave it empty.
assigning-reopening = When the contact writes in a closed conversation
assigning-keep = It reopens with whoever had it
assigning-release = It reopens unassigned
assigning-reopening-hint = With whoever had it, even if that person is unavailable now: it is the same conversation. Unassigned, it is handed out again as above.
assigning-way-missing = Choose who gets new conversations.
assigning-saved = Saved

# Answering
answering-title = Signature, answers and spam
answering-saved = Saved
answering-signature = Signature of this inbox
answering-signature-hint = Stands below answers by e-mail of whoever has no signature of their own. { "{" }agent{ "}" } becomes the person's name and { "{" }company{ "}" } the company's.
answering-language = Language of the words we add
answering-language-house = The workspace's
answering-language-hint = For instance the line above the quoted e-mail. If the contact's language is known, it comes first.
answering-spam = Follow the e-mail provider's spam filter
answering-spam-hint = What the provider marked goes to Spam, without notices. It stays there and can be brought back.
answering-days = Days after closing for a new conversation
answering-days-hint = If someone writes after this many days, a new conversation linked to the old one begins. Empty: the old one always opens again.
answering-days-wrong = Write a number of days from 1 to 3,650, or leave it empty.
answering-too-long = The text is too long. Make it shorter.
answers-stopped-mail-subject = Automatic answers of { $inbox } stopped
answers-stopped-mail-what = More than 100 automatic answers went out of the inbox { $inbox } ({ $address }) in an hour. To avoid a loop, none goes out for 24 hours. Messages keep coming in and you can answer as always.
