"""What the suites for Python have in common: how scenarios run, what they ask, how results are told."""

import asyncio
import base64
import importlib.metadata
import json
import os
import re
import sys
import urllib.request
import uuid
from pathlib import Path

TIMEOUT_SECONDS = 120
ABORT_ROUNDS = 5
ABORT_LIMIT_MILLIS = 100
CROWD = 200

BACKEND = os.environ["INTEROP_BACKEND"]
BASE_URL = os.environ["INTEROP_BASE_URL"]
KEY = os.environ["INTEROP_KEY"]
PLAIN_MODEL = os.environ["INTEROP_MODEL"]
MODEL = f"{BACKEND}/{PLAIN_MODEL}"

PICTURE = Path(os.environ["INTEROP_PICTURE"]).read_bytes()
PICTURE_URL = "data:image/png;base64," + base64.b64encode(PICTURE).decode()
PICTURE_SEEN = "I see a PNG of 3x2 with checksum f667d6e9."

WEATHER_QUESTION = "What is the weather in Paris and Rome?"
WEATHER_ANSWER = "The tools said: sunny in Paris; sunny in Rome."
VECTORS = [[3, 0.5, -1.25, 0], [5, 0.5, -1.25, 1]]


class Skip(Exception):
    """A scenario that an SDK has no way to do."""


def echo(words):
    """What the fake's model answers to plain words."""
    return f"You said: {words} — 你好 🙂."


def faulty(fault):
    return f"Fail, please. [do:{fault}]"


def new_tag():
    return str(uuid.uuid4())


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def check_equal(actual, expected, what):
    check(actual == expected, f"{what}: expected {expected!r}, was {actual!r}")


def _get(address):
    with urllib.request.urlopen(address) as response:
        return json.load(response)


async def _control(what, tag):
    return await asyncio.to_thread(_get, f"{os.environ['INTEROP_CONTROL_URL']}/{what}?tag={tag}")


async def attempts(tag):
    return (await _control("attempts", tag))["attempts"]


async def raised(awaitable):
    """The exception that an SDK raises; it is a failure if there is none."""
    try:
        result = await awaitable
    except AssertionError:
        raise
    except Exception as error:
        return error
    raise AssertionError(f"no exception was raised, but this came: {result!r}")


async def _cancel(task):
    """Cancels until it is done: before Python 3.12 asyncio.wait_for, which SDKs use, can lose a cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=1)


async def abort_times(how, call):
    """Cancels calls and measures until the fake upstream sees its connection closed.

    how: what the upstream does meanwhile: endless, silent or waiting
    call: an async function that makes a call with a text and reads all that comes
    """
    times = []
    for _ in range(ABORT_ROUNDS):
        tag = new_tag()
        task = asyncio.create_task(call(f"Speak. [do:{how}] [tag:{tag}]"))
        waiting = asyncio.create_task(_control("await", tag))
        await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
        check(not task.done(), f"the call ended before it was aborted: {task}")
        check((await waiting)["ok"], "the call did not reach the upstream")
        await _control("mark", tag)
        cancelling = asyncio.create_task(_cancel(task))
        closed = await _control("closed", tag)
        check(closed["ok"], "the upstream connection was not closed")
        times.append(closed["millis"])
        await cancelling
    return judged(times)


def judged(times):
    times.sort()
    median = times[len(times) // 2]
    text = f"closed after {median} ms, at most {times[-1]} ms"
    check(median < ABORT_LIMIT_MILLIS, text)
    return text


async def crowd(call):
    """Opens many streams; the upstream lets none of them end before all are open.

    call: an async function that makes a streamed call with a text and returns the text of the answer
    """
    name = new_tag()

    async def member(index):
        words = f"I am number {index}."
        text = await call(f"{words} [do:crowd] [size:{CROWD}] [tag:{name}-{index}]")
        check_equal(text, echo(words), f"stream {index}")

    await asyncio.gather(*(member(index) for index in range(CROWD)))


async def _outcome(scenario):
    try:
        detail = await asyncio.wait_for(scenario(), TIMEOUT_SECONDS)
        return "pass", detail or ""
    except Skip as skip:
        return "skip", str(skip)
    except TimeoutError:
        return "fail", "it hung"
    except Exception as error:
        return "fail", f"{type(error).__name__}: {error}"


async def run(sdk, package, scenarios):
    """Runs the scenarios of one SDK, one after the other, as far as they are wanted."""
    if not re.search(os.environ["INTEROP_ONLY"], sdk):
        return
    version = importlib.metadata.version(package)
    for name, scenario in scenarios.items():
        if not re.search(os.environ["INTEROP_SCENARIO"], name):
            continue
        result, detail = await _outcome(scenario)
        detail = re.sub(r"\s+", " ", detail)
        with open(os.environ["INTEROP_RESULTS"], "a", encoding="utf-8") as file:
            file.write("\t".join([sdk, version, BACKEND, name, result, detail]) + "\n")
        print(f"  {result} {sdk} {name} {detail}"[:600], file=sys.stderr)


def scenarios_of(module):
    """The functions of a suite that are named scenario_..., by their names with dashes."""
    prefix = "scenario_"
    return {
        name[len(prefix) :].replace("_", "-"): function
        for name, function in vars(module).items()
        if name.startswith(prefix)
    }


def each(module, prefix, cases, scenario):
    """Adds scenarios that differ in one value only."""
    for name, value in cases.items():

        async def one(name=name, value=value):
            return await scenario(name, value)

        module[f"scenario_{prefix}_{name}"] = one
