# How long an inbox keeps what was said in it
keeping-title = Keeping
keeping-days = Days for which a closed conversation is kept
keeping-days-hint = From 30 to 36500, counted from the last activity. Empty: for ever. What is older is deleted for good, files included.
keeping-days-wrong = Enter a number from 30 to 36500, or leave it empty.
keeping-messages = Messages kept of each conversation
keeping-messages-hint = From 50 to 100000. Empty: all of them. When one more arrives, the oldest is deleted for good.
keeping-messages-wrong = Enter a number from 50 to 100000, or leave it empty.
keeping-sure = I understand that what is deleted does not come back. In the provider's mailbox it stays.
keeping-sure-missing = Tick that you understand: what is deleted does not come back.
keeping-ended =
    { $n ->
        [one] 1 closed conversation is older than that and will be deleted soon.
       *[other] { $n } closed conversations are older than that and will be deleted soon.
    }
keeping-ended-many = More than 1,000 closed conversations are older than that and will be deleted soon.
keeping-saved = Keeping saved
keeping-forbidden = Only who connected the inbox and the workspace's owner decide how long it keeps conversations.
activity-is-inbox-keeping-changed = changed how long the inbox { $inbox } keeps conversations
activity-field-keep-messages = Messages kept of each conversation
activity-field-keep-days = Days for which a closed conversation is kept

# A conversation on paper and as a file
transcript-open = Print or export
transcript-title = Conversation with { $name }
transcript-tools = Print and export
transcript-hint = To print, use your browser's command (Ctrl+P).
transcript-print = Print
transcript-with-notes = Include internal notes
transcript-without-notes = Without internal notes
transcript-json = Download JSON
transcript-eml = Download e-mails (EML)
transcript-number = Conversation { $number }
transcript-note = Internal note
transcript-notes-warning = With internal notes: for the team only.
transcript-empty = There are no messages yet.
transcript-next = Next part
transcript-format-wrong = Choose JSON or EML.
transcript-file = conversation
transcript-mail = Conversation with { $name }
activity-is-conversation-exported =
    { $format ->
        [eml] exported the e-mails of conversation { $conversation } of the inbox { $inbox }
       *[other] exported conversation { $conversation } of the inbox { $inbox } as JSON
    }
