"""What a person is told where a server's error ends a task: what happened, and what to do.

Pure. Knows the kinds of errors in faults.py. Knows no network, and no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from novelist.errors import Refused, WriterError
from novelist.model import faults
from novelist.model.providers import MOONSHOT, on_loopback

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.model.faults import Fault
    from novelist.model.providers import Provider

UNREACHED = {
    "name": "Check KIMI_BASE_URL, and whether this machine is online.",
    "refused": "Start the server, or check the port in KIMI_BASE_URL.",
    "proxy": "Correct it in the environment, or put the server's name into NO_PROXY.",
    "silence": "Run `doit` again later, or set KIMI_PATIENCE higher for a slow machine.",
}
MODELS_OFFERED = 8  # models to name where the one that is set is unknown


@dataclass(frozen=True)
class Asked:
    """Who was asked, and for how much: tokens that were sent (about), and tokens that the answer might take."""

    provider: Provider
    model: str
    host: str
    sent: int
    cap: int


def remedy(wrong: Fault, asked: Asked, *, words: str, offered: Sequence[str]) -> WriterError:  # noqa: PLR0911 - one for each kind
    """Return the error for a person; `words` are the server's words, `offered` the models that it has.

    It is Refused where no other call of the build can succeed either.
    """
    where, model = asked.provider.name, asked.model
    if wrong.no_quota:
        return Refused(f"the account has no balance left ({words}). Top it up, then run `doit` again.")
    if ended := _ended(wrong, where, asked.host, words):
        return ended
    if wrong.refuses_key:
        message = f"{where} refuses the key ({words}). Check the key in MOONSHOT_API_KEY{_elsewhere(asked)}."
        return Refused(message, why="It has a typing error, or is a key of another address.")
    if wrong.unknown_model or (offered and model not in offered):
        names = (
            f": {', '.join(offered[:MODELS_OFFERED])}{' …' if len(offered) > MODELS_OFFERED else ''}" if offered else ""
        )
        message = f"{where} knows no model `{model}` ({words}). Set KIMI_MODEL to one that it offers{names}."
        return Refused(message, why="Its name is misspelt, or its maker has retired it.")
    if wrong.no_api:
        return no_api(words)
    if wrong.filtered:
        advice = "Change what it is asked for, or set another KIMI_MODEL."
        return WriterError(f"the content filter of {where} stopped the request ({words}). {advice}")
    if wrong.transient:
        return _waited(wrong, where, words)
    sent = f"{wrong.prompt:,}" if wrong.prompt else f"about {asked.sent:,}"
    sizes = f"{sent} tokens were sent and up to {asked.cap:,} asked for"
    if wrong.too_long:
        advice = "Give the model more context, shorten the bible or the outline, or set another KIMI_MODEL."
        return WriterError(f"the request is too long for `{model}` ({words}); {sizes}. {advice}")
    message = f"{where} refuses the request ({words}); {sizes}. Check the model's settings in .env."
    return WriterError(message, why="It names a parameter that cannot be left out.")


def _ended(wrong: Fault, where: str, host: str, words: str) -> Refused | None:  # noqa: PLR0911 - one for each kind
    """Return the error for what no key, no model and no waiting can mend, None where it is nothing of this."""
    if wrong.cause == "certificate":
        # No certificate is made out to a machine's own name, and none of the environment is looked at on loopback.
        if on_loopback(host):
            return Refused(f"there is no safe line to {where} ({words}). Write its address with http in KIMI_BASE_URL.")
        message = f"there is no safe line to {where} ({words}). Check KIMI_BASE_URL, or set SSL_CERT_FILE."
        return Refused(message, why="Something else answers there, or who signed its certificate is not known here.")
    if 300 <= wrong.status < 400:
        return Refused(f"the address is not that of {where} any more ({words}). Set KIMI_BASE_URL to the new one.")
    if wrong.in_country:
        return Refused(f"{where} does not answer in this country ({words}). Set KIMI_BASE_URL to another server.")
    if wrong.elsewhere:
        message = f"a setting of the account at {where} stands in the way ({words}). Change it there."
        return Refused(message, why="It allows only servers that keep to a policy, and none of those has the model.")
    if wrong.guarded:
        message = f"a page that keeps programs out answers for {where} ({words}). Check KIMI_BASE_URL, or try later."
        return Refused(message, why="A guard in front of the server takes this machine for a robot.")
    if wrong.status == 407:
        return Refused(f"the proxy wants to know who asks ({words}). Put a name and a password into HTTPS_PROXY.")
    if wrong.used_up:
        again = f"in {wrong.wait / 60:,.0f} min" if wrong.wait else "tomorrow"
        message = f"the account has had all that it may ask for in a day ({words}). Run `doit` again {again}."
        return Refused(message, why="Free accounts, and free models, have a number of requests a day.")
    if wrong.too_large:
        message = f"the request is too large for this account ({words}). Shorten the bible, or ask for a higher limit."
        return Refused(message, why="It may send only so many tokens a minute, and this request alone has more.")
    return None


def no_api(words: str) -> Refused:
    """Return the error for an address where something else answers."""
    message = f"there is no API of OpenAI's kind at this address ({words}). Check KIMI_BASE_URL."
    return Refused(message, why="Its end is missing, such as /v1, or a web page answers.")


def _waited(wrong: Fault, where: str, words: str) -> WriterError:
    if wrong.wait > faults.PATIENCE:
        return WriterError(
            f"{where} wants to be asked again in {wrong.wait / 60:.0f} min ({words}). Run `doit` again then."
        )
    if wrong.busy:
        message = f"{where} stayed busy for too long ({words}). Run `doit` again later."
        return WriterError(message, why="The account may be asked only so often; `jobs: 1` asks one thing at a time.")
    if wrong.cause in UNREACHED:
        message = f"{where} is not reached ({words}). {UNREACHED[wrong.cause]}"
        return WriterError(message, why="The next build goes on with the very next word.")
    message = f"{where} did not answer in {faults.TRIES} tries ({words}). Run `doit` again later."
    why = "The server, or the way to it, is down. The next build goes on with the very next word."
    return WriterError(message, why=why)


def _elsewhere(asked: Asked) -> str:
    """Return a hint at Moonshot's other platform, whose keys are its own."""
    if asked.provider.id != MOONSHOT.id:
        return ""
    site, host = ("kimi.ai", "api.moonshot.ai") if asked.host.endswith(".cn") else ("kimi.com", "api.moonshot.cn")
    return f"; keys of platform.{site} work with KIMI_BASE_URL=https://{host}/v1 only"
