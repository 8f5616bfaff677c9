# Filter
filter-title = Filter conversations
filter-words = Words in text, subject or name
filter-within = Where to look
filter-within-section = Only in { $section }
filter-within-open = All open ones
filter-within-everything = All but spam
filter-inbox = Inbox
filter-any-inbox = Any inbox
filter-channel = Channel
filter-any-channel = Any channel
filter-who = Assignee
filter-anybody = Anybody
filter-who-me = You
filter-who-nobody = Nobody
filter-team = Team
filter-any-team = Any team
filter-tag = Tag
filter-any-tag = Any tag
filter-presses = Priority
filter-any-priority = Any priority
filter-waiting = Waiting for an answer
filter-whatever = Doesn't matter
filter-waiting-yes = Unanswered
filter-waiting-1h = Unanswered for 1 hour or more
filter-waiting-4h = Unanswered for 4 hours or more
filter-waiting-1d = Unanswered for 1 day or more
filter-waiting-3d = Unanswered for 3 days or more
filter-waiting-7d = Unanswered for 7 days or more
filter-contact = Contact or company
filter-contact-hint =
    { $n ->
        [one] A part of the name or address, { $n } letter or more.
       *[other] A part of the name or address, { $n } letters or more.
    }
filter-since = Newest activity from
filter-until = Newest activity until
filter-apply = Filter
filter-clear = Clear filter
filter-chip = { $label }: { $value }
filter-none-said = none of { $value }
filter-or = { $said } or { $name }
filter-any-of = Is any of these
filter-none-of = Is none of these
filter-is = { $what }: how to compare
filter-watching = That I watch
filter-gone = gone
filter-active = Filter in use
filter-remove = Remove { $what }
filter-nothing = No conversation fits this filter.
filter-further = Look before { $date }

# Saved filters
menu-filters = Saved filters
filters-lead = Yours stand in your list of conversations. Shared ones show up for everybody, and each person sees only the conversations they may see.
filters-none = No saved filter yet.
filters-none-link = Filter the list of conversations and save the filter.
filter-save = Save filter
filter-name = Name of the filter
filter-replace = Save as
filter-replace-none = A new filter
filter-shared = Share with everybody
filter-saved = Filter saved
filter-changed = Filter changed
filter-removed = Filter deleted. The conversations stay as they are.
filter-delete = Delete
filter-delete-one = Delete the filter { $name }
filter-up = Move { $name } up
filter-down = Move { $name } down
filter-by = by { $name }
filter-saved-list = Saved filters
filter-name-wrong = Write a name of up to 60 characters.
filter-too-long = This filter has too many values to be saved. Take some away.
filter-too-many = You may have 30 filters. Delete one first.

# Many at once
bulk-pick = Choose several
bulk-pick-one = Choose the conversation with { $name }
bulk-title = Several conversations at once
bulk-none = Choose conversations in the list.
bulk-chosen =
    { $n ->
        [one] { $n } chosen
       *[other] { $n } chosen
    }
bulk-chosen-many = { $n } chosen
bulk-all = All that the list shows ({ $n })
bulk-all-chosen = All chosen ({ $n })
bulk-leave = Stop choosing
bulk-action = What to do
bulk-apply = Apply
bulk-state = State
bulk-read = Mark as read
bulk-assign = Assign
bulk-away = { $name } (unavailable)
bulk-tag = Add tag
bulk-untag = Remove tag
bulk-choose = Choose 1 to 200 conversations, or all that the list shows.
bulk-choose-action = Choose what to do.
bulk-progress = Progress
bulk-cancel = Stop
bulk-collecting =
    { $n ->
        [one] Looking. { $n } conversation so far.
       *[other] Looking. { $n } conversations so far.
    }
bulk-running = { $at } of { $n }
bulk-undoing = Undoing: { $at } of { $n }
bulk-done =
    { $n ->
        [0] No conversation changed.
        [one] { $n } conversation changed.
       *[other] { $n } conversations changed.
    }
bulk-same =
    { $n ->
        [one] { $n } was so already.
       *[other] { $n } were so already.
    }
bulk-canceled =
    { $n ->
        [0] Stopped before any changed.
        [one] Stopped after { $n } conversation.
       *[other] Stopped after { $n } conversations.
    }
bulk-undone =
    { $n ->
        [one] { $n } conversation is as it was.
       *[other] { $n } conversations are as they were.
    }
bulk-kept =
    { $n ->
        [one] { $n } stayed, because it was changed afterwards.
       *[other] { $n } stayed, because they were changed afterwards.
    }
bulk-refused =
    { $n ->
        [one] { $n } did not change.
       *[other] { $n } did not change.
    }
bulk-no-access = You or the chosen person has no access, or the conversation is gone.
bulk-no-right = A permission is missing.
conflict-bulk-goes-on = Another change of yours still goes on. Wait, or stop that one first.
conflict-bulk-over = This change is over.
conflict-bulk-too-late = It can't be undone any more: 30 seconds have passed, or it was undone.

# Commands
keys-palette = Go anywhere or do something by its name
keys-filter = Filter
keys-pick = Choose the conversation; with ⇧ all up to it
keys-bulk = What to do with those chosen
palette-title = Commands
palette-field = Place, action or conversation
palette-list = What was found
palette-none = Nothing found
palette-found =
    { $n ->
        [one] { $n } choice
       *[other] { $n } choices
    }
palette-found-many = { $n } choices
palette-here = This conversation
palette-anywhere = Action
palette-inbox-settings = Settings of { $name }
palette-filters = Filters
palette-inboxes = Inboxes
palette-conversations = Found
palette-conversation = { $name }: { $about }
