"""What changes a book's files without asking a model.

follow     files follow the outline: names, numbers, titles, parts
decisions  a person's decisions: restore, accept, release
assembly   chapters to book.md
"""
