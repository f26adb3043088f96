"""What is planned: the bible and the outline, each asked for in JSON as its form says, and then rendered."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from novelist.drafting.drafting import Draft, Drafting
from novelist.drafting.planning import Form, Plan, Planning
from novelist.edits.renames import check_outline
from novelist.targets.source import SourceTarget
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.targets.verdict import Verdict

PlannedSource = TypeVar("PlannedSource", bound=SourceTarget)


class PlannedDrafting(Drafting[PlannedSource], Generic[PlannedSource, Plan]):
    """How a source is drafted: as a plan that is checked, and then rendered."""

    back = "back, as it was drafted from this premise"
    lacks: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # problems for which only these names are asked for again

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema that its answer must follow."""

    @abstractmethod
    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return a plan in Markdown as its JSON would be. Raises ValueError where that cannot be read."""

    @abstractmethod
    def read(self, answer: Mapping[str, Any]) -> Plan:
        """Return the plan that was answered. Raises ValueError with what is wrong, in words for the model."""

    @abstractmethod
    def problems(self, plan: Plan) -> list[str]:
        """Return what is wrong with a plan, in words for the model and for a person."""

    def mend(self, plan: Plan) -> tuple[Plan, list[str]]:
        """Return a plan without the problems that can be put right surely, and what was done."""
        return plan, []

    @abstractmethod
    def repair(self, plan: Plan) -> tuple[Plan, list[str]]:
        """Return a plan with its problems repaired as far as can be, and what was done."""

    @abstractmethod
    def rendered(self, plan: Plan) -> Draft:
        """Return a plan without problems as a draft."""

    def stamp(self) -> dict[str, Any]:
        """Return the digest of what the model is told: the rest of a plan is of no use for anything else."""
        return {**self.fields(), "told": digest(self.request(None).user)}

    def draft(self, before: str | None, verdict: Verdict) -> Draft:  # noqa: ARG002 - as for each kind
        """Ask for the plan, and return it as a draft. Raises BookError where nothing could follow from it."""
        check_outline(self.session.snapshot)
        with self.resumable():
            return self.rendered(self.plan(before))

    def plan(self, before: str | None) -> Plan:
        """Ask for the plan."""
        planning = Planning(self.session, self.target.kind, self.target.identity, self.form(), self.partial)
        return planning.plan(self.request(before), self.begun())

    def form(self) -> Form[Plan]:
        """Return what its answer must be."""
        return Form(
            self.schema(), self.read, self.from_markdown, self.problems, self.repair, mend=self.mend, lacks=self.lacks
        )
