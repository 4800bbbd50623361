"""Runs an agent of the package openai-agents on a server; any surprise ends it with a traceback."""

import asyncio
import sys

import agents
import openai

QUESTION = "How far does the knee joint bend the leg?"
ANSWER = "It bends by 120 degrees [1], they say."

agents.set_tracing_disabled(True)
agents.set_default_openai_client(openai.AsyncOpenAI(base_url=sys.argv[1], api_key="unused", max_retries=0))


@agents.function_tool
def look(where: str) -> str:
    """Looks somewhere."""
    raise SystemExit(f"nobody has asked to look at {where}")


async def main():
    agent = agents.Agent(name="Guide", instructions="Be brief.", model="footnote", tools=[look])
    session = agents.SQLiteSession("one")
    first = await agents.Runner.run(agent, QUESTION, session=session)
    assert first.final_output == ANSWER, first.final_output
    assert first.context_wrapper.usage.total_tokens == 12, first.context_wrapper.usage

    # The session sends what was said before.
    second = agents.Runner.run_streamed(agent, QUESTION, session=session)
    types = [event.data.type async for event in second.stream_events() if event.type == "raw_response_event"]
    assert types[0] == "response.created" and types[-1] == "response.completed", types
    assert second.final_output == ANSWER, second.final_output
    assert len(await session.get_items()) == 4

    try:
        await agents.Runner.run(agent, QUESTION, previous_response_id="resp_1")
        raise SystemExit("an earlier response was found")
    except openai.BadRequestError as error:
        assert error.param == "previous_response_id", error


asyncio.run(main())
