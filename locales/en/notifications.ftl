# Notifications: the bell and the list
notices = Notifications
bell-unread =
    { $n ->
        [one] Notifications: news in 1 conversation
       *[other] Notifications: news in { $n } conversations
    }
notices-lead = What happened in the conversations you get notifications about. Opening a conversation marks its notification as read.
notices-none = No notifications yet. When somebody writes, hands you a conversation or mentions you, it appears here.
notices-read-all = Mark all as read
notices-all-read = All marked as read
notices-newest = Newest
notices-older = Older
notices-back = Back to the notifications
notice-no-text = Message without text
notice-assigned-itself = This conversation was assigned to you.
notice-assigned-by = { $by } assigned this conversation to you.
notice-mention-by = { $by } mentioned you: { $text }
notice-why-mine = Message in a conversation of yours
notice-why-others = Message in somebody else's conversation
notice-why-unassigned = Message in an unassigned conversation
notice-why-assigned = Conversation assigned to you
notice-why-mention = Mention in a note

# Choosing notifications
notices-choose = Choose notifications
notices-choose-lead = Choose what you want to hear about, and how.
notices-mine = New message in a conversation of mine
notices-others = New message in somebody else's conversation
notices-unassigned = New message in an unassigned conversation
notices-assigned = Somebody assigns a conversation to me
notices-mention = Somebody mentions me in a note
notices-desktop = On screen
notices-email = E-mail
notices-unsaved = Nothing changes until you save.
notices-close = Close without saving
notices-saved = Notifications saved
notices-no-mail = No mail server is configured: for now, no notification leaves by e-mail.
notices-blocked = The browser is blocking notifications of this site.
notices-unblock = How to allow them
notices-device-hint = Notifications on screen are turned on for each device:

# This device
devices-title = Notifications on this device
devices-lead = Turn them on to be told even when all pages are closed. On a phone, add Recado to the home screen first.
devices-back = Back to choosing notifications
devices-known = Devices with notifications on
device-none = With scripts turned off, this browser shows no notifications. They are still in the list and in your e-mail.
device-insecure = Notifications on screen need a secure connection (https). Ask whoever runs the server.
device-unsupported = This browser shows no notifications. On iPhone and iPad, add Recado to the home screen and open it from there.
device-off = Notifications are off on this device.
device-open = Notifications appear while a page of Recado is open.
device-on = Notifications are on for this device, also while all pages are closed.
device-turn-on = Turn on for this device
device-test = Send a test notification
device-busy = Turning on…
device-failed = Notifications while all pages are closed could not be turned on. While a page is open, they appear.
device-shown = Test sent. If nothing appeared, see the hints below.
device-this = this device
device-since = On since { $day }
device-remove = Turn off
device-remove-of = Turn off notifications on { $device }
device-removed = Notifications are off on that device.
device-wrong = The browser sent a notification address that cannot be used.
device-not-told = This device is told only while a page is open.
device-help = No notifications appear?
device-help-blocked = Blocked in the browser: click the icon left of the address, open the site's permissions and allow notifications. Then reload the page.
device-help-phone = On Android: open the browser's menu, tap "Install app" or "Add to home screen", and turn notifications on inside the app.
device-help-iphone = On iPhone and iPad: tap Share, "Add to Home Screen", open Recado from there and turn notifications on.
device-help-muted = Muted by the system: see whether "Do not disturb" or "Focus" is on, and whether the browser may show notifications in the system's settings.
device-help-settings = Only some appear: see what is on under "Choose notifications". What you do yourself is never a notification.
notice-test-title = Test notification
notice-test-text = Notifications work on this device.

# Without a network
offline-title = No internet
offline-lead = Recado did not reach the server. Messages are kept there; nothing that was saved is lost.
offline-retry = Try again

# Notification e-mails
notice-mail-above = --- Write your answer above this line ---
notice-mail-hello = Hello { $name },
notice-mail-subject = { $contact }: { $subject }
notice-mail-subject-plain = News in the conversation with { $contact }
notice-mail-wrote = { $sender } wrote on { $when }:
notice-mail-mention = { $by } mentioned you in an internal note, on { $when }:
notice-mail-more =
    { $n ->
        [one] And 1 more in this conversation.
       *[other] And { $n } more in this conversation.
    }
notice-mail-open = Open the conversation: { $link }
notice-mail-answer = Answer this e-mail to answer the customer. What stands below the first line does not go along.
notice-mail-note = Answer this e-mail to leave an internal note in the conversation. It stays with the team.
notice-mail-settings = Change or turn off notifications by e-mail: { $settings }
notice-mail-many =
    { $n ->
        [one] There is news in 1 conversation:
       *[other] There is news in { $n } conversations:
    }
notice-mail-many-subject =
    { $n ->
        [one] News in 1 conversation
       *[other] News in { $n } conversations
    }
notice-mail-all = See all notifications: { $all }

# Answers of the team by e-mail
team-mail-refused-subject = Your answer by e-mail was not sent
team-mail-refused = The answer that came by e-mail was not sent and did not enter the conversation.
team-mail-forged = The address it was sent to is not valid. Answer the notification itself, without changing the address.
team-mail-expired = The notification you answered is too old. Open the conversation and answer there.
team-mail-other-address = It came from { $sender }, and only an answer from your own address in Recado counts. If it was not you, tell your administrator.
team-mail-no-access = You no longer have access to that conversation, or it was deleted.
team-mail-held-subject = Your answer was kept as an internal note
team-mail-held = It could not be confirmed that the e-mail really came from you; so the answer did not go to the customer and stays in the conversation as an internal note.
team-mail-open = Open Recado: { $link }
team-mail-text = What you wrote:
