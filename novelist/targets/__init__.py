"""What each file of a book is made from, and whether it is so: fresh, stale, kept, missing or yours. Asks no model.

snapshot  one build: inputs as they were at its start, briefs, verdicts
story     which summaries and arcs tell a chapter of those before it
brief     what a chapter must honour, as texts and as digests
verdict   a record and a brief: a verdict, with its reason
"""
