"""Make for novels: a book is a directory of Markdown, kept true to the files it was written from."""
