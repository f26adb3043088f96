"""A build as doit runs it: what its tasks do, what it reports, and what it remembers.

actions   what the tasks do, once doit has found that there is something to do
run       a run of doit: its lock, what it says before it begins, how Ctrl-C ends it
reporter  what failed, that nothing had to be done, that it was stopped
doit_errors  what doit has no words for, in a line
process   a build, or a verb, that the studio or an agent begins, as a process of its own
state     doit's own state, which is a cache here
"""
