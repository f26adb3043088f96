"""What each address of the studio shows and takes, by what it is about; `studio/app.py` puts them together.

shelf    the books, what a page looks by, the end of the studio
adding   a book comes onto the shelf
book     a book, and what tells its pages of changes
chapter  a chapter, its history, decisions and edits
asking   what a model is asked about a chapter: to revise it, to draft it again beside, to review it
build    a build or another command: how far it is, and what it asks
editing  what is edited of a chapter: its text, its section, the notes on it
exports  a book as a file to take along
search   where a book has some words
spent    what it has cost
story    the premise, the bible and the outline

No path of a file is ever made of an address: what it names is looked for among what there is.
"""
