"""The way to a server: a client that sends it what is configured for it and nothing else, and why it is not reached.

openai is imported here and in client.py only, with the first call. Knows no request and no answer.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from urllib.request import proxy_bypass

from novelist.errors import SettingsError
from novelist.model import deadlines
from novelist.model.providers import on_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator

# The exceptions at the bottom of why a server is not reached, the surest first.
CAUSES = (
    ("SSLCertVerificationError", "certificate", "its certificate is not trusted: {}"),
    ("ProxyError", "proxy", "{}"),
    ("gaierror", "name", "no machine has this name"),
    ("ConnectionRefusedError", "refused", "nothing listens there"),
    ("SSLError", "certificate", "no safe line to it: {}"),
    ("ConnectTimeout", "refused", "it takes no connection"),
    ("ReadTimeout", "silence", "it says nothing"),
)
BY_PROXY = ("proxy", "name", "refused")  # what is the proxy's where there is one: it looks for the server itself
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def connect(base_url: str, key: str, patience: float) -> Any:  # noqa: ANN401 - openai is imported late
    """Return a client for the server at `base_url`, which may wait `patience` seconds for a first word.

    Raises SettingsError for a proxy or certificates of the environment that cannot be used.
    """
    import openai  # noqa: PLC0415 - a second or more, which no idle build should pay

    parts = urlsplit(base_url)
    # A proxy cannot reach this machine's own servers, and would be given the key and the prompt.
    by_environment = not on_loopback(parts.hostname or "")
    try:
        # A server that sends on to another one is not followed: the prompt was meant for the one that is configured.
        # Without TLS no certificates are read, which may be none.
        safe = parts.scheme == "https"
        http_client = openai.DefaultHttpxClient(trust_env=by_environment, follow_redirects=False, verify=safe)
    except Exception as error:  # of urllib, ssl, socksio or the SDK's own: each says only that it cannot
        raise _unusable(error) from error
    with _without_openais_settings():
        try:
            return openai.OpenAI(
                api_key=key,
                base_url=urlunsplit(parts._replace(query="", fragment="")),
                default_query=dict(parse_qsl(parts.query)) or None,
                max_retries=0,
                timeout=openai.Timeout(patience, connect=deadlines.CONNECT),
                http_client=http_client,
            )
        except Exception as error:  # InvalidURL, for a name in a script that is none of the Internet's
            message = "KIMI_BASE_URL is no address of a server. Write it as https://host/v1."
            raise SettingsError(message) from error


def cause(error: BaseException) -> tuple[str, str]:
    """Return why a server is not reached, by one of CAUSES and in words; two empty texts where that is not known."""
    why, words = _cause(error)
    proxy = proxy_to(_asked(error)) if why in BY_PROXY else ""
    if not proxy:
        return why, words
    return "proxy", f"the proxy in {proxy} refuses: {words}" if why == "proxy" else f"the proxy in {proxy}: {words}"


def proxy_to(url: str) -> str:
    """Return the variable of the environment that sets the proxy on the way to an address, empty where none does."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if on_loopback(host) or proxy_bypass(host):
        return ""
    names = (f"{parts.scheme.upper()}_PROXY", "ALL_PROXY")
    return next((set_here for name in names for set_here in (name.lower(), name) if os.environ.get(set_here)), "")


def _asked(error: BaseException) -> str:
    """Return the address that an error of the SDK or the library under it is about, empty where it does not say."""
    with suppress(Exception):  # httpx raises where there was no request
        return str(error.request.url)  # type: ignore[attr-defined]
    return ""


def _cause(error: BaseException) -> tuple[str, str]:
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for kind, why, words in CAUSES:
        for link in chain:
            if kind in {each.__name__ for each in type(link).__mro__}:
                return why, words.format(getattr(link, "verify_message", "") or link)
    return "", ""


def _unusable(error: Exception) -> SettingsError:
    """Return the error for what of the environment stands in the way of any connection."""
    names = CERTIFICATES if isinstance(error, OSError) else PROXIES
    set_here = [name for name in names if os.environ.get(name) or os.environ.get(name.lower())] or [*names]
    what = "is no file with certificates" if names is CERTIFICATES else "is no proxy that can be used"
    return SettingsError(f"{' or '.join(set_here)} in the environment {what}. Correct it, or leave it out.")


@contextmanager
def _without_openais_settings() -> Iterator[None]:
    """Hide what the environment has for OpenAI's own servers, which the SDK would send to whatever server is named."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("OPENAI_")}
    try:
        yield
    finally:
        os.environ.update(hidden)
