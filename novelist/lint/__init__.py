"""What can be found wrong with prose without asking a model.

finding   findings, and the rules: what each finds, and why that matters
check     all rules applied to a book
pages     chapters with the lines they stand on
whole     rules about one chapter
across    rules about chapters beside each other
people    rules about the people of the bible
marks     rules about quotation marks
slop      the rule about what models overuse
versions  versions of one chapter beside each other
worse     whether a revision leaves a chapter worse
baseline  findings that a person has accepted
report    what is printed: lines for people, JSON for programs
"""
