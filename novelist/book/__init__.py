"""A book on disk: its folder, and each kind of file in it as it is read and replaced. Asks no model.

paths         where a book is, its paths, its files by identity
files         the one door to files: read, listed, put in place in one step, moved, removed
crash         what nobody has foreseen: a line for a person, and a report without their words
reading       the part of the door by which files are read and listed, and nothing is changed
root          the part of the door that knows where a file really is, below its root and behind no link
bounds        how large and how deep what is read may be
refusals      what is no file and no folder of a book, and how it is said
frontmatter   one front-matter page: read, and our lines of it edited
placeholder   what an import has left open, in the place of words
conflict      the marks of a merge that nobody has finished
record        what a page was written from
breaks        what stands between two scenes
paragraphs    a chapter as paragraphs, and whose each of them is
settings      premise.md: the one table of its settings, and how it is read by it
slips         names that nobody knows, and what was probably meant
values        what a setting may be, by its type
premise       premise.md: what is drafted, and the idea
bible         entities, and which of them a text names
bible_text    bible.md to entities
samples       style/: what an author has written elsewhere
outline       parts and sections in the order of the book
headings      titles and attributes in headings, and texts that have none
reviews       the findings on a chapter, in a file that is its author's
proposals     what one on a whole book proposes: a section of the outline as it might be
notes         what an author has asked of a chapter
matter        front and back matter: the pages in matter/, in the order of a book
outline_text  outline.md to parts and sections, and back
outline_layout  which of its lines open chapters, and which parts
outline_lines  its lines that may open something, as they are written
outline_marks  what each of these says that it is, and stands below
outline_lists  which numbered lists are its chapters
outline_rows   tables of chapters
outline_blocks  its lines as blocks that can be moved, and back
outline_numbers  the numbers typed above chapters, right again where these have moved
outline_titles  the title in a line, and what it tells behind that
retold        what happens in some chapters, put in place of what an outline says of them
section_lines  the lines of a section that say what kind of thing they tell: `POV: Mara`
untold        what happens in chapters of which an outline says nothing yet, put below their headings
older_labels  how labels were read before: the identities of finished chapters rest on it
older_outlines  how chapters were told from all else before: so do they
history       every text that was ever there
alternatives  drafts of a chapter beside the one that is in the book
landing       how a finished draft comes into its file
cache         what was read of the files, kept between builds
checksum      JSON as caches keep it: as it was saved, or as good as none
edition       premise.md: what is said of the edition
lock          one writer at a time
new           a new book's folder and premise
"""
