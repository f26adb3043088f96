"""Build this book: run `doit`. `doit list --all --status` shows what would run, `doit info chapter:02` says why."""

from novelist.tasks import *
