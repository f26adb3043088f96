"""`python -m novelist` is `novelist`."""

from novelist.cli import main

main()
