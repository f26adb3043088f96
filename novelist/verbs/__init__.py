"""What can be asked of `novelist` beside `doit`: one function for each verb, each a thin edge.

making     new, write, build
importing  import
looking    status, plan, why, brief, history
linting    lint
deciding   restore, accept, release
common     how verbs find the book, and the files that a person names
"""
