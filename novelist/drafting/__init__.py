"""What a model writes of a book: asked for, judged, asked for again, landed.

pipeline    the one way in which a target is drafted
drafting    what every kind of drafting can be asked; those of a kind are in the module of its name:
bible       the bible
outline     the outline
idea        what the book is about, where its chapters were there before
sections    what happens in chapters, where an outline does not say it
chapter     a chapter
summary     a summary
arc         an arc
planned     what bible and outline share: JSON that is checked and repaired
parallel    summaries side by side, where none waits for a chapter
beside      a chapter that is begun beside the summary of the one before it
confirm     the question before finished chapters are replaced
attempts    the loop that asks again
completion  a text, gone on with until it ends
partial     an unfinished draft, on disk as it streams
session     what the drafts of one run share: model and prompts
profile     what drafting allows for in a model
prompts     inputs to messages, through the templates in prompts/; prompts/small/ are for a very small model
rendering   the process in which a book's own templates are rendered
schemas     answers in JSON: pieces of their schemas
answers     answers in JSON, read however they are written
markdown    plans that came in Markdown instead
plan        what a build would draft, before it does: a dry run of the pipeline
guesses     about how many tokens prompts and texts will have
rates       what a call is likely to take, learnt from the ledger
"""
