"""The protocol itself, for one request at a time: the package's own transport without sessions, answering in JSON.

Our server speaks WSGI, so that each request runs the package's ASGI application in a loop of its own, in the thread that
serves it; what the tools ask of the database runs in that same thread.
"""

from dataclasses import dataclass, field
from typing import Any

import mcp_types as types
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel, ValidationError

from resources.mcp.tools import TOOLS, EntryText, Refused

UNSENT = frozenset({b"authorization", b"cookie", b"connection"})
"""Headers that the protocol has no business with: nobody is known here."""

INSTRUCTIONS = (
    "RayHub is a community knowledge base around Ray, the distributed computing framework. Search first, then read the "
    "entries that fit, and name their pages as sources. Claims that are not marked as verified are to be told as such."
)


@dataclass(slots=True)
class _Answer:
    """What the application sends."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def exchange(request: HttpRequest) -> HttpResponse:
    """What the protocol answers to a request."""
    answer = async_to_sync(_exchange)(_scope(request), request.body)
    headers = {name: value for name, value in answer.headers if name.lower() != "content-length"}
    return HttpResponse(bytes(answer.body), status=answer.status, headers=headers)


async def _exchange(scope: Any, body: bytes) -> _Answer:
    answer = _Answer()
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    # A manager serves one loop: each request has one, and all have the same server behind it.
    manager = StreamableHTTPSessionManager(_server, json_response=True, stateless=True)
    async with manager.run():
        await manager.handle_request(scope, receive, answer.send)
    return answer


def _scope(request: HttpRequest) -> dict[str, Any]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name, value) for name, value in headers if name not in UNSENT],
        "client": None,
        "server": None,
    }


async def _list_tools(
    _context: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None
) -> types.ListToolsResult:
    reading = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    return types.ListToolsResult(
        tools=[
            types.Tool(
                name=name,
                title=tool.title,
                description=tool.words,
                input_schema=tool.asked.model_json_schema(),
                output_schema=tool.answer.model_json_schema(mode="serialization"),
                annotations=reading,
            )
            for name, tool in TOOLS.items()
        ]
    )


async def _call_tool(_context: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
    tool = TOOLS.get(params.name)
    if tool is None:
        raise MCPError(types.INVALID_PARAMS, f"There is no tool {params.name[:80]!r}. There are: {', '.join(TOOLS)}.")
    try:
        asked = tool.asked.model_validate(params.arguments or {})
        answer = await sync_to_async(tool.do)(asked)
    except ValidationError as error:
        return _refused("\n".join(_trouble(one) for one in error.errors()))
    except Refused as refused:
        return _refused(str(refused))
    return types.CallToolResult(content=[_text(answer)], structured_content=answer.model_dump(mode="json"))


def _text(answer: BaseModel) -> types.TextContent:
    """An answer for who reads no structure: a text as it is, all else as JSON."""
    said = answer.text if isinstance(answer, EntryText) else answer.model_dump_json(indent=1)
    return types.TextContent(type="text", text=said)


def _trouble(error: Any) -> str:
    return f"{'.'.join(str(place) for place in error['loc']) or 'arguments'}: {error['msg']}"


def _refused(words: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=words)], is_error=True)


_server: Server[Any] = Server(
    "rayhub",
    title="RayHub",
    instructions=INSTRUCTIONS,
    website_url=settings.SITE_URL,
    on_list_tools=_list_tools,
    on_call_tool=_call_tool,
)
