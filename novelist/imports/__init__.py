"""A book that was begun elsewhere, brought in: what another program saved, a manuscript, a folder of chapters.

imported         chapters, parts, pages of matter, and texts that are none
reading          texts from files that anybody may have made
front            front matter as other programs write it
plain            paragraphs of plain text that Markdown would read as something else
novel_state      novel_state.json of a generator
novelwriter      a project of novelWriter
headings         the headings of a manuscript
manuscript       one long manuscript, split by its headings
order            the order of chapters by names and headings
index            files that say which chapters there are, and in which order
folder_files     the files in a folder, and what each holds
folder           a folder of chapter files
collecting       what each file of it is, and to which part it belongs
beside           what stands beside the chapters in a folder
sources          what reads which of these
arranging        what a person says to an order that was guessed
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
