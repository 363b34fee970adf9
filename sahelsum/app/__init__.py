"""Putting the parts together below the command line: settings, models, jobs, texts, measures. No Click, no printing."""
