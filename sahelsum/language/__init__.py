"""What the program knows of languages: word lists, numbers, dates, names. Pure functions and data.

A source language is a package of its own (``de``), reached through its pack alone, which
:func:`~sahelsum.language.packs.pack_of` gives. What is about English, the target, or about any language stands here.
"""
