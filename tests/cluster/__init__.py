"""Tests of sahelsum.cluster."""
