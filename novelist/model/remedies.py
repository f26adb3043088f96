"""What a person is told where a server's error ends a task: what happened, and what to do.

Pure. Knows the kinds of errors in faults.py. Knows no network, and no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.errors import Refused, WriterError
from novelist.model import faults
from novelist.model.providers import MOONSHOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.model.faults import Fault
    from novelist.model.providers import Provider

OFFERED = 8  # models to name where the one that is set is unknown


@dataclass(frozen=True)
class Asked:
    """Who was asked, and for how much: tokens that were sent (about), and tokens that the answer might take."""

    provider: Provider
    model: str
    host: str
    sent: int
    cap: int


def remedy(wrong: Fault, asked: Asked, *, said: str, offered: Sequence[str]) -> WriterError:  # noqa: PLR0911 - one for each kind
    """Return the error for a person; `said` are the server's words, `offered` the models that it has.

    It is Refused where no other call of the build can succeed either.
    """
    where, model = asked.provider.name, asked.model
    if wrong.no_quota:
        return Refused(f"the account has no balance left ({said}). Top it up, then run `doit` again.")
    if wrong.refuses_key:
        return Refused(f"{where} refuses the key ({said}). Check the key in MOONSHOT_API_KEY{_elsewhere(asked)}.")
    if wrong.unknown_model or (offered and model not in offered):
        names = f": {', '.join(offered[:OFFERED])}{' …' if len(offered) > OFFERED else ''}" if offered else ""
        return Refused(f"{where} knows no model `{model}` ({said}). Set KIMI_MODEL to one that it offers{names}.")
    if wrong.status == 404:
        return no_api(said)
    if wrong.filtered:
        advice = "Change what it is asked for, or set another KIMI_MODEL."
        return WriterError(f"the content filter of {where} stopped the request ({said}). {advice}")
    if wrong.transient:
        return WriterError(_waited(wrong, where, said))
    sizes = f"about {asked.sent:,} tokens were sent and up to {asked.cap:,} asked for"
    if wrong.too_long:
        advice = "Give the model more context, shorten the bible or the outline, or set another KIMI_MODEL."
        return WriterError(f"the request is too long for `{model}` ({said}); {sizes}. {advice}")
    return WriterError(f"{where} refuses the request ({said}); {sizes}. Check the model's settings in .env.")


def no_api(said: str) -> Refused:
    """Return the error for an address where something else answers."""
    return Refused(f"there is no API of OpenAI's kind at this address ({said}). Check KIMI_BASE_URL.")


def _waited(wrong: Fault, where: str, said: str) -> str:
    if wrong.wait > faults.PATIENCE:
        return f"{where} wants to be asked again in {wrong.wait / 60:.0f} min ({said}). Run `doit` again then."
    if wrong.busy:
        return f"{where} stayed busy for too long ({said}). Run `doit` again later."
    return f"{where} did not answer in {faults.TRIES} tries ({said}). Run `doit` again later."


def _elsewhere(asked: Asked) -> str:
    """Return a hint at Moonshot's other platform, whose keys are its own."""
    if asked.provider.id != MOONSHOT.id:
        return ""
    site, host = ("kimi.ai", "api.moonshot.ai") if asked.host.endswith(".cn") else ("kimi.com", "api.moonshot.cn")
    return f"; keys of platform.{site} work with KIMI_BASE_URL=https://{host}/v1 only"
