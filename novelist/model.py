"""Messages to text: one streamed call, tried again where that can help.

The only module that knows openai and the network; both are imported when the first call is made. Knows no book and no
prompt. What a server sends is untrusted: it is stripped of control characters here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from novelist.access import NO_KEY
from novelist.errors import Refused, Unfinished, WriterError
from novelist.local import Local
from novelist.providers import (
    EMBEDDED,
    MOONSHOT,
    SHIPPED,
    Provider,
    provider_of,
    successor,
    switches_thinking,
    thinks,
)
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from novelist.access import Access

THINKING_ROOM = 16_000  # tokens; Moonshot asks for no less where a model thinks
TRIES = 6
FIRST_WAIT = 1.0  # seconds, doubled at each try, with jitter
LONGEST_WAIT = 60.0
LONGEST_RETRY_AFTER = 600.0
LONGEST_WORDS = 200  # characters of what a server says
CONNECT = 10.0
BETWEEN_BYTES = 300.0

TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
NO_QUOTA = frozenset({"exceeded_current_quota_error", "insufficient_quota"})
# What no second try can mend where an error comes without a status, in the middle of a stream.
FINAL = frozenset({"invalid_request_error", "content_filter", "invalid_authentication_error"})


@dataclass(frozen=True)
class Request:
    """One thing to be written: for which task, from which messages, within how many tokens of text.

    `schema` is the JSON Schema that the answer must follow; `thinking` asks for a model's own reasoning first;
    `attempt` counts the answers that were refused before, so that a model with a seed does not repeat itself.
    """

    task: str
    system: str
    user: str
    cap: int
    schema: Mapping[str, Any] | None = None
    thinking: bool = False
    attempt: int = 0


@dataclass(frozen=True)
class Answer:
    """A whole text, how it ended as the server says, and what it took (tokens, where the server tells them)."""

    text: str
    finish: str
    seconds: float
    usage: Mapping[str, Any] = field(default_factory=dict)


class Listener(Protocol):
    """Who is told of a text while it is being written."""

    def start(self) -> None:
        """Forget what came: the text is begun, or begun again."""

    def add(self, piece: str) -> None:
        """Take the next piece of the text."""


class Writer:
    """A model that can be asked; it is reached when it is first asked, and let go by `close`."""

    def __init__(self, access: Access, note: Callable[[str], None]) -> None:
        """Take the access as checked; `note` is told what a person should know, in one line each."""
        self._access = access
        self._note = note
        self._client: Any = None
        self._local: Local | None = None
        self._dropped: set[str] = set()
        embedded = EMBEDDED if access.gguf else SHIPPED
        self.provider: Provider = provider_of(access.base_url) if access.base_url else embedded
        self.model = access.model if access.base_url else ""

    @property
    def rehearses(self) -> bool:
        """Whether the embedded model writes."""
        return self._access.base_url is None

    def write(self, request: Request, heard: Listener) -> Answer:
        """Return the model's whole answer; `heard` is told of each piece of text as it comes.

        Raises Unfinished where an answer stopped before its end, Refused where no further call can succeed, and
        WriterError where the server stayed unreachable or overloaded.
        """
        import tenacity  # noqa: PLC0415 - only a build that drafts needs it

        self._open()
        backoff = tenacity.wait_exponential(multiplier=FIRST_WAIT) + tenacity.wait_random(0, FIRST_WAIT)
        calls = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_is_transient),
            stop=tenacity.stop_after_attempt(TRIES),
            wait=lambda state: max(min(backoff(state), LONGEST_WAIT), _retry_after(state)),
            before_sleep=self._waiting,
            reraise=True,
        )
        try:
            return calls(self._call, request, heard)
        except Exception as error:
            if not _is_of_the_server(error):
                raise
            raise self._told(error) from error

    def close(self) -> None:
        """Let the server go; the embedded one ends."""
        if self._client is not None:
            self._client.close()
        if self._local is not None:
            self._local.close()
        self._client = self._local = None

    def _open(self) -> None:
        if self._client is not None:
            return
        import openai  # noqa: PLC0415 - a second or more, which no idle build should pay

        base_url, key = self._access.base_url, self._access.key
        options: dict[str, Any] = {}
        if base_url is None:
            self._local = Local(self._access.gguf)
            base_url, key, self.model = self._local.base_url, self._local.token, self._local.model
            # A proxy of the environment cannot reach this process's own loopback server.
            options["http_client"] = openai.DefaultHttpxClient(trust_env=False)
            self._note(
                f"No key and no server: a rehearsal with {self.model}. "
                "The machinery is real; the prose is that of a very small model."
            )
        elif heir := successor(self.provider, self.model):
            self._note(f"`{self.model}` is retired at {self.provider.name}: using `{heir}`. Set KIMI_MODEL to choose.")
            self.model = heir
        self._client = openai.OpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            timeout=openai.Timeout(BETWEEN_BYTES, connect=CONNECT),
            **options,
        )

    def _call(self, request: Request, heard: Listener) -> Answer:
        began = time.monotonic()
        heard.start()
        pieces: list[str] = []
        finish = ""
        usage: dict[str, Any] = {}
        for chunk in self._stream(request):
            usage = _usage(chunk) or usage
            if not chunk.choices:
                continue
            choice = chunk.choices[0]
            if piece := getattr(choice.delta, "content", None):
                pieces.append(piece)
                heard.add(printable(piece))
            finish = choice.finish_reason or finish
        text = printable("".join(pieces))
        if finish != "stop":
            raise Unfinished(_unfinished(finish, self._cap(request)), text, finish)
        if not text.strip():
            message = "the model answered with no text. Run `doit` again, or set another KIMI_MODEL."
            raise WriterError(message)
        return Answer(text, finish, time.monotonic() - began, usage)

    def _stream(self, request: Request) -> Iterator[Any]:
        """Open the stream, without any parameter that the server has refused by name in this run."""
        while True:
            params = {key: value for key, value in self._params(request).items() if key not in self._dropped}
            extra = {key: value for key, value in self._extra(request).items() if key not in self._dropped}
            try:
                stream: Iterator[Any] = self._client.chat.completions.create(
                    model=self.model,
                    messages=[{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
                    stream=True,
                    extra_body=extra or None,
                    **params,
                )
            except Exception as error:
                refused = _refused_parameter(error, params.keys() | extra.keys())
                if refused is None:
                    raise
                self._dropped.add(refused)
                self._note(f"The server refuses `{refused}`: going on without it.")
            else:
                return stream

    def _cap(self, request: Request) -> int:
        """Return the most tokens that the answer may take, reasoning included."""
        switched = request.thinking and switches_thinking(self.provider, self.model)
        room = THINKING_ROOM if switched or thinks(self.provider, self.model) else 0
        return self._access.max_output_tokens or request.cap + room

    def _params(self, request: Request) -> dict[str, Any]:
        params: dict[str, Any] = {
            self.provider.cap: self._cap(request),
            "stream_options": {"include_usage": True},
        }
        if self._access.temperature is not None:
            params["temperature"] = self._access.temperature
        if request.schema is not None:
            named = {"name": "answer", "strict": True, "schema": request.schema}
            schema = {"type": "json_schema", "json_schema": named}
            params["response_format"] = schema if self.provider.json == "schema" else {"type": "json_object"}
        return params

    def _extra(self, request: Request) -> dict[str, Any]:
        extra = dict(self.provider.extra)
        if self._access.temperature is not None:
            extra.pop("temperature", None)
        if "seed" in extra:
            extra["seed"] += request.attempt
        if switches_thinking(self.provider, self.model):
            extra["thinking"] = {"type": "enabled" if request.thinking else "disabled"}
        return extra

    def _said(self, error: BaseException) -> str:
        """Return the server's own words, short, on one line, and without the key."""
        inner = _inner(error)
        text = " ".join(printable(str(inner.get("message") or error or type(error).__name__)).split())
        if self._access.key != NO_KEY:
            text = text.replace(self._access.key, "…")
        status = getattr(error, "status_code", None)
        text = text.removesuffix(".") if len(text) <= LONGEST_WORDS else text[:LONGEST_WORDS] + "…"
        return f"{status}: {text}" if status and not text.startswith("Error code") else text

    def _waiting(self, state: Any) -> None:  # noqa: ANN401 - tenacity is imported late
        said, wait = self._said(state.outcome.exception()), state.next_action.sleep
        self._note(f"The server did not answer ({said}). Trying again in {wait:.0f} s.")

    def _told(self, error: Exception) -> WriterError:
        """Return the error that a person is told, without anything secret in it."""
        status, kind = getattr(error, "status_code", None), _kind(error)
        where, said = self.provider.name, self._said(error)
        if status in (401, 403):
            remedy = "Check the key in MOONSHOT_API_KEY"
            if self.provider is MOONSHOT:
                remedy += "; keys of platform.kimi.com work with KIMI_BASE_URL=https://api.moonshot.cn/v1 only"
            return Refused(f"{where} refuses the key ({said}). {remedy}.")
        if status == 404:
            return Refused(f"{where} knows no model `{self.model}` ({said}). Set KIMI_MODEL to one that it offers.")
        if status == 402 or kind in NO_QUOTA:
            return Refused(f"the account has no balance left ({said}). Top it up, then run `doit` again.")
        if _is_transient(error):
            return WriterError(f"{where} did not answer in {TRIES} tries ({said}). Run `doit` again later.")
        return WriterError(f"{where} refuses the request ({said}). Check the settings of the model in .env.")


