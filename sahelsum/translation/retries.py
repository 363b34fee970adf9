"""Which further attempts are made at sentences that the checks find fault with.

Each is tried on the sentences that still have violations after the one before, in batches of the whole folder, and its
outcome is taken only where it has fewer. Measured on the development sets: docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sahelsum.catalog.cards import Quality
from sahelsum.engines.base import Engine, Signature, search_signature
from sahelsum.language.pack import Pack
from sahelsum.protocols import Memory
from sahelsum.segment import split_at_clauses, split_at_sentences
from sahelsum.translation import Retry

CLAUSE_RULES = 1
"""Raised when the places change at which a sentence is cut into clauses, so that remembered ones are made again."""
SENTENCES_LOST = "SENT-LOST"
"""The finding of the checks that calls for a translation sentence by sentence."""
SENTENCE_RULES = 1
"""The same for sentences within a quotation or bracket."""


def retries_for(
    engine: Engine, quality: Quality, source: Pack, bind: Callable[[Signature], Memory]
) -> tuple[Retry, ...]:
    """The engine's further searches, then clause by clause, then sentence by sentence where one was lost.

    For ``fast``, which was asked not to search hard, only the last, since without it a sentence of a quotation may be
    lost. ``source`` knows where a sentence or clause ends, ``bind`` gives the memory for a signature. An engine without
    further searches (echo) would say the same again.
    """
    by_sentence = bind({**engine.signature, "sentence rules": SENTENCE_RULES})
    apart = Retry("by sentences", by_sentence, clauses=partial(split_at_sentences, source=source), only=SENTENCES_LOST)
    if quality == "fast" or not engine.further_searches:
        return (apart,)
    searches = tuple(
        Retry(f"search {number}", bind(search_signature(engine.signature, search)), search)
        for number, search in enumerate(engine.further_searches, start=2)
    )
    by_clauses = bind({**engine.signature, "clause rules": CLAUSE_RULES})
    return (*searches, Retry("by clauses", by_clauses, clauses=partial(split_at_clauses, source=source)), apart)
