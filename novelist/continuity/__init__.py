"""What contradicts itself in a book, by the facts of its summaries, without asking a model.

story    the statements of all summaries in order, each with its line; who is named where
lives    rules about somebody's life: the dead act, two places at once, ages
things   rules about what people have, and what they know
figures  rules about dates, days and counts
plans    rules about threads and sections
names    the rule about names a letter apart
telling  rules about person, point of view and tense of chapters
check    all rules applied to a book, and the findings of one chapter
report   what is printed: lines for people, JSON for programs
table    continuity.md: who and what stands where, by chapter
"""
