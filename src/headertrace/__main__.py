"""``python -m headertrace`` is the ``headertrace`` command."""

from headertrace.cli.main import main

main()
