"""What a person sees of a build while it runs.

progress     a line for each finished file, and the rows that change
lines        lines as they are printed
status_line  what is being written, as rows of a terminal
questions    what a program answers in place of a person
words        what has changed between two texts, word by word
meter        words and tokens as they come, and how long is left
"""
