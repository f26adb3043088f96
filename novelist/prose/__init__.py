"""What can be said of a text, and done to it, without knowing whose it is. All of it is pure.

sentences  where they end, and how a text that was cut off is joined to what goes on with it
cleaning   a model's answer as prose only
markup     what a server or a template puts around a text
chatter    what a model says beside a text
gates      whether a chapter has collapsed: a loop, an echo, phrases of earlier chapters
tense      in which tense a chapter is told
names      who and what is named most often
slop       what models overuse, listed in slop.txt
worn       phrases that the chapters of one book say again and again
facts      the list of facts below a summary
fact_keys  what a piece of a fact says, by the word it begins with
standing   what the facts of all summaries so far come to
pairing    which paragraphs of a text have become which of another
evidence   what a summary says and its sources do not
edges      how a text begins and ends
search     where a text has some words
quotes     whether a text says what is quoted from it
edits      edits of a chapter as a model answers them
applied    what becomes of them, and what speaks against those that are refused
typed      what another text of a chapter would change of what its author typed
"""
