"""What each file of a book is made from, and whether it is so: fresh, stale, kept, missing or yours. Asks no model.

story      which summaries and arcs tell a chapter of those before it
brief      what a chapter must honour, as texts and as digests
staleness  a record and a brief: a verdict, with its reason
build      one build: inputs as they were at its start, briefs, verdicts
files      files follow the outline: names, numbers, titles, parts
decisions  a person's decisions: restore, accept, release
assembly   chapters to book.md
status     the whole book at a glance
"""
