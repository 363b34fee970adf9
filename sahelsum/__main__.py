"""``python -m sahelsum`` is the ``sahelsum`` command."""

from sahelsum.cli.main import main

if __name__ == "__main__":
    main()
