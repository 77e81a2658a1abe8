// What the suites for Node have in common: how scenarios run, what they ask, how results are told.
import { appendFileSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

const environment = process.env;
const TIMEOUT_MILLIS = 120_000;
const ABORT_ROUNDS = 5;
const ABORT_LIMIT_MILLIS = 100;

export const backend = environment.INTEROP_BACKEND;
export const baseURL = environment.INTEROP_BASE_URL;
export const key = environment.INTEROP_KEY;
export const plainModel = environment.INTEROP_MODEL;
export const model = `${backend}/${plainModel}`;
export const CROWD = 200;

export const pictureUrl =
  'data:image/png;base64,' + readFileSync(environment.INTEROP_PICTURE).toString('base64');
export const pictureSeen = 'I see a PNG of 3x2 with checksum f667d6e9.';

export const weatherQuestion = 'What is the weather in Paris and Rome?';
export const weatherOf = (city) => `sunny in ${city}`;

/** A scenario that an SDK has no way to do. */
export class Skip extends Error {}

/** Something is not as it must be. */
class Unexpected extends Error {}

export function check(condition, message) {
  if (!condition) throw new Unexpected(message);
}

export function checkEqual(actual, expected, what) {
  const [is, want] = [JSON.stringify(actual), JSON.stringify(expected)];
  check(is === want, `${what}: expected ${want}, was ${is}`);
}

export function checkWeather(text) {
  checkEqual(text, 'The tools said: sunny in Paris; sunny in Rome.', 'the answer');
}

/** What the fake's model answers to plain words. */
export const echo = (words) => `You said: ${words} — 你好 🙂.`;

export const faulty = (fault) => `Fail, please. [do:${fault}]`;

export const newTag = () => randomUUID();

async function control(what, tag) {
  const response = await fetch(`${environment.INTEROP_CONTROL_URL}/${what}?tag=${tag}`);
  return response.json();
}

export const attempts = async (tag) => (await control('attempts', tag)).attempts;

/** The error that an SDK throws in an action; it is a failure if there is none. */
export async function raised(action) {
  let result;
  try {
    result = await action();
  } catch (error) {
    if (error instanceof Unexpected) throw error;
    return error;
  }
  throw new Unexpected('no error was raised, but this came: ' + JSON.stringify(result));
}

/**
 * Aborts calls and measures until the fake upstream sees its connection closed.
 * @param how what the upstream does meanwhile: endless, silent or waiting
 * @param call makes a call with a text and an AbortSignal, and reads all that comes
 */
export async function abortTimes(how, call) {
  const times = [];
  for (let round = 0; round < ABORT_ROUNDS; round++) {
    const tag = newTag();
    const controller = new AbortController();
    const ended = call(`Speak. [do:${how}] [tag:${tag}]`, controller.signal).then(
      () => 'a good end',
      (error) => error,
    );
    const first = await Promise.race([control('await', tag), ended]);
    check(first.ok === true, `the call ended before it was aborted: ${first}`);
    await control('mark', tag);
    controller.abort();
    const closed = await control('closed', tag);
    check(closed.ok, 'the upstream connection was not closed');
    times.push(closed.millis);
    await ended;
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  const text = `closed after ${median} ms, at most ${times.at(-1)} ms`;
  check(median < ABORT_LIMIT_MILLIS, text);
  return text;
}

/**
 * Opens many streams; the upstream lets none of them end before all are open.
 * @param call makes a streamed call with a text and returns the text of the answer
 */
export async function crowd(call) {
  const name = newTag();
  const calls = Array.from({ length: CROWD }, async (_, index) => {
    const words = `I am number ${index}.`;
    const text = await call(`${words} [do:crowd] [size:${CROWD}] [tag:${name}-${index}]`);
    checkEqual(text, echo(words), `stream ${index}`);
  });
  await Promise.all(calls);
}

function timeLimit() {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hung')), TIMEOUT_MILLIS);
  });
  return { limit, cancel: () => clearTimeout(timer) };
}

async function outcome(scenario) {
  const { limit, cancel } = timeLimit();
  try {
    const detail = await Promise.race([scenario(), limit]);
    return ['pass', typeof detail === 'string' ? detail : ''];
  } catch (error) {
    if (error instanceof Skip) return ['skip', error.message];
    return ['fail', `${error?.constructor?.name}: ${error?.message ?? error}`];
  } finally {
    cancel();
  }
}

/** Runs the scenarios of one SDK, one after the other, as far as they are wanted. */
export async function run(sdk, version, scenarios) {
  if (!new RegExp(environment.INTEROP_ONLY).test(sdk)) return;
  for (const [name, scenario] of Object.entries(scenarios)) {
    if (!new RegExp(environment.INTEROP_SCENARIO).test(name)) continue;
    const [result, detail] = await outcome(scenario);
    const line = [sdk, version, backend, name, result, detail.replaceAll(/\s+/g, ' ')];
    appendFileSync(environment.INTEROP_RESULTS, line.join('\t') + '\n');
    console.error(`  ${result} ${sdk} ${name} ${detail}`.slice(0, 600));
  }
}

/** Scenarios that differ in one value only. */
export function each(prefix, cases, scenario) {
  return Object.fromEntries(
    Object.entries(cases).map(([name, value]) => [`${prefix}-${name}`, () => scenario(name, value)]),
  );
}

export function versionOf(packageName) {
  const file = new URL(`./node_modules/${packageName}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
