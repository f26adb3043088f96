"""A book to hold: EPUB, PDF, DOCX and HTML of a finished book. Asks no model.

formats      one file of dist/, put in place without losing what a hand did to the last one
manuscript   the whole book: edition, parts, chapters and pages
reading      chapters and pages as pandoc reads them, vetted
sanitize     prose that may be anybody’s, made safe
markdown     what novels have beyond CommonMark, as pandoc is to read it
quotes       straight quotation marks to those of a language, apostrophes, dashes
ruby         readings beside characters
as_typed     markup that no export sets
footnotes    footnotes that lead to themselves
pictures     pictures, each opened once
cover        the front of the book
pandoc       the program that reads and writes documents
epub         EPUB 3
untitled     pages without a title that is seen
typesetting  a manuscript as Typst sets it, with book.typ and cover.typ
typst        the program that sets pages, and its fonts
pdf          PDF, as a novel is printed
docx         DOCX in manuscript format
html         one page, from page.html, page.js, type.css, page.css and prose.css
archive      a zip, the same bytes for the same contents
"""
