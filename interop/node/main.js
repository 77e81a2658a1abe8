import OpenAI6 from 'openai';
import { zodResponseFormat as zodResponseFormat6 } from 'openai/helpers/zod';
import OpenAI7 from 'openai-7';
import { zodResponseFormat as zodResponseFormat7 } from 'openai-7/helpers/zod';
import { run, versionOf } from './harness.js';
import { openai } from './openai.js';

await run('openai-node-7', versionOf('openai-7'), openai({ OpenAI: OpenAI7, zodResponseFormat: zodResponseFormat7 }));
await run('openai-node-6', versionOf('openai'), openai({ OpenAI: OpenAI6, zodResponseFormat: zodResponseFormat6 }));
