"""A book on disk: its folder, and each kind of file in it as it is read and replaced. Asks no model.

layout        where a book is, its paths, its files by identity
page          one front-matter file: read, edit our lines of it, replace it in one step
premise       premise.md: settings, checked, and the idea
bible         bible.md: entities, and which of them a text names
outline       parts and sections in the order of the book
outline_text  outline.md to parts and sections, and back
history       every text that was ever there
index         what was read of the files, kept between builds
lock          one writer at a time
new           a new book's folder and premise
"""