def _is_of_the_server(error: BaseException) -> bool:
    """Say whether the server or the way to it failed, or a stream that could not be read; not novelist itself."""
    libraries = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "json")
    return type(error).__module__.partition(".")[0] in libraries


def _is_transient(error: BaseException) -> bool:
    """Say whether the same call may succeed later; classified by the error's type, never by its text."""
    if not _is_of_the_server(error) or _kind(error) in NO_QUOTA:
        return False
    status = getattr(error, "status_code", None)
    return _kind(error) not in FINAL if status is None else status in TRANSIENT


def _inner(error: BaseException) -> dict[str, Any]:
    """Return the error as the server worded it, however deep the SDK keeps it."""
    body = getattr(error, "body", None)
    inner = body.get("error", body) if isinstance(body, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _kind(error: BaseException) -> str:
    """Return the `type` that the server gave the error, else its `code`."""
    inner = _inner(error)
    return str(getattr(error, "type", None) or inner.get("type") or inner.get("code") or "")


def _refused_parameter(error: Exception, sent: set[str]) -> str | None:
    """Return the optional parameter that a 400 names, where it names one."""
    if getattr(error, "status_code", None) not in (400, 422):
        return None
    inner = _inner(error)
    named, words = inner.get("param"), str(inner.get("message") or "")
    optional = sent - {"max_tokens", "max_completion_tokens"}
    return next((name for name in sorted(optional) if named == name or name in words), None)


def _usage(chunk: Any) -> dict[str, Any]:  # noqa: ANN401 - openai is imported late
    """Return the tokens used, from either place where servers put them."""
    usage = chunk.usage
    if usage is None and chunk.choices:
        usage = getattr(chunk.choices[0], "usage", None)
    if usage is None:
        return {}
    return usage if isinstance(usage, dict) else dict(usage.model_dump())


def _unfinished(finish: str, cap: int) -> str:
    if finish == "length":
        remedy = "Set KIMI_MAX_OUTPUT_TOKENS higher, or ask for fewer words"
        return f"the answer was cut off at its cap of {cap} tokens. {remedy}."
    if finish == "content_filter":
        return "the server's content filter stopped the answer. Change what it is asked for, or set another KIMI_MODEL."
    if finish:
        return f"the answer stopped early (`{finish}`). Run `doit` again."
    return "the connection closed before the answer's end. Run `doit` again."


def _retry_after(state: Any) -> float:  # noqa: ANN401 - tenacity is imported late
    """Return the seconds that the server asks to wait."""
    error = state.outcome.exception()
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return min(LONGEST_RETRY_AFTER, max(0.0, float(headers.get("retry-after", 0))))
    except ValueError:
        return 0.0
