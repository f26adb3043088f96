"""`python -m novelist` is `novelist`."""

from novelist.cli.main import main

main()
