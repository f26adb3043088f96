"""What a model writes of a book: asked for, judged, asked for again, landed.

pipeline    the one way in which a target is drafted
drafting    what every kind of drafting can be asked; those of a kind are in the module of its name:
bible       the bible
bible_plan  a bible as a model plans it: what is wrong with it, and what can be put right
missing     sections of the bible for names that it says nothing of
outline     the outline
outline_plan  an outline as a model plans it: what is wrong with it, and what can be put right
outline_revision  sections of an outline that is there, revised as its author asks
runs        what happens in its chapters, in runs of about eight
idea        what the book is about, where its chapters were there before
style       the voice, told from what an author wrote elsewhere
sections    what happens in chapters, where an outline does not say it
chapter     a chapter
criteria    what the prose of a chapter must be to land
assignment  what an editor says of a chapter beside what happens in it
summary     a summary
arc         an arc
held        what both are held against: asked once more, or marked as unsure
planned     what bible and outline share: each is a plan that is rendered
planning    a plan in JSON: checked, mended, asked for again, repaired
parallel    what is drafted side by side, where none waits for another
editing     a chapter that is changed by edits
ripple      one that is adapted to what changed before it
redo        one that is drafted again beside the one that is there
judging     what is read by a judge: asked for, its quotes checked, put at the end of a file
review      so a chapter
read        so the whole book
revise      one that is revised as its author asks
wishes      what is asked in a person's own words, in one line
revisions   which chapters are revised in one go, and what that takes
triage      which later chapters rest on what has changed
beside      a chapter that is begun beside the summary of the one before it
confirm     the question before finished chapters are replaced
attempts    the loop that asks again
completion  a text, gone on with until it ends
lengthening  a chapter that is too short, made longer before its ending
partial     an unfinished draft, on disk as it streams
remembered  how things stand before each chapter
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
