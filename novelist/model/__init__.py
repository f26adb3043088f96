"""A model on a server: how it is reached, asked, heard and paid. Knows no book.

variables  the names of what says that: where each is set, in the environment or .env, and what nobody reads
access     which model, where, with which key, for each task
way        the way to a server, and why it is not reached
providers  what each server accepts, as data
request    a request in the words of one server
limits     what servers have told of a model's limits, kept between runs
client     messages to text, streamed; the only module that makes calls
tries      a call that is made again where its fault allows it
pool       the clients of one run, one for each access
events     the JSON in what a server sends, whatever its form
stream     an answer as it comes, and how it ended
thoughts   what a model thinks where that is in its text
deadlines  how long a stream may be silent, and take in all
bodies     an error's fields, wherever they stand
wordings   what servers say of an error in words
faults     a server's error: its kind, and whether to try again
remedies   what a person is told where an error ends a task
shipped    the file of the embedded model, which may have to be fetched
cores      what the cores of this machine do, and how many threads fit that
local      the embedded model, served on loopback by llama.cpp
tokens     what a server says that a call took, and about how many tokens a text is
prices     what tokens cost
ledger     what was spent, call by call
spending   what that is in all, by task and by day
budget     what the calls of one build may cost
"""
