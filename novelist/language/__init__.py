"""All that differs by language, one table each. Pure; knows no book, and nothing of how prose is made.

table       what a table holds, and what holds for a language that has none
lookup      the table of a language, and words of all tables
minor       languages of which no more than script, direction or marks is known
numbers     numbers as headings have them: in words, in Roman, in Han
labels      `Chapter Thirteen`, `6. Kapitel`, `Zweiter Teil`, `第十二章`: which number of what, where the title begins
matter      prologues, interludes, epilogues, and titles of what is no chapter
pages       pages of front and back matter, by what they are called
guess       the language of a text that does not say it
inflection  the forms of names, and which names a text has in one of them
declension  a name in its cases, and what stands for a form of it where it is changed for another
lengths     how long a text is: in words, or in characters
names       words that begin names without being part of them
tables/     the tables, one file each, named by its code
"""
