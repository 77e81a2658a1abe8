import asyncio

import langchain_suite
import openai_suite
import strands_suite
from harness import run, scenarios_of


async def main():
    await run("openai-python", "openai", scenarios_of(openai_suite))
    await run("langchain-python", "langchain-openai", scenarios_of(langchain_suite))
    await run("strands-python", "strands-agents", scenarios_of(strands_suite))


asyncio.run(main())
