"""A book that was begun elsewhere, brought in: what another program saved, a manuscript, a folder of chapters."""
