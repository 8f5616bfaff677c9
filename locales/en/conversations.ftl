# List
list-pane = List of conversations
list-search = Search conversations
list-search-hint = Person, subject, text
list-clear-search = Clear search
list-sections = Sections
list-more = Show more
list-arrived =
    { $n ->
        [one] 1 new conversation
       *[other] { $n } new conversations
    }
list-arrived-many = { $n } new conversations
list-nothing-found = Nothing found for "{ $query }".
list-empty-unassigned = Nothing unassigned right now.
list-empty-mine = Nothing with you right now.
list-empty-others = Nothing with others right now.
list-empty-closed = No closed conversations.
pane-see-unassigned = See the unassigned conversations
list-see-unassigned =
    { $n ->
        [one] See the unassigned one
       *[other] See the { $n } unassigned
    }
list-see-mine =
    { $n ->
        [one] See yours
       *[other] See your { $n }
    }
section-unassigned = Unassigned
section-mine = Mine
section-others = Others
section-closed = Closed
row-new =
    { $n ->
        [one] new
       *[other] new
    }
row-waiting = read, unanswered
next-conversation = Next: { $name }
row-queued = waiting:
row-sending = sending:
row-sent = sent:
row-delivered = delivered:
row-read = read by the contact:
row-failed = not sent:
row-uncertain = not sure it arrived:
channel-email = E-mail
channel-other = Message
contact-nameless = No name
contact-number = Contact no. { $number }
conversation-untitled = No subject

# Nothing open
pane-first-title = No inbox connected yet
pane-first = Start with your e-mail; it takes 2 minutes.
pane-first-action = Connect inbox
pane-no-inbox-title = No inbox for you yet
pane-no-inbox = When an inbox is connected or opened to you, its conversations show up here.
pane-done-title = Everything is answered
pane-done = When someone writes, it shows up here.
pane-choose-title = Choose a conversation
pane-choose = Somebody is waiting for an answer.

# Header
head-line = { $name }, in { $inbox }
head-line-email = { $name }, by e-mail to { $address }
head-back = Back to the list
head-more = More actions
assign-nobody = Unassigned
assign-you = With you
assign-person = With { $name }
assign-me = You
assign-take = Take it
assign-take-title = Take this conversation
assign-to-nobody = Unassign
assign-other = Assign to someone else
assign-away = unavailable
assign-hint = Nobody can hand new conversations to people who are unavailable.
assigned-you = The conversation is with you now.
assigned-other = Conversation reassigned
assigned-nobody = The conversation is unassigned now.
close-conversation = Close
close-title = Close conversation
closed = Conversation closed
reopen = Reopen
reopen-title = Reopen conversation
reopened = Conversation reopened
undo = Undo
mark-unread = Mark as unread
marked-unread = Marked as unread

# Messages
talk-pane = Conversation
talk-label = Conversation with { $name }
talk-messages = Messages
talk-older =
    { $n ->
        [one] 1 earlier message
       *[other] { $n } earlier messages
    }
talk-news = New
talk-linked = Goes on from an earlier conversation
talk-arrived =
    { $n ->
        [one] 1 new message
       *[other] { $n } new messages
    }
talk-arrived-many = { $n } new messages
message-label = { $name }, { $time }
message-to = to { $to }
message-copy = copy to { $cc }
message-to-copy = to { $to }, copy to { $cc }
message-from = { $from }, { $way }
message-frame = Message from { $name }
message-quoted = See the earlier e-mail
message-quoted-frame = Earlier e-mail
message-unfamiliar = This address is new in this conversation: { $address }. Check before you trust it. Answers do not go to it.
message-unreadable = This e-mail could not be read. The original is kept.
message-oversize = This e-mail has { $size }, over the limit. Only the beginning of its text is here; the original is kept.
message-remote-images =
    { $n ->
        [one] 1 outside image was not loaded, so that the sender can't see that you read this.
       *[other] { $n } outside images were not loaded, so that the sender can't see that you read this.
    }
