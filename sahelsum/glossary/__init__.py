"""The glossary: German terms with the English they must have, and what is done where a translation lacks it.

A term is satisfied by choosing a wording that has it, else by a recorded replacement, else it is told to the reader.
"""

from sahelsum.glossary.files import load_glossary, read_terms, shipped_terms
from sahelsum.glossary.glossary import TERM_LOST, TERM_REPLACED, Glossary, Hit, TermCounts, missing_names
from sahelsum.glossary.terms import SHIPPED, Term

__all__ = [
    "SHIPPED",
    "TERM_LOST",
    "TERM_REPLACED",
    "Glossary",
    "Hit",
    "Term",
    "TermCounts",
    "load_glossary",
    "missing_names",
    "read_terms",
    "shipped_terms",
]
