"""What changes a book's files without asking a model.

renames    how files come to follow the outline: names, numbers, titles, parts
follow     files follow the outline
decisions  a person's decisions: restore, accept, release
assembly   chapters to book.md
"""
