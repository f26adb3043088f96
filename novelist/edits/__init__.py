"""What changes a book's files without asking a model.

foreseen   how a book stands once its files follow the outline
renames    how files come to follow the outline: names, numbers, titles, parts
new_names  how files come to follow names that a hand has changed everywhere
renaming   one name for another in a text
renamed_outline  what that changes in the outline, where ids stay
renamed_texts  what it changes in each text of a book
rename_everywhere  all files of a book as they are then, with their records
stamping   what a record says once other names stand in its book
journal    texts that go into a book together, whatever happens on the way
follow     files follow the outline, and names
decisions  a person's decisions: restore, accept, release
taking     an alternative takes the place of its chapter
comparing  the versions of a chapter, read to be compared
notes      what an author has asked of a chapter, for later drafts
editable   the texts that a person edits apart from the rest of their files, and how each is put back
saving     a text that was edited comes into its file
merging    two edits of one text come together
keeping    their word, in the outline, that a chapter stays as it is
reordering  a chapter of the outline moved, put in, or without its number
resection  sections of the outline in place of those that are there
striking   a finding crossed out in its file
proposals  what a reading of the book proposes for one, put there
assembly   chapters to book.md
"""
