"""Tests of sahelsum.output."""
