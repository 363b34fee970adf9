"""Segmenting: blocks → sentences, and over-long sentences → clauses. Nothing is ever lost on the way."""

from sahelsum.segment.clauses import split_at_clauses, split_clauses
from sahelsum.segment.sentences import segment, split_at_sentences, split_sentences

__all__ = ["segment", "split_at_clauses", "split_at_sentences", "split_clauses", "split_sentences"]
