"""Tests of sahelsum.segment."""
