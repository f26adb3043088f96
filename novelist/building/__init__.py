"""A build as doit runs it: what its tasks do, what it reports, and what it remembers.

actions   what the tasks do, once doit has found that there is something to do
run       a run of doit: its lock, what it says before it begins, how Ctrl-C ends it
reporter  what failed, that nothing had to be done, that it was stopped
state     doit's own state, which is a cache here
"""
