"""Tests of sahelsum.translation."""
