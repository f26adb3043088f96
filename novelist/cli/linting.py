"""The verb that finds what is wrong with the prose: lint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ClassVar

import click

from novelist.cli.common import from_where, here, tell
from novelist.lint import baseline, report
from novelist.lint.check import check
from novelist.lint.finding import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.lint.finding import Rule, Sureness


AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON; its `version` changes when its shape does.")
FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["sure", "likely", "maybe"]),
    help="Exit with status 1 where a finding is at least that sure.",
)
ACCEPT = click.option("--accept", is_flag=True, help="Be quiet about what is found now: write it to lint-accepted.txt.")


class Ruled(click.Command):
    """A verb that applies rules, whose help explains every one of them."""

    rules: ClassVar[Mapping[str, Rule]] = RULES

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each rule finds, and why that matters."""
        del ctx
        with formatter.section("Rules"):
            formatter.write_dl([(name, f"{rule.finds}. {rule.why}") for name, rule in self.rules.items()])


@click.command(cls=Ruled)
@AS_JSON
@FAIL_ON
@ACCEPT
def lint(*, as_json: bool, fail_on: Sureness | None, accept: bool) -> None:
    """Find what is wrong with the prose, without asking a model.

    Each finding has its place, and how sure it is: `sure`, `likely`, or `maybe` a matter of taste. What could not be
    checked is said, with the reason. lint-accepted.txt, which belongs in git, has the findings that you accept; they
    stay quiet when lines and chapters move.
    """
    near = from_where()
    snapshot = here()
    root = snapshot.book.root
    result = check(snapshot)
    path = root / baseline.NAME
    if accept:
        baseline.save(path, result.findings, RULES)
    new, gone = baseline.split(result.findings, baseline.load(path, RULES))
    if as_json:
        tell(report.dump(result, new, root))
    else:
        for line in report.lines(result, new, gone, near):
            click.echo(line)
    if fail_on and any(finding.at_least(fail_on) for finding in new):
        sys.exit(1)