message-resent = It may have been sent twice.
message-long = This text has { $size }. Only its beginning is here.
message-whole = See the whole text
message-original = Download the original
automatic-auto-reply = Automatic reply
automatic-bulk = Bulk e-mail
automatic-list = Mailing list
automatic-bounce = Notice of failed delivery
automatic-loop = E-mail that came back to its own inbox
automatic-other = Automatic e-mail
note-by = { $name }, team only
file-nameless = no name
fact-took = { $by } took the conversation
fact-assigned = { $by } assigned it to { $to }
fact-assigned-alone = Assigned to { $to }
fact-unassigned = { $by } unassigned it
fact-unassigned-alone = Unassigned
fact-released = { $by } took { $who }'s access away; the conversation is unassigned again
fact-released-alone = Unassigned again: { $who } has no access any more
fact-closed = Closed by { $by }
fact-closed-alone = Closed
fact-reopened = Reopened by { $by }
fact-reopened-alone = Reopened by a new message

# Delivery
delivery-queued = Waiting
delivery-sending = Sending
delivery-sent = sent
delivery-delivered = Delivered at { $time }
delivery-read = Read at { $time }
delivery-failed = Not delivered.
delivery-uncertain = Not sure it arrived. Sending again may double it.
delivery-detail = See detail
delivery-no-server = This inbox's mail server did not answer. Check its address and try again.
delivery-private-server = This inbox's mail server is in a network that is not allowed here. Use another server.
delivery-tls = The secure connection to the mail server failed. Check its certificate.
delivery-no-starttls = The mail server offers no secure connection. Turn on its security or use another.
delivery-sign-in = The mail server did not accept this inbox's user name and password. Correct them and try again.
delivery-refused-address = This address was not accepted. Check that it is right.
delivery-no-utf8 = The mail server takes no accents in addresses. Use an address without accents.
delivery-refused-sender = The mail server does not let this inbox send. Talk to whoever runs it.
delivery-refused = The mail server refused the message.
delivery-later = The mail server asked to wait. We try again by ourselves.
delivery-unsure = The connection dropped before the mail server confirmed.
delivery-no-answer = The mail server stopped answering while sending.
delivery-no-way = No mail server is set up for sending. Talk to whoever runs Recado.
delivery-too-long-tried = We tried for 5 days without success.
delivery-bounced = The message came back: the contact's server did not deliver it.
delivery-built = The message could not be put together. Check the attachments and try again.
delivery-interrupted = Recado stopped while sending.
retry = Try again
retry-anyway = Send again
retried = The message is in the queue again.

# Writing
strip-inbox = The inbox { $inbox } cannot send right now.
strip-mend = See inbox
strip-with = This conversation is with { $name }.
strip-lost = The inbox { $inbox } has had no connection since { $since }.
strip-disconnected = The inbox { $inbox } is disconnected.
strip-kept = Answers can be written again when it is back; what you typed is kept.
strip-ask = Ask { $name } to reconnect it.
message-inbox-lost = Not sent. The inbox has no connection. What you typed is kept; send it when the inbox is back.
message-inbox-off = Not sent. The inbox is disconnected. What you typed is kept.
composer-reply = Reply
composer-note = Internal note
composer-reply-to = Reply to { $name }
composer-write-to = Write to { $name }
composer-write-note = Write a note for the team
composer-to = To { $to }
composer-to-copy =
    { $n ->
        [one] To { $to }, with a copy to 1 person
       *[other] To { $to }, with a copy to { $n } people
    }
composer-to-nobody = Nobody gets it: an address is missing
composer-stays = Stays here: only the team reads it
composer-remove = Remove { $name }
composer-over = The text has { $n } characters; { $max } fit.
composer-counter = { $n } of { $max }
composer-waiting = No internet. Your text goes out when the connection is back.
composer-attach = Attach file
composer-hint = Enter sends, Shift+Enter breaks the line
composer-hint-note = Enter saves
composer-send = Send
composer-sending = Sending…
composer-keep = Save note
composer-keeping = Saving…
message-too-long = The text is too long. Split it into two messages.
message-file-too-large = A file is over { $size } and was not attached. Your text is kept; choose the files again.
message-no-recipient = There is no address to answer to yet. Ask for one or write a note.
message-empty = Write something first.

