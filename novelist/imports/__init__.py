"""A book that was begun elsewhere, brought in: what another program saved, a manuscript, a folder of chapters.

imported         chapters, parts, and texts that are neither
reading          texts from files that anybody may have made
novel_state      novel_state.json of a generator
manuscript       one long manuscript, split by its headings
folder           a folder of chapter files
writing          the book that an import makes, in one step or not at all
report           what an import did, in lines for a person

And what readers changed in a DOCX of a book, brought back:

paragraphs       the paragraphs of a DOCX, comments and tracked changes
passages         the paragraphs of a chapter, and where their words stand in its file
matching         what was changed: which chapter is which, which paragraph became which
patch            changes put into the Markdown of a chapter, as it is typed
returned         all of it, for a book
returned_report  what came back, in lines for a person
"""
