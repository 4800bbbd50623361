"""Drives a server with the official client: client.py MODE (URL | COMMAND ARGUMENT...); prints one JSON object.

TOKEN in the environment is sent as `Authorization: Bearer`.
"""

import asyncio
import json
import os
import sys

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client


def server(arguments):
    if not arguments[0].startswith("http"):
        return StdioServerParameters(command=arguments[0], args=arguments[1:], env=dict(os.environ))
    token = os.environ.get("TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return streamable_http_client(arguments[0], http_client=httpx2.AsyncClient(headers=headers, trust_env=False))


async def main():
    mode, *arguments = sys.argv[1:]
    out = {"progress": []}

    async def progress(done, total, message):
        out["progress"].append([done, total, message])

    async with Client(server(arguments), mode=mode, read_timeout_seconds=30) as client:
        out["version"] = client.protocol_version
        out["server"] = client.server_info.name if client.server_info else None
        tools = (await client.list_tools()).tools
        out["tools"] = [tool.name for tool in tools]
        resources = (await client.list_resources()).resources
        out["resources"] = [resource.name for resource in resources]
        templates = await client.list_resource_templates()
        out["templates"] = [template.uri_template for template in templates.resource_templates]
        if resources:
            out["text"] = (await client.read_resource(resources[0].uri)).contents[0].text
        found = await client.call_tool("search", {"query": "knee", "limit": 1})
        out["search"] = found.structured_content
        out["search_text"] = found.content[0].text
        first = found.structured_content["results"][0]["id"]
        out["fetch"] = (await client.call_tool("fetch", {"id": first})).structured_content
        answer = await client.call_tool(
            "ask", {"question": "What does the knee joint bend?"}, progress_callback=progress)
        out["ask"] = answer.structured_content
        wrong = await client.call_tool("search", {"query": "knee", "limit": 500})
        out["wrong"] = [wrong.is_error, wrong.content[0].text]
        try:
            await client.call_tool("serch", {})
        except Exception as error:
            out["unknown"] = str(error)
        if "add_task" in out["tools"]:
            await client.call_tool("add_task", {"title": "Oil the knee"})
            out["tasks"] = (await client.call_tool("list_tasks", {})).structured_content
        if mode == "legacy":
            await client.send_ping()
    print(json.dumps(out))


asyncio.run(main())
