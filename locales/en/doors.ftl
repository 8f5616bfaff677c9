# Two-step verification
factor-menu = Security
factor-title = Two-step verification
factor-lead = Besides the password, signing in asks for a code from an app on your phone. Whoever learns your password still can't get in.
factor-back = Back to your account
factor-begin = Set up
factor-draft-lead = The verification starts to count when you type the first code.
factor-step-app = Open an authenticator app on your phone, such as Google Authenticator, Aegis or 1Password.
factor-step-scan = Scan this picture with it.
factor-qr = QR code for the authenticator app. The same key stands below in letters.
factor-same-device = The app is on this device: open it
factor-by-hand = Or type this key in the app:
factor-step-code = Type the 6 digits that the app shows.
factor-confirm = Confirm code
factor-on-since = On since { $date }
factor-codes-left = { $n ->
    [0] No recovery code is left.
    [one] 1 recovery code is left.
   *[other] { $n } recovery codes are left.
}
factor-codes-few = Make new recovery codes before they run out: without your phone they are the only way in.
factor-change = Change
factor-move = Use another phone or app
factor-new-codes = Make new recovery codes
factor-off = Turn two-step verification off
factor-off-required = Your company requires two-step verification, so it can't be turned off.
second-factor-required = Your company requires two-step verification, so it can't be turned off.
second-factor-none = This person has no two-step verification.
second-factor-now-off = Two-step verification is off. Your other devices were signed out.
second-factor-late = This key has expired. Start again.
enrolment-title = Protect your account
enrolment-lead = Your company requires two-step verification: besides the password, a code from an app on your phone. It takes 2 minutes.
codes-title = Keep your recovery codes
codes-lead = Each code lets you in once if you lose your phone. Keep them where you keep other important papers.
codes-download = Download
codes-file = recado-recovery-codes.txt
codes-file-head = Recovery codes for Recado. Each one works once.
codes-once = They are shown only now. Earlier codes no longer work, and your other devices were signed out.
codes-kept = I have kept them
copy = Copy
copied = Copied
continue = Continue

# The second step of signing in
code-title = Type your code
code-lead = Open the authenticator app on your phone.
code-label = Code
code-hint = 6 digits from the app, or a recovery code.
code-wrong = This code isn't right or was used already. Wait for the next one and try again.
code-not-yet = This code isn't right. Check that the clock of your phone is right and type the next one.
code-wait-recovery = A recovery code works at once.
code-key-lost = This server lost the key that checks codes. Use a recovery code, or ask whoever runs it for: recado user reset-second-factor
code-late = That took too long. Sign in again.
code-recovery = No phone? Type a recovery code
code-back = Back to sign-in

# Who needs it
factor-rule-menu = Sign-in security
factor-rule-lead = A password can be guessed or stolen. When a code from the phone is needed too, it opens nothing by itself.
factor-rule = Everyone needs two-step verification
factor-rule-hint = Whoever has none sets it up before anything else, from now on.
factor-rule-now-required = From now on everyone needs two-step verification
factor-rule-now-optional = Two-step verification is up to each person
factor-rule-back = Back to two-step verification
factor-roll = Who has it
factor-held = On since { $date }
factor-not-held = Off
factor-reset = Reset
factor-reset-of = Reset for { $name }
factor-reset-title = Reset two-step verification
factor-reset-lead = { $name } will sign in with the password alone until setting it up again, is signed out everywhere now and is told by e-mail. Make sure that it is really this person who asks.
factor-reset-done = Two-step verification was reset.

# A new address
email-change-title = E-mail
email-new = New e-mail
email-change-hint = A link goes to the new address. Nothing changes until you open it.
email-change = Change e-mail
email-asked = We sent a link to the new address.
email-waiting = Waiting for you to open the link that was sent to { $email }.
email-no-mail = This server doesn't send e-mail yet, so a new address can't be confirmed.
email-confirm-title = Confirm your new e-mail
email-confirm-lead = From now on you'll sign in with { $email }. All your devices are signed out.
email-confirm = Use this e-mail
email-changed = E-mail changed. Sign in with the new one.
email-gone-lead = Links work for 1 hour and only once. Ask for another on your account page.

# Mail about one's own account
mail-hello = Hello { $name },
mail-signed-in-subject = New sign-in to your Recado account
mail-signed-in = Someone signed in to your account at { $workspace } on a device that was never used before.
mail-signed-in-facts = When: { $when }
    Device: { $device }
    Network address: { $address }
mail-was-you = If it was you, there is nothing to do.
mail-not-you = If it wasn't you, choose another password now: { $reset }
    Then sign out the devices you don't recognize: { $account }
mail-wrong-codes-subject = Someone may know your password
mail-wrong-codes = On { $when } someone typed the right password for your account at { $workspace }, and then several wrong codes. They didn't get in.
mail-wrong-codes-do = If it wasn't you, choose another password now: { $reset }
mail-factor-on-subject = Two-step verification is on
mail-factor-on = On { $when } two-step verification was set up for your account at { $workspace }.
mail-factor-off-subject = Two-step verification is off
mail-factor-off = On { $when } two-step verification was turned off for your account at { $workspace }.
mail-factor-reset-subject = Two-step verification was reset
mail-factor-reset = On { $when } an administrator reset two-step verification for your account at { $workspace }. All your devices were signed out.
mail-factor-reset-do = Sign in with your password and set it up again: { $account }
    If you didn't ask for this, tell your company now.
mail-recovery-subject = A recovery code was used
mail-recovery = On { $when } a recovery code of your account at { $workspace } was used.
mail-recovery-left = { $left ->
    [0] No code is left. Make new ones: { $account }
    [one] 1 code is left. Make new ones soon: { $account }
   *[other] { $left } codes are left.
}
mail-email-confirm-subject = Confirm your new e-mail
mail-email-confirm = You asked to sign in to { $workspace } with this address. Open this link to confirm it:
mail-email-link = { $link }
mail-email-ignore = The link works for 1 hour and only once. If it wasn't you, ignore this e-mail.
mail-email-changed-subject = Your e-mail in Recado was changed
mail-email-changed = On { $when } the e-mail of your account at { $workspace } was changed to { $email }. This address no longer signs in.
mail-email-changed-do = If it wasn't you, tell an administrator of your company now.
