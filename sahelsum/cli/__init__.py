"""The command line: the only place with Click, printing and exit codes."""
