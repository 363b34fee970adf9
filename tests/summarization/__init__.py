"""Tests of sahelsum.summarization."""
