"""What each file of a book is made from, and whether it is so: fresh, stale, kept, missing or yours. Asks no model.

snapshot  a book as one run sees it: its inputs, and all of its targets
status    the whole book at a glance, as data
inputs    the inputs as they were when a run began, and what is known of files
oversights  what in the files is probably not as it was meant
target    what every kind of target can be asked
source    the idea, the bible and the outline
style     the voice
chapter   a chapter
summary   the summary of a chapter
arc       one text for a run of chapters
unsure    summaries and arcs of which something is in no text before them
text      book.md
naming    which target a person names
story     runs: which summaries and arcs tell a chapter of those before it
brief     what a chapter must honour, as texts
changes   what has changed of it, line by line, since a chapter was drafted
digests   the same as digests, part by part
review    what a judge has found in a chapter
read      what a judge has found in the whole book, and the sections that it proposes
revise    what notes/ asks of a finished chapter
why       why a file is what it is, as data
verdict   a record and a brief: a verdict, with its reason
"""
