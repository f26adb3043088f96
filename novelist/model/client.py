"""Messages to text: one streamed call, tried again where that can help.

The only module that makes calls: openai is imported with the first of them. Knows no book and no
prompt. What a server sends is untrusted: it is stripped of control characters here.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from novelist.errors import BookError, SettingsError, WriterError
from novelist.model import deadlines, faults, remedies, tries, way
from novelist.model.access import NO_KEY
from novelist.model.events import events
from novelist.model.faults import Fault, fault
from novelist.model.ledger import Call
from novelist.model.local import Local, gathered
from novelist.model.prices import Seller
from novelist.model.providers import EMBEDDED, SHIPPED, provider_of, successor
from novelist.model.request import Dialect, Request, address_of
from novelist.model.stream import CUT, ENOUGH, LENGTH, STOP, Answer, Enough, Received, StreamHandler, whole
from novelist.model.tokens import completed
from novelist.text import printable
from novelist.words import count_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from novelist.model.access import Access
    from novelist.model.budget import Budget
    from novelist.model.limits import Limits

EMPTY_ANSWERS = 3
CUT_SHARE = 0.3  # of the tokens that were sent: a server that counts fewer has read a part of them
FEWEST_TOLD = 200  # tokens, below which a guess is none
LOOK = "`novelist doctor` looks at the way to the model."


class Client:
    """A model that can be asked; it is reached when it is first asked, and let go by `close`."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that the clients of a run share
        self,
        access: Access,
        note: Callable[[str], None],
        budget: Budget,
        cache_key: str = "",
        limits: Limits | None = None,
        noted: set[str] | None = None,
    ) -> None:
        """Take the access as checked; `note` is told what a person should know, in one line each.

        `cache_key` marks the calls of one book for servers that keep their beginning; `limits` are those that servers
        told earlier runs; `noted` are lines about settings that another client of this run has said already.
        """
        self._access = access
        self._note = note
        self._budget = budget
        self._cache_key = cache_key
        self._limits = limits
        self._noted = set() if noted is None else noted
        self._opening = threading.Lock()
        self._client: Any = None
        self._local: Local | None = None
        self._dialect: Dialect
        self._streams: set[Any] = set()  # of the answers that are coming
        self.crowded = False  # whether the server takes fewer calls at one time than it was asked
        self._cut = False  # whether it was said that the server reads a part of a prompt
        self.provider, self.model = EMBEDDED if access.gguf else SHIPPED, ""
        if access.base_url is not None:
            self.provider = access.provider or provider_of(access.base_url)
            self.model = successor(self.provider, access.model) or access.model

    @property
    def rehearses(self) -> bool:
        """Whether the embedded model writes."""
        return self._access.base_url is None

    @property
    def opened(self) -> bool:
        """Whether it was reached, to be asked."""
        return self._client is not None

    @property
    def host(self) -> str:
        """Where the model is asked; empty for the embedded one."""
        return urlsplit(self._access.base_url or "").hostname or ""

    @property
    def context(self) -> int:
        """The tokens of its context: as the server has told lately, else as its maker says; 0 where nobody does."""
        address = address_of(self._access)
        limit = self._limits.of(address, self.model).context if self._limits and address else 0
        return limit or self.provider.context

    @property
    def seller(self) -> Seller:
        """Who is paid for it."""
        return Seller("" if self.host.endswith(".cn") else self.provider.id, self.provider.name, self.model)

    def write(self, request: Request, handler: StreamHandler) -> Answer:
        """Return what the model answers; `handler` is told of each piece of text as it comes.

        An answer that broke off has the finish `cut`, and is returned as soon as there is any text in it. Raises
        Refused where no further call can succeed, and WriterError where the server stayed unreachable, overloaded, or
        without a word.
        """
        self.open()
        for _ in range(EMPTY_ANSWERS):
            answer = self._patiently(request, handler)
            # There may be nothing to add to a text that was begun.
            if answer.text.strip() or answer.finish == faults.FILTER or (request.instruction and answer.finish == STOP):
                return answer
            if answer.finish == LENGTH:
                request, line = self._dialect.room(request)
                self._note(line)
        model = self._access.variables.named("KIMI_MODEL")
        message = f"the model answered with no text. Run `doit` again, or set another {model}."
        raise WriterError(message, why="Some models answer with nothing but reasoning.")

    def once(self, request: Request, handler: StreamHandler) -> Answer:
        """Return what one call brings, which is not made again whatever that is. Raises as `write` does."""
        self.open()
        with self._told(request):
            return self._call(request, handler, 1)

    def models(self) -> list[str]:
        """Return the models that the server says it has, none where it does not say so. Raises SettingsError."""
        self.open()
        return self._offered()

    def most(self, request: Request) -> float:
        """Return what a request costs at most, in US dollars; nothing where no budget is kept.

        Raises SettingsError, and Refused where nobody knows.
        """
        self.open()
        return self._budget.most(self.seller, request.sent, self._dialect.cap(request))

    def affords(self, dollars: float) -> bool:
        """Say whether the budget has room for so much, beside the calls that are being made."""
        return self._budget.holds(dollars)

    def hang_up(self) -> None:
        """End the answers that are coming."""
        for stream in [*self._streams]:
            deadlines.hang_up(stream)

    def close(self) -> None:
        """Let the server go; the embedded one ends."""
        if self._client is not None:
            self._client.close()
        if self._local is not None:
            self._local.close()
        self._client = self._local = None

    def open(self) -> None:
        """Reach the model, if that has not been done yet. Raises SettingsError."""
        with self._opening:
            if self._client is None:
                self._open()

    def _open(self) -> None:
        base_url, key, names = self._access.base_url, self._access.key, self._access.variables
        for line in self._access.notes:
            self._note_once(line)
        if base_url is None:
            self._local = Local(self._access.gguf, self._note)
            base_url, key, self.model = self._local.base_url, self._local.token, self._local.model
            self._note(
                f"No key and no server: a rehearsal with {self.model}. "
                "The machinery is real; the prose is that of a very small model."
            )
        elif self.model != (retired := self._access.model):
            line = f"`{retired}` is retired at {self.provider.name}: using `{self.model}`. Set KIMI_MODEL to choose."
            self._note_once(names.named(line))
        if self._access.temperature is not None and not self.provider.temperature:
            self._note_once(f"{self.provider.name} accepts no temperature: KIMI_TEMPERATURE is not sent.")
        self._dialect = Dialect(self._access, self.provider, self.model, self._cache_key, self._limits)
        try:
            self._client = way.connect(base_url, key, self._patience)
        except SettingsError as error:
            raise SettingsError(names.named(str(error)), why=error.why) from error

    def _note_once(self, line: str) -> None:
        """Say what is so for each model of a run, unless that was said already."""
        if line not in self._noted:
            self._noted.add(line)
            self._note(line)

    @property
    def _patience(self) -> float:
        """Seconds in which the first word must come."""
        return self._access.patience or deadlines.FIRST_TOKEN

    @property
    def _pause(self) -> float:
        """Seconds in which the next word must come."""
        return max(deadlines.BETWEEN_TOKENS, self._access.patience / 5)

    def _patiently(self, request: Request, handler: StreamHandler) -> Answer:
        """Return the answer to one call, made as often as its faults allow."""
        with self._told(request):
            return tries.patiently(lambda attempt: self._call(request, handler, attempt), self._tell)

    def _tell(self, wrong: Fault, seconds: float) -> None:
        """Tell a person why a call is made again."""
        if wrong.crowded and self._streams and not self.crowded:
            self.crowded = True
            self._note("The server takes one call at a time, so it is asked in turn.")
        else:
            self._note(
                f"The server did not answer ({faults.said(wrong, self._secret)}). Trying again in {seconds:.0f} s."
            )

    @contextmanager
    def _told(self, request: Request) -> Iterator[None]:
        """Raise what a person is told in place of a server's error."""
        try:
            yield
        except Exception as error:
            wrong = fault(error)
            if wrong is None:
                raise
            raise self._ended_by(wrong, request) from error

    def _call(self, request: Request, handler: StreamHandler, attempt: int) -> Answer:
        with self._budget.afford(self.seller, request.sent, self._dialect.cap(request)):
            return self._made(request, handler, attempt)

    def _made(self, request: Request, handler: StreamHandler, attempt: int) -> Answer:
        received = Received(time.monotonic())
        handler.start()
        try:
            with (
                self._local.answering() if self._local else nullcontext(),
                self._open_stream(request, attempt) as stream,
                deadlines.deadlines(stream, received.began, self._patience) as may_be_silent,
            ):
                received.taken = True
                heard = events(stream.response.iter_bytes())
                for event in gathered(heard) if self.rehearses else heard:
                    if received.take(event, handler):
                        may_be_silent(deadlines.AFTER_THE_END if received.finish else self._pause)
                received.close()
        except Enough:
            received.finish = ENOUGH
        except BaseException as error:
            wrong = fault(error)
            if not received.lives(wrong):
                if received.first is not None or (received.taken and not getattr(error, "body", None)):
                    # A disk that is full for the ledger too is told by the error at hand.
                    with suppress(BookError):
                        self._pay(request, received, attempt)
                raise
            received.end(handler)
            if not received.finish:
                received.finish = faults.FILTER if wrong and wrong.filtered else CUT
        received.end(handler)
        # A server that closes early, or ends for a reason of its own, has not ended the text.
        if received.finish not in (STOP, LENGTH, ENOUGH, faults.FILTER):
            received.finish = CUT
        self._pay(request, received, attempt)
        return Answer(printable("".join(received.text)), received.finish, whole("".join(received.reasoning)))

    def _pay(self, request: Request, received: Received, attempt: int) -> None:
        usage = completed(received.usage, request.sent, "".join(received.text), "".join(received.reasoning))
        guessed = count_tokens(request.sent)
        if received.usage and not self._cut and guessed > FEWEST_TOLD and usage.prompt < CUT_SHARE * guessed:
            self._cut = True
            self._note(
                f"The server read {usage.prompt:,} of about {guessed:,} tokens: it cut what was sent. "
                "Give the model more context."
            )
        call = Call(
            at=f"{datetime.now(timezone.utc):%Y-%m-%dT%H:%M:%SZ}",
            task=request.task,
            model=self.model,
            provider=self.provider.id,
            usage=usage,
            guessed=guessed,
            first=None if received.first is None else round(received.first - received.began, 3),
            seconds=round(time.monotonic() - received.began, 3),
            finish=received.finish or CUT,
            tries=attempt,
            cost=received.cost,
        )
        self._budget.pay(self.seller, call)

    @contextmanager
    def _open_stream(self, request: Request, attempt: int) -> Iterator[Any]:
        """Lend a stream, which is known as long as it is open."""
        with self._stream(request, attempt) as stream:
            self._streams.add(stream)
            try:
                yield stream
            finally:
                self._streams.discard(stream)

    def _stream(self, request: Request, attempt: int) -> Any:  # noqa: ANN401 - openai is imported late
        """Open the stream; what the server refuses is done without from then on."""
        import openai  # noqa: PLC0415 - as above

        while True:
            body = {"model": self.model, "messages": self._dialect.messages(request), "stream": True}
            try:
                # Its bytes are read by `events`: the SDK ends where a server keeps its line open with what is no JSON.
                stream = self._client.post(
                    "/chat/completions",
                    body=body | self._dialect.sent(request),
                    cast_to=object,
                    stream=True,
                    stream_cls=openai.Stream[object],
                )
            except Exception as error:
                wrong = fault(error)
                learnt = self._dialect.learn(wrong, request, attempt) if wrong else None
                if learnt is None:
                    raise
                self._note(learnt)
                continue
            return stream

    @property
    def _secret(self) -> str:
        return "" if self._access.key == NO_KEY else self._access.key

    def _ended_by(self, wrong: Fault, request: Request) -> WriterError:
        """Return the error that a person is told, without anything secret in it."""
        asked = remedies.Asked(
            self.provider,
            self.model,
            self.host,
            sent=count_tokens(request.sent),
            cap=self._dialect.cap(request),
        )
        # Some have no type of their own for a model that they do not know.
        perhaps = wrong.status == 400 and self.provider.catalogue and not (wrong.too_long or wrong.filtered)
        offered = self._offered() if wrong.unknown_model or perhaps else []
        error = remedies.remedy(wrong, asked, words=faults.said(wrong, self._secret), offered=offered)
        return type(error)(self._access.variables.named(str(error)), why=f"{error.why} {LOOK}".lstrip())

    def _offered(self) -> list[str]:
        """Return the models that the server says it has, where it says so."""
        with suppress(Exception):
            return sorted(printable(str(model.id)) for model in self._client.models.list(timeout=deadlines.CONNECT))
        return []
