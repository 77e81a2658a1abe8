// LangChain: @langchain/openai, and the agent of langchain.
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { createAgent } from 'langchain';
import { z } from 'zod';
import {
  abortTimes, attempts, backend, baseURL, check, checkEqual, checkWeather, crowd, each, echo, faulty, key, model,
  newTag, pictureSeen, pictureUrl, plainModel, raised, weatherOf, weatherQuestion,
} from './harness.js';

const chatModel = (more) =>
  new ChatOpenAI({ model, apiKey: key, maxRetries: 0, ...more, configuration: { baseURL, ...more?.configuration } });

const getWeather = tool(({ city }) => weatherOf(city), {
  name: 'get_weather',
  description: 'The weather of a city',
  schema: z.object({ city: z.string() }),
});

const Place = z.object({ city: z.string(), population: z.number().int(), tags: z.array(z.string()) });

async function streamedText(content, options) {
  let answer;
  for await (const chunk of await chatModel().stream(content, options)) {
    answer = answer ? answer.concat(chunk) : chunk;
  }
  checkEqual(answer.response_metadata.finish_reason, 'stop', 'finish_reason');
  return answer.content;
}

const expectedErrors = {
  400: ['BadRequestError', 400],
  404: ['NotFoundError', 404],
  429: ['RateLimitError', 429],
  500: ['InternalServerError', 502],
  drop: ['InternalServerError', 502],
};

function checkError(error, [, status]) {
  checkEqual(error.status, status, `status of ${error.constructor.name}: ${error.message}`);
}

export const langchain = {
  async chat() {
    const answer = await chatModel({ temperature: 0.5, maxTokens: 99 }).invoke([
      new SystemMessage('Be kind.'),
      new HumanMessage('Hello.'),
    ]);
    checkEqual(answer.content, echo('Hello.') + ' I was told: Be kind.', 'content');
    checkEqual(answer.usage_metadata.total_tokens, 30, 'usage');
    checkEqual(answer.usage_metadata.input_token_details.cache_read, 4, 'cached tokens');
    checkEqual(answer.response_metadata.finish_reason, 'stop', 'finish_reason');
  },

  async header() {
    const configuration = { defaultHeaders: { 'X-Provider-LLM': backend } };
    const answer = await chatModel({ model: plainModel, configuration }).invoke('Hello.');
    checkEqual(answer.content, echo('Hello.'), 'content');
  },

  async stream() {
    let chunks = 0;
    let answer;
    for await (const chunk of await chatModel().stream('Hello.')) {
      chunks++;
      answer = answer ? answer.concat(chunk) : chunk;
    }
    checkEqual(answer.content, echo('Hello.'), 'content');
    check(chunks > 3, `only ${chunks} pieces`);
    checkEqual(answer.usage_metadata.total_tokens, 30, 'usage');
  },

  async tools() {
    const agent = createAgent({ model: chatModel(), tools: [getWeather] });
    const state = await agent.invoke({ messages: [new HumanMessage(weatherQuestion)] });
    checkWeather(state.messages.at(-1).content);
  },

  async 'tools-stream'() {
    const agent = createAgent({ model: chatModel({ streaming: true }), tools: [getWeather] });
    let text = '';
    const stream = await agent.stream({ messages: [new HumanMessage(weatherQuestion)] }, { streamMode: 'messages' });
    for await (const [message] of stream) {
      if (message.type === 'ai') text += message.content;
    }
    checkWeather(text);
  },

  async structured() {
    for (const method of ['jsonSchema', 'functionCalling']) {
      const bound = chatModel().withStructuredOutput(Place, { method });
      const place = await bound.invoke('Describe a place.');
      checkEqual([place.city, place.population, place.tags.length], ['Paris', 7, 2], method);
    }
  },

  async vision() {
    const content = [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url: pictureUrl } }];
    const answer = await chatModel().invoke([new HumanMessage({ content })]);
    checkEqual(answer.content, pictureSeen, 'content');
  },

  async embeddings() {
    const embeddings = new OpenAIEmbeddings({ model, apiKey: key, maxRetries: 0, configuration: { baseURL } });
    const call = () => embeddings.embedDocuments(['one', 'three']);
    if (backend === 'bedrock') {
      const error = await raised(call);
      checkEqual(error.status, 400, 'status');
      return `refused: ${error.message}`;
    }
    checkEqual(await call(), [[3, 0.5, -1.25, 0], [5, 0.5, -1.25, 1]], 'vectors');
  },

  ...each('error', expectedErrors, async (name, expected) => {
    checkError(await raised(() => chatModel().invoke(faulty('error-' + name))), expected);
    const error = await raised(() => streamedText(faulty('error-' + name)));
    checkError(error, expected);
    if (name === '429') checkEqual(error.headers.get('retry-after'), '1', 'Retry-After');
  }),

  async 'error-401'() {
    checkError(await raised(() => chatModel({ apiKey: 'wrong' }).invoke('Hi.')), ['AuthenticationError', 401]);
  },

  async 'error-context'() {
    const error = await raised(() => chatModel().invoke(faulty('error-context')));
    checkEqual(error.constructor.name, 'ContextOverflowError', 'class');
  },

  async retry() {
    const tag = newTag();
    const answer = await chatModel({ maxRetries: 2 }).invoke(`Hi. [do:retry-429] [tag:${tag}]`);
    checkEqual(answer.content, echo('Hi.'), 'content');
    checkEqual(await attempts(tag), 2, 'requests upstream');
  },

  ...each('stream', { error: 'stumbled', cut: '', drop: '' }, async (name, words) => {
    const error = await raised(() => streamedText(faulty('stream-' + name)));
    check(error.message.includes(words), `another message: ${error.message}`);
    return `${error.constructor.name}: ${error.message}`;
  }),

  ...each('abort', { endless: 0, silent: 0, waiting: 0 }, (how) =>
    abortTimes(how, (text, signal) => streamedText(text, { signal }))),

  'abort-whole': () => abortTimes('waiting', (text, signal) => chatModel().invoke(text, { signal })),

  crowd: () => crowd((text) => streamedText(text)),
};
