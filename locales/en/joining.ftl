# Moving a conversation to another inbox
move-title = Move to another inbox
move-lead = The next answers leave through the inbox you choose, and who reads it sees the conversation. Replies to earlier mails still come into the same conversation.
move-none = You read no other inbox.
move-releases = { $name } does not read this inbox: the conversation becomes unassigned
moved = Conversation moved.
conflict-move-channel = This inbox is of another channel: the contact cannot be reached through it
conflict-move-lost = This inbox has no connection now
conflict-move-off = This inbox is disconnected
fact-moved = { $by } moved it from { $from } to { $to }
fact-out-of-reach = Unassigned: { $who } does not read this inbox

# Merging two conversations
merge-open = Merge with another conversation
merge-title = Merge conversations
merge-search = Number, subject, word or name
merge-find = Search
merge-same = Of the same contact
merge-others = Of other contacts
merge-none = This contact has no other conversation. Search by number, subject or name.
merge-not-found = Nothing found. Check the number or search for another word.
merge-row = No. { $number } · { $name } · { $about }
merge-stays = Which of the two stays?
merge-goes = Messages, files, notes, tags, drafts and scheduled answers of the other one come into it, in the order of time.
merge-keeps = Contact, subject and assignee are those of the one that stays. The other people who wrote stay in the conversation.
merge-undo-lead = The other one leads to it from then on. You can undo this until the next message comes or leaves.
merge-inboxes = The two are in different inboxes: who does not read the inbox of the one that stays no longer sees the other.
merge-other = Choose another
merged = Conversations merged.
merged-meanwhile = The conversation was merged into this one, and what you wrote is here.
merge-undo = Undo the merge
merge-undone = Merge undone
conflict-merge-itself = Choose another conversation: this is the same one.
conflict-merged-already = Someone was faster: one of the two was already merged into another conversation.
conflict-merge-spam = One of the two is spam. Take it out of spam before merging.
conflict-merge-channel = The two are of different channels and cannot be merged.
conflict-merge-answered = A message has come or left since the merge, so it can no longer be undone. You can still split messages off.
conflict-merge-undone = This merge was undone already.
fact-merged = { $by } merged conversation no. { $number } into this one
fact-parted = { $by } undid the merge with conversation no. { $number }
away-merged-title = This conversation was merged into another
away-merged = { $by } merged it on { $when }. All that was said is in conversation no. { $number }.
away-moved-title = This conversation went to another inbox
away-moved = { $by } moved it on { $when } to an inbox that you do not read.
away-open = Open the conversation

# Splitting messages off
split-open = Split from this conversation
split-title = Split into another conversation
split-of = Message from { $name }
split-lead = This begins a new conversation with the person who wrote the message. Their replies go there.
split-one = Split off this message only
split-rest =
    { $n ->
        [one] Split off this and the message after it
       *[other] Split off this and the { $n } messages after it
    }
split-done = This is the new conversation, with the messages that were split off.
conflict-split-all = At least one message has to stay in the conversation.
conflict-split-spam = This conversation is spam. Take it out of spam before splitting.
fact-split = { $by } split messages off into conversation no. { $number }
fact-split-off = { $by } split this conversation off conversation no. { $number }
joined-open = go to it

activity-is-conversation-moved = moved conversation { $conversation } to the inbox { $inbox }
activity-is-conversation-merged = merged another conversation into conversation { $conversation } of the inbox { $inbox }
activity-is-conversation-parted = undid a merge of conversation { $conversation } of the inbox { $inbox }
activity-is-conversation-split = split messages off conversation { $conversation } of the inbox { $inbox }
