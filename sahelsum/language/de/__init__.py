"""German: everything that is a fact about this source language. :mod:`sahelsum.language.de.pack` puts it together."""
