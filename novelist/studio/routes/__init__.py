"""What each address of the studio shows and takes, by what it is about; `studio/app.py` puts them together.

shelf    the books, what a page looks by, the end of the studio
book     a book, and what tells its pages of changes
chapter  a chapter, its history, decisions and edits
build    a build, and how far it is
story    the premise, the bible and the outline

No path of a file is ever made of an address: what it names is looked for among what there is.
"""
