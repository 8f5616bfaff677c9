# What leaves by itself when somebody writes
greeting = Greeting to whoever begins a conversation
greeting-hint = { "{" }company{ "}" } becomes the company's name.
greeting-closed = Answer outside business hours
greeting-closed-hint = { "{" }next_opening{ "}" } becomes when you open next, for example "tomorrow at 09:00", and { "{" }company{ "}" } the company's name. Empty: outside business hours the greeting goes out.
greeting-rules = Goes out in the contact's language; without one in the inbox's; without one in the workspace's. At most once in a conversation, and of each kind once a day to each sender, never to automatic e-mails, lists, spam or blocked senders. Over 100 in an hour, all stop for a day and you are told by e-mail.
greeting-field-wrong = In braces, the greeting knows only { "{" }company{ "}" }.
greeting-closed-field-wrong = In braces, this answer knows only { "{" }company{ "}" } and { "{" }next_opening{ "}" }.
greeting-soon = soon
greeting-now = If somebody wrote now
greeting-now-nothing = Nothing would go out.
greeting-preview-to = A contact whose language is { $language } gets:
greeting-look = See what would go out now
activity-is-inbox-answering-changed = changed how the inbox { $inbox } answers
activity-field-signature = Signature
activity-field-greeting-pt-BR = Greeting in Portuguese
activity-field-greeting-en = Greeting in English
activity-field-closed-pt-BR = Answer outside business hours in Portuguese
activity-field-closed-en = Answer outside business hours in English
activity-field-spam-marks = The provider's spam filter
activity-field-new-after-days = Days after closing for a new conversation
activity-marks-believed = followed
activity-marks-ignored = ignored

# What contacts do to a message after it was sent
message-edited = Edited by the contact on { $when }
message-earlier = See what it said before
message-earlier-until = Until { $when }:
message-withdrawn = Deleted by the contact on { $when }. Its text is no longer shown.
message-withdrawn-line = Message deleted by the contact
message-unknown = A message of a kind that Recado does not show yet ({ $kind }). See it in the app the contact wrote in.
message-unknown-line = Message of a kind that is not shown yet
reactions = Reactions
reaction-by = { $name } reacted with { $emoji } on { $when }
transcript-about = About the message by { $name } on { $when }:

# Refused e-mails
blocked-kept = Refused in the last 30 days
blocked-kept-untitled = No subject
blocked-kept-line = { $address }, to { $inbox }
blocked-kept-download = Download
blocked-kept-save = Download the e-mail { $subject }