# Details
side-label = Conversation details
side-title = Details
side-number = Number
side-back = Back to the conversation
side-assignee = Assigned to
side-inbox = Inbox
side-state = State
side-history = History
side-history-empty = First conversation with this contact.
state-open = open
state-snoozed = for later
state-closed = closed

# Somebody else was first
conflict-assignee-unavailable = This person is unavailable right now. Choose someone else.
conflict-taken = The conversation changed hands in the meantime.
conflict-taken-you = You already have this conversation.
conflict-taken-person = { $name } has this conversation now.
conflict-taken-nobody = Someone else unassigned this conversation first.
conflict-already-closed = Someone already closed this conversation.
conflict-already-open = Someone already reopened this conversation.
conflict-already-sent = This message has left or is in the queue already.

# For later
snooze-set = Set

# Deleting
gone-kept = What you were writing

# Spam
section-spam = Spam
list-empty-spam = No spam.
spam-mark = Mark as spam
spam-clear = Not spam
spam-marked = Marked as spam
spam-cleared = It is not spam any more.
block-address = Block { $address }
block-domain = Block everyone at { $domain }
sender-blocked = Sender blocked. Their next e-mails will be refused.
sender-unblocked = Sender unblocked
side-unwanted = Spam or unwanted
state-spam = spam
strip-spam = { $by } marked this as spam. If you answer, it comes back to the list.
strip-spam-filter = The e-mail provider marked this as spam. If you answer, it comes back to the list.
fact-spam = { $by } marked it as spam
fact-spam-alone = Marked as spam by the e-mail provider
fact-not-spam = { $by } took it out of spam
fact-not-spam-alone = Taken out of spam
fact-accepted = { $by } added a new address to the conversation
fact-accepted-alone = A new address was added to the conversation
menu-blocked = Blocked senders
blocked-lead = E-mails from these senders do not come in. They are kept for 30 days in case of a mistake, then removed.
blocked-empty = Nobody is blocked. You block a sender from a conversation with them.
blocked-domain = Everyone at { $domain }
blocked-by = Blocked by { $by }
blocked-refused =
    { $n ->
        [one] 1 e-mail refused on { $date }
       *[other] { $n } e-mails refused, the last on { $date }
    }
blocked-refused-none = Nothing refused yet
unblock = Unblock
unblock-who = Unblock { $who }
conflict-already-spam = Someone already marked it as spam.
conflict-not-spam = Someone already took it out of spam.
conflict-no-sender = This conversation has no address to block.
conflict-shared-domain = Many people share this domain. Block only the address.
conflict-own-address = This address is yours; it cannot be blocked.

# A mail
message-menu = More actions for the e-mail from { $name }
message-reply-all = Reply to all
message-original-eml = Download original (.eml)
message-keep = Keep as saved reply
message-headers = Show headers
headers-back = Back to the conversation
headers-lead = The technical lines that came with this e-mail, as they came.
message-accept = Add to conversation
sender-accepted = Added to the conversation
message-forwarded = Forwarded. Only { $to } gets it.
message-automatic-answer = Automatic answer
message-spam = The e-mail provider marked this message as spam.
message-hidden-copy = { $way }, hidden copy to { $bcc }

# To whom
composer-recipients = See and change who gets it
composer-to-one-copy = To { $to }, with a copy to 1 person
composer-to-copies = To { $to }, with a copy to { $n } people
composer-forward = Forward
composer-forward-to = Forward to
composer-write-forward = Add a few words (optional)
composer-keep-files = Files
composer-signature = With your signature
recipients-to = To
recipients-cc = Copy
recipients-bcc = Hidden copy
recipient-add = add address
recipient-toggle = Take out or put back { $address }
recipient-wrong = "{ $address }" is not an e-mail address. Correct it and send again.
message-too-many-recipients = There are too many people. Up to 100 fit.
message-to-ourselves = One of the addresses is an inbox of yours. Take it out: the message would come back here.

