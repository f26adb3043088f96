"""A book that was begun elsewhere, brought in: what another program saved, a manuscript, a folder of chapters.

imported     chapters, parts, and texts that are neither
reading      texts from files that anybody may have made
novel_state  novel_state.json of a generator
manuscript   one long manuscript, split by its headings
folder       a folder of chapter files
writing      the book that an import makes, in one step or not at all
report       what an import did, in lines for a person
"""
