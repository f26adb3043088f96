"""The tables, one module for each language, named by its code (ISO 639-1). They are looked up by `lookup` only."""
