"""From records to pages, in two steps: a view says what stands on a page, a printer how it is written.

``view_article``, ``view_folder`` and ``view_shards`` make the views; ``markdown`` is a printer. Nothing that differs
between two runs may be in a page.
"""
