# Watching and muting conversations
watch = Watch
watch-own = Watch this conversation
watch-stop = Stop watching
watch-mute = Mute for me
watch-unmute = Stop muting
watch-is-muted = Muted for you
watch-offer = A note mentions you. Watch to hear of what comes next.
watch-hint = Who watches is told of messages and notes as if the conversation were theirs.
watch-begun = You're watching this conversation now.
watch-muted = Muted: you are only told when it is assigned to you.
watch-ended = Notifications of this conversation are back to normal.
watch-added = Now they watch it, too.
watch-all = Conversations that I watch
watchers = Watching
conflict-watch-muted = This person wants no notifications of this conversation.
keys-watch = Watch; mute
notices-watched-hint = What you choose for conversations of yours also holds for messages and notes in those you watch. Of those you muted you only hear when one is assigned to you.
notice-note-by = Note by { $by }: { $text }
notice-mail-note-by = { $by } wrote a note on { $when }:
notice-why-watched = Message in a conversation you watch
notice-why-note = Note in a conversation you watch

# The answer that can still be undone
row-answering = being answered:

# Many at once, and what is left
bulk-limit = At most { $n } at a time. Then you can go on with the others.
bulk-cut = { $n } fit at a time; the others in the list are not changed yet.
bulk-rest = Go on with the others

# What the last macro did
macro-last = Last time: { $name }, by { $by }, { $when }
