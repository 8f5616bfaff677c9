# A conversation that we begin
begin = New conversation
begin-no-inbox = There is no e-mail inbox yet that you may write from.
begin-find = Find a contact
begin-find-hint = Three letters of the name or address, or type an address below.
begin-write = Write to { $address }
begin-search = Search
begin-inbox = From
begin-inbox-line = { $name }, { $address }
begin-subject = Subject
begin-text = Message
begin-to-wrong = Enter the address of whom you write to.
begin-subject-long = The subject is too long. Up to 200 characters fit.
begin-file-too-large = A file is too large. Your text is kept; choose the files again.

# Drafts
row-draft = draft
draft-saved = Draft saved
draft-aside = In another window you had written:
draft-take = Add it to this text
draft-drop = Not needed
passed =
    { $n ->
        [one] 1 new message since you began to write
       *[other] { $n } new messages since you began to write
    }
passed-see = See it

# Who is there
presence-writes =
    { $n ->
        [one] { $names } is writing here right now
       *[other] { $names } are writing here right now
    }
presence-looks =
    { $n ->
        [one] { $names } is looking at this too
       *[other] { $names } are looking at this too
    }

# Answers that wait
undo-title = Sending
undo-switch = Answers wait 10 seconds before they leave
undo-hint = Until then you can take an answer back: text, files and recipients return to the box.
undo-saved = Choice saved
keys-undo = Take the answer back
send-later = Send later
send-at = Schedule
leaving-too-far = That day is too far away. Choose one in the next year.
waiting-label = Answer by { $name } that has not left yet
waiting-moment = Leaves in a moment
waiting-moment-by = Leaves in a moment, by { $by }
waiting-until = Leaves { $when }
waiting-until-by = Leaves { $when }, by { $by }
waiting-failed = Did not leave.
waiting-writer-gone = Whoever wrote it has no access any more. Send it yourself or cancel it.
waiting-overtaken = They wrote since. Check whether this still fits.
waiting-edit = Change
waiting-now = Send now
waiting-cancel = Cancel
taken-back = Nothing was sent: the text is back where you write.
departure-canceled = It does not leave. The text was kept as a draft.
departed = The answer is on its way.
conflict-waiting-gone = This answer has left, or someone took it back.

# Limits of a channel
composer-over-unit = The text has { $n } of { $max } units; this channel counts accents and symbols as more than one. Shorten it.
message-window-closed = Not sent. The contact wrote too long ago for this channel. What you typed is kept; it can be sent when they write again.
message-file-over = Not sent. A file is too large for this inbox. Send a smaller one; your text is kept.
strip-window =
    { $n ->
        [one] It has been more than 1 hour since the contact last wrote; this channel takes no answers after that.
       *[other] It has been more than { $n } hours since the contact last wrote; this channel takes no answers after that.
    }
strip-window-first = The contact has not written here yet; this channel takes no messages before.
strip-window-opens = When they write, you can answer again. Notes can be written, and what you typed is kept.
strip-window-outside = Go on in { $inbox }

# Pictures that did not come
images-missing =
    { $n ->
        [one] 1 image could not be loaded.
       *[other] { $n } images could not be loaded.
    }
