"""Strands Agents with its OpenAI model."""

import openai
from pydantic import BaseModel
from strands import Agent, tool
from strands.models.openai import OpenAIModel
from strands.types.exceptions import ContextWindowOverflowException, ModelThrottledException

from harness import (
    BACKEND, BASE_URL, KEY, MODEL, PICTURE, PICTURE_SEEN, PLAIN_MODEL, WEATHER_ANSWER, WEATHER_QUESTION,
    abort_times, attempts, check, check_equal, crowd, each, echo, faulty, new_tag, raised,
)


class Place(BaseModel):
    """A place."""

    city: str
    population: int
    tags: list[str]


@tool
def get_weather(city: str) -> str:
    """The weather of a city.

    Args:
        city: its name
    """
    return f"sunny in {city}"


def agent(model_id=MODEL, stream=True, client_args=None, **more):
    arguments = {"base_url": BASE_URL, "api_key": KEY, "max_retries": 0, **(client_args or {})}
    model = OpenAIModel(client_args=arguments, model_id=model_id, stream=stream)
    return Agent(model=model, callback_handler=None, retry_strategy=None, **more)


def text_of(result):
    return "".join(block.get("text", "") for block in result.message["content"])


async def ask(prompt, **more):
    result = await agent(**more).invoke_async(prompt)
    check_equal(result.stop_reason, "end_turn", "stop_reason")
    return text_of(result)


async def ask_whole(prompt):
    return await ask(prompt, stream=False)


async def scenario_chat():
    result = await agent(stream=False, system_prompt="Be kind.").invoke_async("Hello.")
    check_equal(text_of(result), echo("Hello.") + " I was told: Be kind.", "text")
    check_equal(result.metrics.accumulated_usage["totalTokens"], 30, "usage")


async def scenario_header():
    headers = {"default_headers": {"X-Provider-LLM": BACKEND}}
    check_equal(await ask("Hello.", model_id=PLAIN_MODEL, client_args=headers), echo("Hello."), "text")


async def scenario_stream():
    text, pieces, result = "", 0, None
    async for event in agent().stream_async("Hello."):
        if "data" in event:
            text += event["data"]
            pieces += 1
        result = event.get("result", result)
    check_equal(text, echo("Hello."), "text")
    check(pieces > 3, f"only {pieces} pieces")
    check_equal(result.metrics.accumulated_usage["totalTokens"], 30, "usage")


async def scenario_tools():
    check_equal(await ask(WEATHER_QUESTION, stream=False, tools=[get_weather]), WEATHER_ANSWER, "text")


async def scenario_tools_stream():
    check_equal(await ask(WEATHER_QUESTION, tools=[get_weather]), WEATHER_ANSWER, "text")


async def scenario_structured():
    result = await agent().invoke_async("Describe a place.", structured_output_model=Place)
    place = result.structured_output
    check_equal((place.city, place.population, len(place.tags)), ("Paris", 7, 2), "structured_output")


async def scenario_vision():
    image = {"image": {"format": "png", "source": {"bytes": PICTURE}}}
    check_equal(await ask([{"text": "What is this?"}, image]), PICTURE_SEEN, "text")


async def _error(name, expected):
    error = await raised(ask(faulty(f"error-{name}")))
    check(isinstance(error, expected), f"another error: {error!r}")
    if name == "429":
        check_equal(error.__cause__.response.headers["retry-after"], "1", "Retry-After")


each(
    globals(),
    "error",
    {
        "400": openai.BadRequestError,
        "404": openai.NotFoundError,
        "429": ModelThrottledException,
        "500": openai.InternalServerError,
        "drop": openai.InternalServerError,
        "context": ContextWindowOverflowException,
    },
    _error,
)


async def scenario_error_401():
    error = await raised(ask("Hi.", client_args={"api_key": "wrong"}))
    check(isinstance(error, openai.AuthenticationError), f"another error: {error!r}")


async def scenario_retry():
    tag = new_tag()
    text = await ask(f"Hi. [do:retry-429] [tag:{tag}]", client_args={"max_retries": 2})
    check_equal(text, echo("Hi."), "text")
    check_equal(await attempts(tag), 2, "requests upstream")


async def _broken_stream(name, words):
    error = await raised(ask(faulty(f"stream-{name}")))
    check(words in str(error), f"another message: {error!r}")


each(globals(), "stream", {"error": "stumbled", "cut": "", "drop": ""}, _broken_stream)


async def _abort(how, _):
    return await abort_times(how, ask)


each(globals(), "abort", {"endless": 0, "silent": 0, "waiting": 0}, _abort)


async def scenario_abort_whole():
    return await abort_times("waiting", ask_whole)


async def scenario_crowd():
    await crowd(ask)
