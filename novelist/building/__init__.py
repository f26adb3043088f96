"""A build as doit runs it: what its tasks do, what it reports, and what it remembers.

actions   what the tasks do, once doit has found that there is something to do
reporter  what failed, that nothing had to be done, that it was stopped
state     doit's own state, which is a cache here
"""
