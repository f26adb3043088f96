"""The studio: a window on a book, or on a shelf of books, in the browser. It has no logic of its own.

serving     the server on this machine, and how it ends
app         all addresses behind one guard
routes/     what each of them shows and takes
window      what every address needs: the book, its page, a form of ours
forms       what a form without files says
guard       who may speak to it, and what a browser may do with its pages
books       the books in it, each read anew when its files change
watching    when that is
adding      how a book comes onto the shelf
uploads     a form with files, taken apart
names       the names of files that come and go
book_page   what is shown of a book
graph       who reads what, as a drawing
chapter_page  what is shown of a chapter
findings    what is found in it, at its paragraphs
asking_page  what a model can be asked about a chapter, and the price
alternatives_page  what is shown of its alternatives, beside each other
deciding    what a person decides on it
editing     its text, its section and the notes on it, edited
story_page  what is shown of the premise, the bible and the outline
ordering    chapters put in order by buttons
undoing     what was done to these, and can be taken back
prose       its text as the reading page sets it, safe and with its author's paragraphs marked
build_page  what is shown of one while it runs
exports     the files that a book was exported to
search_page  what is shown of a search
wording     what a terminal is told, in the words of a page
pages       templates to pages

templates/ and static/ are the pages' frames, looks and comforts; what the reading page has of these is in export/.
"""
