"""Tests of sahelsum.language."""
