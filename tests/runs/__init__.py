"""Tests of sahelsum.runs."""
