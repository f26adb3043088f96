"""A request in the words of one server: its messages and parameters, without what this server has refused.

Pure, but for what it remembers of a run, and of earlier ones. Knows the capabilities in providers.py. Knows no network.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from novelist.errors import WriterError
from novelist.model import providers
from novelist.model.limits import Limit
from novelist.words import count_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from novelist.model.access import Access
    from novelist.model.faults import Fault
    from novelist.model.limits import Limits
    from novelist.model.providers import Cap, Provider

THINKING_ROOM = 16_000  # tokens; Moonshot asks for no less where a model thinks
MOST_ROOM = 64_000
CAPS: tuple[Cap, Cap] = ("max_tokens", "max_completion_tokens")
# What a server that is not known may do without, in the order in which it is tried whether one of them is refused.
EXTRAS = ("stream_options", "prompt_cache_key", "response_format", "temperature", "seed")
LEAST_ANSWER = 256  # tokens: with room for less, a prompt is too long
PROMPT_EXCESS = 1.1  # times the tokens that a prompt is guessed to have
COUNTED_EXCESS = 1.02  # times those that a server counted, for prompts that are much like it


@dataclass(frozen=True)
class Request:
    """One thing to be written: for which task, from which messages, within how many tokens of text.

    `schema` is the JSON Schema that the answer must follow; `thinking` asks for a model's own reasoning first;
    `attempt` counts the answers that were refused before, so that a model with a seed does not repeat itself.
    `begun` is a text that the answer goes on with: a server that can is given it as its own words, behind its
    `reasoning`; any other is told by `instruction`, which has the text in it.
    """

    task: str
    system: str
    user: str
    cap: int
    schema: Mapping[str, Any] | None = None
    thinking: bool = False
    attempt: int = 0
    begun: str = ""
    reasoning: str = ""
    instruction: str = ""

    @property
    def sent(self) -> str:
        """All that is sent of it, as one text."""
        return f"{self.system}{self.user}{self.instruction or self.begun}"

    def again(self, wrong: Sequence[str], attempt: int, only: Sequence[str] = (), shown: str = "") -> Request:
        """Return the request after `attempt` answers, with what was wrong with the last of them.

        It is for the whole answer, or, of one in JSON, for `only` these of its names. The last answer is `shown` where
        it is given.
        """
        points = "\n".join(f"- {problem}" for problem in wrong)
        task, schema = "Answer again, whole.", self.schema
        if only and schema is not None:
            names = ", ".join(f'"{name}"' for name in only)
            task = f"The rest of it is right. Answer with one JSON object that has only {names}."
            properties = {name: schema["properties"][name] for name in only}
            schema = {**schema, "properties": properties, "required": list(only)}
        last = f"Your last answer:\n\n{shown}\n\nIt was not right:" if shown else "Your last answer was not right:"
        user = f"{self.user}\n\n{last}\n\n{points}\n\n{task}"
        return replace(self, user=user, schema=schema, attempt=attempt)


def address_of(access: Access) -> str:
    """Return the address by which a server's limits are known; empty for the embedded model."""
    return urlsplit(access.base_url or "")._replace(query="", fragment="").geturl()


