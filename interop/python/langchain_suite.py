"""LangChain: langchain-openai, and the agent of langchain."""

import openai
from langchain.agents import create_agent
from langchain_core.exceptions import ContextOverflowError
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel

from harness import (
    BACKEND, BASE_URL, KEY, MODEL, PICTURE_SEEN, PICTURE_URL, PLAIN_MODEL, VECTORS, WEATHER_ANSWER,
    WEATHER_QUESTION, abort_times, attempts, check, check_equal, crowd, each, echo, faulty, new_tag, raised,
)


class Place(BaseModel):
    """A place."""

    city: str
    population: int
    tags: list[str]


@tool
def get_weather(city: str) -> str:
    """The weather of a city."""
    return f"sunny in {city}"


def model(**more):
    return ChatOpenAI(**{"model": MODEL, "api_key": KEY, "base_url": BASE_URL, "max_retries": 0, **more})


async def chat(text):
    return await model().ainvoke(text)


async def streamed(content, one=None):
    answer, pieces = None, 0
    async for chunk in (one or model()).astream(content):
        answer = chunk if answer is None else answer + chunk
        pieces += 1
    check_equal(answer.response_metadata["finish_reason"], "stop", "finish_reason")
    return answer, pieces


async def streamed_text(content, one=None):
    return (await streamed(content, one))[0].content


async def scenario_chat():
    answer = model(temperature=0.5, max_tokens=99).invoke([SystemMessage("Be kind."), HumanMessage("Hello.")])
    check_equal(answer.content, echo("Hello.") + " I was told: Be kind.", "content")
    check_equal(answer.usage_metadata["total_tokens"], 30, "usage")
    check_equal(answer.usage_metadata["input_token_details"]["cache_read"], 4, "cached tokens")
    check_equal(answer.response_metadata["finish_reason"], "stop", "finish_reason")


async def scenario_header():
    answer = await model(model=PLAIN_MODEL, default_headers={"X-Provider-LLM": BACKEND}).ainvoke("Hello.")
    check_equal(answer.content, echo("Hello."), "content")


async def scenario_stream():
    answer, pieces = await streamed("Hello.", model(stream_usage=True))
    check_equal(answer.content, echo("Hello."), "content")
    check(pieces > 3, f"only {pieces} pieces")
    check_equal(answer.usage_metadata["total_tokens"], 30, "usage")


async def scenario_tools():
    agent = create_agent(model(), tools=[get_weather])
    state = await agent.ainvoke({"messages": [HumanMessage(WEATHER_QUESTION)]})
    check_equal(state["messages"][-1].content, WEATHER_ANSWER, "the answer")


async def scenario_tools_stream():
    agent = create_agent(model(streaming=True), tools=[get_weather])
    text = ""
    question = {"messages": [HumanMessage(WEATHER_QUESTION)]}
    async for message, _ in agent.astream(question, stream_mode="messages"):
        if message.type in ("ai", "AIMessageChunk"):
            text += message.content
    check_equal(text, WEATHER_ANSWER, "the answer")


async def scenario_structured():
    for method in ("json_schema", "function_calling"):
        place = await model().with_structured_output(Place, method=method).ainvoke("Describe a place.")
        check_equal((place.city, place.population, len(place.tags)), ("Paris", 7, 2), method)


async def scenario_vision():
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": PICTURE_URL}}]
    check_equal((await model().ainvoke([HumanMessage(parts)])).content, PICTURE_SEEN, "content")


async def scenario_embeddings():
    # Without the model's tokenizer the texts go as they are.
    embeddings = OpenAIEmbeddings(
        model=MODEL, api_key=KEY, base_url=BASE_URL, max_retries=0, check_embedding_ctx_length=False
    )
    call = embeddings.aembed_documents(["one", "three"])
    if BACKEND == "bedrock":
        error = await raised(call)
        check(isinstance(error, openai.BadRequestError), f"another error: {error!r}")
        return f"refused: {error}"
    check_equal(await call, VECTORS, "vectors")


async def _error(name, expected):
    error = await raised(chat(faulty(f"error-{name}")))
    check(isinstance(error, expected), f"another error: {error!r}")
    error = await raised(streamed_text(faulty(f"error-{name}")))
    check(isinstance(error, expected), f"another error in a stream: {error!r}")
    if name == "429":
        check_equal(error.response.headers["retry-after"], "1", "Retry-After")


each(
    globals(),
    "error",
    {
        "400": openai.BadRequestError,
        "404": openai.NotFoundError,
        "429": openai.RateLimitError,
        "500": openai.InternalServerError,
        "drop": openai.InternalServerError,
        "context": ContextOverflowError,
    },
    _error,
)


async def scenario_error_401():
    error = await raised(model(api_key="wrong").ainvoke("Hi."))
    check(isinstance(error, openai.AuthenticationError), f"another error: {error!r}")


async def scenario_retry():
    tag = new_tag()
    answer = await model(max_retries=2).ainvoke(f"Hi. [do:retry-429] [tag:{tag}]")
    check_equal(answer.content, echo("Hi."), "content")
    check_equal(await attempts(tag), 2, "requests upstream")


async def _broken_stream(name, words):
    error = await raised(streamed_text(faulty(f"stream-{name}")))
    check(words in str(error), f"another message: {error!r}")


each(globals(), "stream", {"error": "stumbled", "cut": "", "drop": ""}, _broken_stream)


async def _abort(how, _):
    return await abort_times(how, streamed_text)


each(globals(), "abort", {"endless": 0, "silent": 0, "waiting": 0}, _abort)


async def scenario_abort_whole():
    return await abort_times("waiting", chat)


async def scenario_crowd():
    one = model()
    await crowd(lambda text: streamed_text(text, one))