# Signature
menu-signature = Signature
signature-lead = Goes below your answers by e-mail. While it is empty, the signature of the inbox stands there.
signature-own = Your signature
signature-hint = Plain text. { "{" }agent{ "}" } becomes your name and { "{" }company{ "}" } the company's.
signature-saved = Signature saved
signature-too-long = The signature is too long. Up to 2,000 characters fit.
signals-news =
    { $n ->
        [one] 1 new message from { $name }
       *[other] { $n } new messages from { $name }
    }
signals-news-many = { $n } new messages, the last one from { $name }

# For later
section-snoozed = For later
list-empty-snoozed = Nothing put off.
row-until = Back { $when }
snooze = Remind me later
snooze-later = Later today
snooze-tomorrow = Tomorrow morning
snooze-monday = Monday morning
snooze-answer = Until they answer
snooze-own = At another time
snooze-unreadable = Enter a day and a time.
snooze-past = That time is over. Choose one that is still to come.
snooze-too-far = That day is too far away. Choose one in the next 5 years.
snoozed = Conversation put off.
snoozed-until = The conversation comes back { $when }.
snoozed-answer = The conversation comes back when they answer.
wake-title = Bring back now
woken = The conversation is back.
fact-snoozed = { $by } put it off until { $when }
fact-snoozed-answer = { $by } put it off until they answer
fact-woken-time = Came back at its time
fact-woken-message = Came back because the contact wrote
fact-woken-person = { $by } brought it back
state-snoozed-until = for later, until { $when }
state-snoozed-answer = for later, until they answer
state-closed-by = closed by { $by } on { $when }
state-closed-at = closed on { $when }
conflict-snooze-closed = This conversation is closed. Reopen it before putting it off.
conflict-already-awake = This conversation is back already.

# Tags and priority
tags = Tags
tags-none = No tags yet.
tag-short = Tag
tag-add = New tag, or one that exists
tag-add-submit = Add
tag-remove = Remove { $name }
tag-name-wrong = Enter a name of up to 40 characters.
tag-too-many = 20 tags fit. Remove one first.
priority = Priority
priority-none = None
priority-low = Low
priority-normal = Normal
priority-high = High
priority-urgent = Urgent
priority-unknown = Choose a priority from the list.
prioritized = Priority changed.

# Deleting
side-menu = More actions for { $name }
delete-conversation = Delete conversation
delete-title = Delete the conversation with { $name }?
delete-goes = Its history leaves Recado for good: messages, attachments, notes and answers still waiting.
delete-stays-mailbox = It stays in the mailbox { $address }, where it can be deleted separately.
delete-stays = It stays in { $inbox }, where it can be deleted separately.
delete-afterwards = If the contact writes again, the conversation shows up again with the new messages only.
delete-forbidden = Only whoever connected the inbox and the owner of the workspace delete conversations. Ask them.
delete-back = Back to the conversation
deleted = Conversation deleted.
gone-title = This conversation was deleted
gone-by = { $by } deleted it on { $when }.
gone-somebody = Someone
conflict-delete-sending = An answer is being sent right now. Wait a moment, then delete.

# Handed out by the inbox
fact-handed-out = Handed to { $to } by the inbox
fact-nobody-available = Stayed unassigned: nobody is available
fact-everybody-full = Stayed unassigned: everybody has as many as they may have
fact-written-again = Unassigned: the contact wrote again

# Pictures from elsewhere
images-show = Show images
images-always = Always for this sender
images-hide = Hide images
images-never = Stop showing this sender's images

# Invitations and seals
message-signed = Signed by its sender (not verified)
message-encrypted = This e-mail is encrypted. Open its file with the program that has the key.
message-sealed = Signed in a closed form that cannot be opened here (not verified). The content is in its file.
invitation-request = Invitation
invitation-cancel = Canceled: it does not take place
invitation-publish = Event
invitation-accepted = { $name } accepted
invitation-declined = { $name } declined
invitation-tentative = { $name } may come
invitation-replied = { $name } answered
invitation-untitled = Meeting without a name
invitation-repeats = { $when }, repeats
invitation-span = { $from } to { $to }
invitation-local = { $time }, local time
invitation-zone = { $time } ({ $zone })
invitation-organizer = Invited by { $name }
invitation-file = Add to calendar (.ics)
