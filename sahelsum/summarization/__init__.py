"""Summaries of English sentences, each sentence with the ones it rests on, with a model or without."""
