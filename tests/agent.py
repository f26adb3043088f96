"""An agent: the client of the package `mcp`, which drives a real `novelist mcp` over its standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from in_process import Here
from scripted import Scripted

if TYPE_CHECKING:
    from mcp.client import Client

NOVELIST = str(Path(sys.executable).with_name("novelist"))
KIMI = {"KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6"}  # whose prices are known


@dataclass(frozen=True)
class Agent:
    """A client that is connected to the server of a book, which the scripted server writes."""

    client: Client
    book: Here
    server: Scripted

    async def call(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """Call a tool, which must answer; what it answers as text is the same."""
        answered = await self._called(tool, arguments)
        assert not answered.is_error, answered.content
        assert [json.loads(each.text) for each in answered.content] == [answered.structured_content]
        assert answered.structured_content is not None
        return dict(answered.structured_content)

    async def fails(self, tool: str, /, **arguments: Any) -> str:
        """Call a tool, which must not do it, and return why."""
        answered = await self._called(tool, arguments)
        assert answered.is_error
        (text,) = (str(each.text) for each in answered.content)
        return text

    async def _called(self, tool: str, arguments: dict[str, Any]) -> Any:
        return await self.client.call_tool(tool, arguments)


def set_model(book: Here, *lines: str) -> None:
    """Have the `.env` of a book say which model writes it."""
    (book / ".env").write_text("".join(f"{line}\n" for line in lines))


def drive(
    book: Here, server: Scripted, *scenarios: Callable[[Agent], Coroutine[Any, Any, None]], **environ: str
) -> str:
    """Have an agent do what scenarios say, in one process of `novelist mcp`, and return what that printed as errors."""
    # Late: only what drives an agent waits for them.
    import anyio
    from mcp.client import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    errors = book.root.parent / "agent-errors"
    set_model(book, *(f"{name}={value}" for name, value in KIMI.items()))
    command = StdioServerParameters(command=NOVELIST, args=["mcp"], env={**book.environ, **environ}, cwd=book.root)

    async def run() -> None:
        with errors.open("w", encoding="utf-8") as log:
            async with Client(stdio_client(command, errlog=log)) as client:
                for scenario in scenarios:
                    await scenario(Agent(client, book, server))

    anyio.run(run)
    return errors.read_text(encoding="utf-8")
