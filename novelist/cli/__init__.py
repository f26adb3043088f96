"""The `novelist` command, for what doit cannot know: one function for each verb, each a thin edge.

main        the command itself, and which verbs it has
making      new, write, build
importing   import
outlining   outline
revising    revise
choosing    which of a revision's edits are taken
wishes      the words in which something is asked of a chapter
applying    apply
redoing     redo
comparing   compare
renaming    rename
adding      bible
overview    status, plan
looking     why, brief, history, diff
linting     lint
checking    check
doctoring   doctor
checks      what a build needs, looked at one by one
asking      whether the model answers, within a minute
deciding    take, restore, accept, release, keep, unkeep
opening     studio
completing  completion
common      how verbs find the book, and the files that a person names
"""
