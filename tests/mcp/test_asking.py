"""/mcp by the package's own client, against a server on loopback; the configuration of a client is the document's."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from mcp import Client

from resources.mcp.tools import LONGEST

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "for-programs.md").read_text()
SITE = "http://127.0.0.1:8000"


def ask(served, *calls, mode="auto"):
    """What the tools answer to (name, arguments), over one connection as the document has it."""
    written = re.search(r"```json\n(\{\s*\"mcpServers\".*?)```", DOCUMENT, re.DOTALL)
    assert written
    url = json.loads(written[1])["mcpServers"]["rayhub"]["url"]
    assert url == f"{SITE}/mcp"

    async def run():
        async with Client(url.replace(SITE, served), mode=mode) as client:
            tools = await client.list_tools()
            answers = [await client.call_tool(name, given) for name, given in calls]
            return client.instructions, tools, answers

    return asyncio.run(run())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_assistant_finds_reads_and_names_its_sources(served, mode):
    calls = [
        ("search", {"query": "spark"}),
        ("read_entry", {"address": f"{served}/wiki/ray-data/"}),
        ("list_section", {}),
        ("list_section", {"section": "libraries"}),
        ("recent_changes", {"limit": 2}),
        ("recent_changes", {"kind": "section"}),
    ]
    instructions, tools, answers = ask(served, *calls, mode=mode)
    assert "Search first" in instructions
    assert [tool.name for tool in tools.tools] == ["search", "read_entry", "list_section", "recent_changes"]
    assert all(tool.annotations.read_only_hint for tool in tools.tools)
    assert not any(answer.is_error for answer in answers)
    found, read, sections, listed, changes, of_sections = (answer.structured_content for answer in answers)
    assert [one["page"] for one in found["results"]] == [f"{served}/resources/raydp/"]
    assert found["results"][0]["markdown"] == f"{served}/resources/raydp.md?form=reading"
    assert f"Reads [RayDP]({served}/resources/raydp/) well." in answers[1].content[0].text
    assert (read["page"], read["next_offset"]) == (f"{served}/wiki/ray-data/", None)
    assert [(one["title"], one["resources"]) for one in sections["sections"]] == [("Libraries", 1)]
    assert listed["resources"][0]["url"] == "https://example.org/raydp"
    assert listed["total"] == 1
    assert [one["title"] for one in changes["changes"]] == ["Ray Data", "RayDP"]
    assert {one["kind"] for one in of_sections["changes"]} == {"section"}
    assert changes["changes"][0]["change"] == f"{served}/wiki/ray-data/history/1/"


def test_long_texts_come_in_parts(served):
    _said, _tools, (first,) = ask(served, ("read_entry", {"address": "/wiki/long/"}))
    answer = first.structured_content
    assert (len(answer["text"]), answer["next_offset"]) == (LONGEST, LONGEST)
    _said, _tools, (second,) = ask(served, ("read_entry", {"address": "/wiki/long/", "offset": LONGEST}))
    both = answer["text"] + second.structured_content["text"]
    numbers = [int(number) for number in re.findall(r"Paragraph (\d+) of many\.", both)]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) > 1_200


def test_claims_come_with_how_far_they_are_verified(served):
    _said, _tools, (read,) = ask(served, ("read_entry", {"address": "case-studies/uber.md?form=reading"}))
    assert "| Claim c1. |  | unverified | <https://example.org/a> |" in read.content[0].text


def test_what_cannot_be_answered_says_what_to_do(served):
    calls = [
        ("read_entry", {"address": "/wiki/none/"}),
        ("read_entry", {"address": "https://example.org/"}),
        ("read_entry", {"address": "/wiki/gone/"}),
        ("list_section", {"section": "none"}),
        ("search", {"query": "x", "limit": 1000}),
        ("search", {"quary": "x"}),
        ("search", {"query": "\"kind:none' AND ( *"}),
    ]
    _said, _tools, answers = ask(served, *calls)
    assert [answer.is_error for answer in answers] == [True] * 6 + [False]
    words = [answer.content[0].text for answer in answers]
    assert "Look for it with search" in words[0]
    assert "Look for it with search" in words[1]
    assert "was removed" in words[2]
    assert "limit: Input should be less than or equal to 30" in words[4]
    assert "quary: Extra inputs are not permitted" in words[5]


def test_addresses_of_before_are_followed(served):
    _said, _tools, (read,) = ask(served, ("read_entry", {"address": "/wiki/before/"}))
    assert read.structured_content["page"] == f"{served}/wiki/after/"
