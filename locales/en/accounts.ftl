# First run
setup-title = Start your workspace
setup-lead = You will be the owner of this server.
setup-code = Set-up code
setup-code-hint = It stands in the terminal or in the server's log. Each start shows a new one.
setup-code-wrong = This code isn't right. Use the last one the server showed.
setup-workspace = Company name
setup-name = Your name
setup-submit = Create workspace

# Signing in and out
sign-in-title = Sign in to your account
email = E-mail
password = Password
remember = Stay signed in on this device
sign-in = Sign in
sign-out = Sign out
sign-in-forgot = Forgot password
sign-in-wrong = E-mail or password is wrong. Try again.

# A new password
reset-title = Choose a new password
reset-ask-title = Forgot your password?
reset-ask-lead = Type your e-mail and we'll send you a link to choose another.
reset-ask-submit = Send link
reset-sent-title = Check your e-mail
reset-sent-lead = If this address has an account here, a link arrives in a moment and works for 1 hour. If it doesn't, look in spam.
reset-no-mail = This server doesn't send e-mail yet. Ask whoever runs it for a new password.
reset-gone-title = This link no longer works
reset-gone-lead = Links work for 1 hour and only once. Ask for another.
reset-again = Ask for another link
reset-back = Back to sign-in
reset-submit = Save new password
reset-done = Password changed. Sign in with the new one.
reset-mail-subject = Your new password in Recado
reset-mail-hello = Hello { $name },
reset-mail-why = Someone asked for a new password for your account at { $workspace }. If it was you, open this link:
reset-mail-link = { $link }
reset-mail-ignore = The link works for 1 hour and only once. If it wasn't you, ignore this e-mail: your password stays as it is.

# Your account
account-title = Your account
account-name = Name
account-language = Language
account-language-auto = As in the browser
account-language-pt-BR = Português (Brasil)
account-language-en = English
account-zone = Time zone
account-zones-brazil = Brazil
account-zones-other = Other places
account-theme = Appearance
account-theme-auto = As on the device
account-theme-light = Light
account-theme-dark = Dark
account-keys = Shortcut keys
account-keys-hint = Single letters do things, such as "r" to answer. The key "?" shows them all.
account-saved = Profile saved
zone-sao-paulo = São Paulo, Brasília
zone-fortaleza = Fortaleza, Recife, Salvador
zone-manaus = Manaus, Porto Velho
zone-cuiaba = Cuiabá, Campo Grande
zone-rio-branco = Rio Branco
zone-noronha = Fernando de Noronha

photo-title = Photo
photo-choose = Choose picture
photo-hint = JPEG, PNG, GIF or WebP. It becomes square and small.
photo-save = Save photo
photo-remove = Remove photo
photo-saved = Photo saved
photo-removed = Photo removed
photo-missing = Choose a picture first.
photo-unreadable = This picture can't be read. Use JPEG, PNG, GIF or WebP.
photo-too-many-pixels = This picture has more than 40 megapixels. Use a smaller one.
photo-too-large = This file is larger than 15 MB. Use a smaller one.

password-title = Password
password-current = Current password
password-new = New password
password-hint = At least 12 characters. A sentence is good and easy to remember.
password-submit = Change password
password-changed = Password changed. Your other devices were signed out.
password-wrong = This isn't your current password.
password-too-short = The password needs at least 12 characters.
password-too-long = The password is too long. 1,024 bytes fit.
password-too-weak = This password is easy to guess. Add more words.

sessions-title = Signed-in devices
sessions-lead = Where your account is open. If you don't recognize one, end it and change your password.
sessions-this = This device
sessions-seen = Seen { $when }, { $address }
sessions-end = End
sessions-end-of = End on { $device }
sessions-ended = Device signed out
sessions-end-others = Sign out everywhere else
sessions-others-ended = Only this device is still signed in.
device-both = { $browser } on { $system }
device-unknown = Unknown device

# Availability
availability-available = Available
availability-unavailable = Unavailable
availability-change-from-available = Availability: available. Change
availability-change-from-unavailable = Availability: unavailable. Change
availability-now-available = You're available.
availability-now-unavailable = You're unavailable: no one can hand you new conversations. Yours stay with you.

# What cannot be accepted
name-missing = Type a name.
name-too-long = The name can have 100 characters.
email-wrong = This e-mail is incomplete. Check what comes after the @.
email-taken = This e-mail already has an account.
language-unknown = Choose a language from the list.
zone-unknown = Choose a time zone from the list.
owner-exists = This server already has an owner.
owner-stays = The owner's role and permissions can't be changed here.