class Dialect:
    """How one model on one server is spoken to in one run."""

    def __init__(
        self, access: Access, provider: Provider, model: str, cache_key: str, limits: Limits | None = None
    ) -> None:
        self._access = access
        self._provider = provider
        self._model = model
        self._cache_key = cache_key
        self._left_out: set[str] = set()
        self._cap_name = provider.cap
        self._room = 0
        self._prefill = provider.prefill is not None
        self._json = provider.json
        self._system = True
        self._limits = limits
        self._address = address_of(access)
        # The tokens that the server gives to an answer, and those of the model's context, where it has said so.
        known = limits.of(self._address, model) if limits and self._address else Limit()
        self._most, self._context = known.most, known.context
        self._afforded = 0  # tokens of an answer that the account can pay
        self._is_told = False  # whether the context was in this run
        self._excess = known.excess or PROMPT_EXCESS

    def messages(self, request: Request) -> list[Any]:
        """Return the messages of a call."""
        instructed = request.instruction and not self.prefills(request)
        user = f"{request.user}\n\n{request.instruction}" if instructed else request.user
        messages: list[Any] = [{"role": "user", "content": f"{request.system}\n\n{user}"}]
        if self._system:
            messages = [{"role": "system", "content": request.system}, {"role": "user", "content": user}]
        if self.prefills(request):
            messages.append(providers.prefilled(self._provider, request.begun, request.reasoning)[0])
        return messages

    def sent(self, request: Request) -> dict[str, Any]:
        """Return the parameters of a call, without those that this server has refused."""
        provider, access = self._provider, self._access
        sent: dict[str, Any] = {**provider.extra, "stream_options": {"include_usage": True}}
        sent |= self._thinking(request)[0]
        if "seed" in sent:
            sent["seed"] += request.attempt
        if access.temperature is not None and provider.temperature:
            sent["temperature"] = access.temperature
        if provider.cache_key and self._cache_key:
            sent["prompt_cache_key"] = self._cache_key
        if request.schema is not None:
            named = {"name": "answer", "strict": True, "schema": request.schema}
            schema = {"type": "json_schema", "json_schema": named}
            sent["response_format"] = schema if self._json == "schema" else {"type": "json_object"}
        if self.prefills(request):
            sent |= providers.prefilled(provider, request.begun, request.reasoning)[1]
        sent = {name: value for name, value in sent.items() if name not in self._left_out}
        return {**sent, self._cap_name: self.cap(request)}

    def cap(self, request: Request) -> int:
        """Return the most tokens that the answer may take, reasoning included."""
        room = max(self._room, THINKING_ROOM if self._thinking(request)[1] else 0)
        cap = self._access.max_output_tokens or request.cap + room
        left = self._context - round(self._excess * count_tokens(request.sent))
        # A context of an earlier run that is too small for the prompt may have grown.
        if self._context and (self._is_told or left >= LEAST_ANSWER):
            cap = min(cap, max(LEAST_ANSWER, left))
        return min(cap, self._most or cap, self._afforded or cap)

    def prefills(self, request: Request) -> bool:
        """Say whether the model is given the text to go on with as its own.

        One that thinks would begin to think anew, unless it is given what it thought, which only Moonshot promises.
        """
        if not request.begun or not self._prefill:
            return False
        thought = self._provider.prefill == "partial" and bool(request.reasoning)
        return thought or not self._thinking(request)[1]

    def learn(self, wrong: Fault, request: Request, tries: int) -> str | None:
        """Return what to do without from now on, as a line for a person, where a refusal of `request` shows it.

        `tries` are the calls made for it, this one included: one server's error may be of a moment only.
        """
        less = self._less(wrong, request)
        final = wrong.filtered or wrong.too_long or wrong.unknown_model or wrong.no_quota or wrong.refuses_key
        if less or final or wrong.elsewhere or wrong.used_up or wrong.status not in (400, 422, 500):
            return less
        if wrong.no_system and self._system:
            self._system = False
            return "The model takes no system's message: putting it before what is asked."
        if wrong.no_json and request.schema is not None and "response_format" not in self._left_out:
            self._left_out.add("response_format")
            return "The server does not get JSON out of its model: asking for it in words only."
        known = {*self.sent(request), *self._left_out, self._provider.cap}
        named = wrong.names(known) if wrong.status in (400, 422) else None
        if named is not None or (wrong.status in (400, 422) and self.prefills(request)):
            return self._without(named, request)
        return self._without_an_extra(request) if wrong.status in (400, 422) or tries > 1 else None

    def _less(self, wrong: Fault, request: Request) -> str | None:
        """Obey the most tokens that an error tells: of an answer, or of the model's context."""
        cap = self.cap(request)
        if 0 < wrong.most < cap:
            if wrong.most_for_now:
                self._afforded = wrong.most
            else:
                self._most = wrong.most
                self._keep()
            return f"The server gives at most {wrong.most:,} tokens to an answer: asking for no more."
        if wrong.too_long and wrong.context and (wrong.context != self._context or not self._is_told):
            guessed = max(1, count_tokens(request.sent))
            sent = wrong.prompt or guessed
            self._context, self._is_told = wrong.context, True
            self._excess = COUNTED_EXCESS * wrong.prompt / guessed if wrong.prompt else self._excess
            self._keep()
            if LEAST_ANSWER <= wrong.context - sent < cap and self.cap(request) < cap:
                return f"The model's context is {wrong.context:,} tokens: asking for less of an answer."
        return None

    def _keep(self) -> None:
        if self._limits and self._address:
            self._limits.keep(self._address, self._model, Limit(self._most, self._context, self._excess))

    def _without(self, named: str | None, request: Request) -> str | None:
        """Leave out the parameter that an error names, or call it otherwise."""
        if self.prefills(request) and (named is None or named in providers.prefilled(self._provider, "", "")[1]):
            # Not every build of a server takes a text to go on with, and its error may name no parameter.
            self._prefill = False
            return "The server does not go on with a text of ours: telling it what it wrote."
        if named in CAPS:
            # The cap is never left out; it goes by one of two names.
            other = CAPS[1 - CAPS.index(self._cap_name)]
            if named != self._cap_name or self._cap_name != self._provider.cap:
                return None
            self._cap_name = other
            return f"The server refuses `{named}`: using `{other}`."
        if named is not None and named not in self._left_out:
            self._left_out.add(named)
            return f"The server refuses `{named}`: going on without it."
        return None

    def _without_an_extra(self, request: Request) -> str | None:
        """Leave out the next of what a server that is not known might refuse without naming it."""
        extra = next((name for name in EXTRAS if name in self.sent(request)), None)
        if extra is None or self._provider.id != providers.UNKNOWN.id:
            return None
        if extra == "response_format" and self._json == "schema":
            self._json = "object"
            return "The server refuses the request: trying with JSON of any form."
        self._left_out.add(extra)
        return f"The server refuses the request: trying without `{extra}`."

    def room(self, request: Request) -> tuple[Request, str]:
        """Return what to ask after an answer that was all reasoning, and a line for a person.

        There is more room for the reasoning, or, where the author has set the cap, less reasoning. Raises WriterError.
        """
        cap = self._access.max_output_tokens
        if cap is None:
            self._room = min(MOST_ROOM, max(THINKING_ROOM, 2 * self._room))
            return request, "The model's reasoning left no room for its answer: asking again with more."
        if request.thinking:
            less = replace(request, thinking=False)
            return less, "The model's reasoning left no room for its answer: asking again with less of it."
        message = f"the model's reasoning took all of KIMI_MAX_OUTPUT_TOKENS={cap}. Set it higher, or leave it out."
        raise WriterError(message, why="It reasons before it answers, unless KIMI_THINKING is `never`.")

    def _thinking(self, request: Request) -> tuple[Mapping[str, Any], bool]:
        setting = self._access.thinking
        wanted = setting == "always" or (setting == "plan" and request.thinking)
        return providers.thinking(self._provider, self._model, wanted=wanted)
