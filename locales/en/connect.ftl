# Start
start-lead = Begin with the address. We look for its servers.
start-provider = Where is this mailbox?
start-by-address = Find it by the address
start-provider-hint = For an address with your own domain, choose the provider if you know it.
start-search = Continue
search-provider = We filled in the servers of { $provider }.
search-by-name = We found { $imap } and { $smtp }.
search-half = We found only one of the two servers. Your provider tells you the other.
search-nothing = We found no servers for this domain. Write them below; your provider tells you which they are.

# Mailbox
inbox-tabs = Parts of this inbox
inbox-tab-health = Status
inbox-tab-settings = Settings
inbox-way-in = How e-mail comes in
inbox-in-mailbox = We fetch it from the mailbox (IMAP)
inbox-in-pipe = Your mail server hands it over
inbox-sign-in = How we sign in
inbox-by-consent = With your consent at { $provider }, without a password
inbox-by-password = With a password
inbox-imap-host = Server for receiving (IMAP)
inbox-imap-username-hint = Empty: the e-mail address.
inbox-same = Same user name and password as for receiving
inbox-folder = Folder to fetch from
inbox-folder-hint = Test the connection to choose from a list.
inbox-history = E-mails from before
inbox-history-none = Only what arrives from now on
inbox-history-month = Also the last 30 days
inbox-history-all = Everything in the folder
inbox-history-hint = E-mails from before come in closed: nobody is told and nothing is answered.
inbox-after = After fetching an e-mail
inbox-after-leave = Leave the mailbox as it is
inbox-after-seen = Mark it as read there
inbox-after-move = Move it to another folder
inbox-after-folder = Move to
inbox-sent = Folder of sent mail
inbox-sent-append = We put answers there
inbox-sent-provider = The provider does it by itself
inbox-mailbox-taken = Another inbox fetches from this mailbox and folder already.
inbox-folder-missing = Write the folder that e-mails are moved to.
inbox-folder-wrong = This folder name is too long or has letters that do not fit.
inbox-disconnect = Disconnect this inbox
inbox-disconnect-what = Conversations stay. No e-mail comes in or leaves, and stored passwords are forgotten. You can connect it again later.
inbox-now-disconnected = Inbox disconnected
inbox-disconnected = Disconnected
inbox-disconnected-hint = The history stays.
inbox-is-disconnected = The inbox is disconnected. The message leaves when it is connected again.
inbox-connect-again = Connect again
inbox-connect-again-hint = This inbox is disconnected. Enter the password and save to connect it again.

# What a check says
check-works = Everything works.
check-fails = Something does not work yet.
check-running = Testing…
check-receiving = Receiving
check-sending-title = Sending
check-good = Works
check-bad = Does not work
check-open = Good to know
check-reached = { $server } answers.
check-protected = The connection is secure and the certificate is valid for { $server }.
check-unprotected = The connection is not secured: others on the way can read along.
check-signed-in = User name and password are right.
check-folder = The folder { $server } is there.
check-sending = Answers can leave by { $server }.
check-in-unused = Your mail server hands e-mails over; there is nothing to test.
check-out-unused = Nothing is sent.
check-disconnected = This inbox is disconnected.
check-consent-first = This is tested when you have consented at the provider, after saving.
check-hint-certificate = Use the server name that your provider gives. It is often not the name of your own domain.
check-hint-reach = Check server, port and security. Usual: 993 with TLS for receiving, 465 with TLS or 587 with STARTTLS for sending.
check-hint-sign-in = Check user name and password. Some providers want a password made for apps, or IMAP switched on in their settings.
provider-hint-google = Google takes no usual password here. Turn on two-step verification, make an app password at myaccount.google.com/apppasswords and use it.
provider-hint-microsoft = Most Microsoft accounts take no password here: only consent. Whoever runs Recado can set that up.
provider-hint-app-password = This provider wants a password made for apps. You make one in the security settings of your account there.
provider-hint-switch-on = IMAP has to be switched on in the settings of your account there first.

# Consent
consent-title = Consent at the provider
consent-what = { $provider } asks whether Recado may read and send e-mail of { $address }. Sign in there with this address.
consent-go = Continue at { $provider }
consent-other-way = Sign in another way
consent-kept = No password is stored. You can take the consent back at the provider at any time.
consent-given = Consent received. The inbox is connected.
consent-refused = The consent was not given. You can try again.
consent-code = The provider did not accept the answer. Please begin again.
consent-other-account = The account that consented is not { $address }. Sign in there with this address.
consent-stale = This answer of the provider is too old or not for you. Begin again in the settings of the inbox.
mail-consent = The provider does not let us in any more. Give your consent again.
mail-consent-short = The provider gave no lasting permission. Remove Recado from your account there and consent again.
mail-application = The provider does not know the application of this installation. Talk to whoever runs Recado.
mail-no-application = Signing in by consent is not set up for this provider. Talk to whoever runs Recado, or use a password.
mail-provider-later = The provider does not answer right now. We try again by ourselves.

# How an inbox is
health-hiccup = Has a problem; we are trying again
health-lost = Connection lost
health-in-broken = No e-mail comes in since { $since }.
health-out-broken = No e-mail leaves since { $since }.
health-reconnect = Reconnect
health-consent-again = Give consent again
health-last-in = Last e-mail in
health-last-out = Last e-mail out
health-never = never
health-waiting = Waiting to leave
health-waiting-none = nothing
health-mailbox = Fetched from
health-by-pipe = handed over by your mail server
health-checked = Last look
health-cursor = Read up to
health-cursor-at = e-mail number { $uid } of the folder
health-beside = Also
health-guardian = Told when it is lost
health-history-running = { $taken } of { $total } are in.
health-history-done = All { $total } are in.
health-test = Send test e-mail to me
health-test-begun = The test e-mail is on its way.
health-test-running = Sending a test e-mail to { $to }…
health-test-sent = { $when }: the server took the test e-mail to { $to }. Look whether it has arrived.
health-test-failed = { $when }: the test e-mail to { $to } did not leave.
health-test-uncertain = { $when }: not sure whether the test e-mail to { $to } left.
health-waiting-since = { $n ->
    [one] 1 answer, since { $since }
   *[other] { $n } answers, the oldest since { $since }
}

# Mails about an inbox
inbox-mail-hello = Hello { $name },
inbox-mail-link = See how it is: { $link }
inbox-lost-mail-subject = The inbox { $inbox } lost its connection
inbox-lost-mail-what = The inbox { $inbox } ({ $address }) has had no connection since { $since }. { $reason }
inbox-lost-mail-effect = Until it is connected again, no answers can be written there. What is waiting leaves by itself afterwards.
inbox-restored-mail-subject = The inbox { $inbox } works again
inbox-restored-mail-what = The inbox { $inbox } ({ $address }) has its connection back. What was waiting is leaving now.
inbox-joined-mail-subject = { $reader } now reads the inbox { $inbox }
inbox-joined-mail-what = { $reader } manages inboxes and now reads the conversations of { $inbox } as well. You connected this inbox, so we tell you.
inbox-test-mail-subject = Test of the inbox { $inbox }
inbox-test-mail-text = This e-mail was sent by Recado from { $address } to see whether sending works. It does.
