# Mentions
section-mentioned = Mentions
list-empty-mentioned = Nobody has mentioned you yet.
mention-team = team
mention-somebody = Mention somebody
mention-tool = Mention somebody (@)
mention-no-access = Somebody you mentioned does not read this inbox.
mention-no-access-one = { $names } does not read this inbox and would not see the mention. Take the @ away, or ask for access to the inbox.
mention-no-access-many = { $names } do not read this inbox and would not see the mention. Take the @ away, or ask for access to the inbox.
mention-unclear = More than one person has that name. Write the full name.
mention-unclear-name = More than one person is called { $name }. Write the full name.

# Saved replies
replies = Saved replies
replies-tool = Saved replies (/)
replies-lead = Texts you often use. In the answer box, type / and the code; nothing is sent by itself.
replies-none = No saved replies yet.
replies-own = Only yours
replies-shared = The team's
replies-back = Back to saved replies
replies-settings = Set up saved replies
replies-copy = Copy the text and paste it into your answer. The fields are filled in for this conversation.
reply-new = New saved reply
reply-change = Saved reply
reply-code = Code
reply-code-hint = What you type after the slash, like "price". Letters, numbers, hyphens; up to 30.
reply-code-wrong = Use one word of up to 30 letters, numbers or hyphens.
reply-code-taken = A reply with this code exists already.
reply-title = Title
reply-title-wrong = Write a title of up to 100 characters.
reply-text = Text
reply-text-missing = Write the text.
reply-text-long = The text has more than 20,000 characters.
reply-fields = Fields that fill themselves in
reply-fields-else = For when there is no value, write other words after a bar: { $field }
reply-field-unknown = There is a field that does not exist. See the list below the text.
reply-field-contact-name = name of the contact
reply-field-first-name = first name of the contact
reply-field-agent = your name
reply-field-inbox = name of the inbox
reply-field-conversation = number of the conversation
reply-field-workspace = name of the company
reply-files = Files
reply-files-count =
    { $n ->
        [one] 1 file
       *[other] { $n } files
    }
reply-file-too-large = A file is too large and was not kept.
reply-too-many-files = 10 files fit.
reply-saved = Reply saved
reply-deleted = Saved reply deleted
reply-delete = Delete saved reply
reply-delete-ask = Delete this saved reply…
reply-delete-means = It leaves the list of everybody who uses it. Messages already sent stay as they are.
sharing = Who uses it
sharing-own = Only me
sharing-team = The whole team
suggest-list = Suggestions
suggest-none = Nothing found. You can add one in Settings.
suggest-failed = It could not be looked up now. Try again.
suggest-files = with files

# Macros
macros = Macros
keys-macros = Run a macro
macros-run = Run a macro
macros-lead = Several actions with one tap. You see what will happen before you run it.
macros-none = No macros yet.
macros-own = Only yours
macros-shared = The team's
macros-back = Back to macros
macros-settings = Set up macros
macro-one = Macro
macro-new = New macro
macro-change = Change
macro-name = Name
macro-name-wrong = Write a name of up to 100 characters.
macro-next = Create and choose actions
macro-created = Macro created. Now choose its actions.
macro-saved = Macro saved
macro-deleted = Macro deleted
macro-delete = Delete macro
macro-delete-ask = Delete this macro…
macro-delete-means = It leaves the list of everybody who uses it. What was done stays as it is.
macro-refusal = If an action is refused
macro-refusal-stop = Stop there
macro-refusal-go-on = Go on with the others
macro-shared = the team's
macro-count =
    { $n ->
        [0] no actions
        [one] 1 action
       *[other] { $n } actions
    }
macro-steps = Actions, in this order
macro-empty = This macro has no actions yet.
macro-add = Add an action
macro-step-add = Add
macro-step-change = Change: { $step }
macro-step-up = Up: { $step }
macro-step-down = Down: { $step }
macro-step-remove = Remove: { $step }
macro-up = Up
macro-down = Down
macro-remove = Remove
macro-too-many = 20 actions fit.
macro-person-missing = Choose somebody of the team.
macro-time-missing = Choose a time from the list.
macro-text-missing = Write the text.
macro-field-unknown = There is a field that does not exist. The fields are those of saved replies.
macro-reply-missing = Choose a saved reply.
macro-own-reply = A macro of the team uses saved replies of the team only.
macro-fields = Fields like { $field } fill themselves in.
macro-counts = Counts as an answer
macro-counts-hint = If it does not count, the conversation stays marked as unanswered.
macro-kind-assign-me = Assign to me
macro-kind-assign = Assign to
macro-kind-unassign = Unassign
macro-kind-tag = Add tag
macro-kind-untag = Remove tag
macro-kind-priority = Priority
macro-kind-answer = Answer
macro-kind-reply = Answer with the saved reply
macro-kind-note = Internal note
macro-kind-snooze = Remind me later
macro-kind-close = Close conversation
macro-kind-reopen = Reopen
macro-kind-unread = Mark as unread
macro-until-later = in three hours
macro-until-tomorrow = tomorrow, 9:00
macro-until-monday = Monday, 9:00
macro-until-answer = until they answer
macro-about-gone = what is there no more
macro-said = { $kind }: { $what }
macro-said-counts = { $line } (counts as an answer)
macro-look = Nothing has happened yet. This is what will happen in this conversation:
macro-run = Run now
macro-other = Choose another
macro-ran = "{ $name }" was run
macro-will-do = will be done
macro-done = done
macro-already = was so already
macro-refused = refused: { $why }
macro-skipped = left out: the macro stops before it
macro-no-access = This person does not read this inbox.
macro-no-right = You do not have the permission for this.
macro-not-there = What this action uses is there no more.
macro-reply-gone = The saved reply is there no more, or is not yours.
conflict-macro-ran = This macro was run a moment ago.
fact-ran = { $by } ran the macro "{ $name }"
macro-count-done =
    { $n ->
        [one] 1 action done
       *[other] { $n } actions done
    }
macro-count-refused =
    { $n ->
        [one] 1 refused
       *[other] { $n } refused
    }
macro-count-skipped =
    { $n ->
        [one] 1 left out
       *[other] { $n } left out
    }

# Tags in order
fact-tagged = { $by } added the tag { $name }
fact-untagged = { $by } removed the tag { $name }
tags-lead = They hold for all conversations. New tags are made in a conversation itself.
tags-none-yet = No tags yet.
tag-count =
    { $n ->
        [0] on no conversation
        [one] on 1 conversation
       *[other] on { $n } conversations
    }
tag-many = on more than 10,000 conversations
tag-leaving = leaving its conversations now
tag-change = Change
tag-name = Name
tag-color = Color
tag-color-1 = Color 1
tag-color-2 = Color 2
tag-color-3 = Color 3
tag-color-4 = Color 4
tag-color-5 = Color 5
tag-color-6 = Color 6
tag-color-wrong = Choose a color from the list.
tag-name-taken = There is a tag with this name. You can merge the two.
tag-merge = Merge
tag-merge-into = Merge with
tag-merge-means = Conversations with { $name } get the other one, and { $name } is gone.
tag-merge-missing = Choose another tag.
tag-delete = Delete tag
tag-delete-ask = Delete…
tag-delete-means = { $name } is taken off where it stands ({ $count }) and does not come back.
tag-saved = Tag kept
tag-merged = Tags merged
tag-deleted = Tag deleted
activity-is-tag-changed = changed a tag
activity-is-tag-merged = merged two tags
activity-is-tag-deleted = deleted a tag
