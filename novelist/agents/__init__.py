"""The verbs for agents, over the Model Context Protocol. It has no logic of its own.

serving    the server on standard input and output, and how it ends
tools      which tools there are, and what an agent is told that goes wrong
opened     the book that is worked on, and the commands that are begun for it
looking    status, plan, why, brief, read, findings: they change nothing
editing    edit
paying     build, revise: the price first, then no more than a cap
deciding   accept, release, keep, unkeep, restore
answers    what is answered, and what is asked where a person's word is needed
"""
