/** The bare relay with another project's package between it and the model, in its own process. */
import { z } from 'zod';
import { type Relay, startBareRelay, startRelay } from './bare-relay.ts';
import { serveParent } from './bench-process.ts';
import { RIVAL_NAMES, type RivalName, startPortkey, streamThroughAi, streamThroughOpenAi } from './rivals.ts';

const { rival, folder, baseUrl } = z
  .object({ rival: z.enum(RIVAL_NAMES), folder: z.string(), baseUrl: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const START: Record<RivalName, () => Promise<Relay>> = {
  openai: async () => startStreaming(await streamThroughOpenAi(folder, baseUrl)),
  ai: async () => startStreaming(await streamThroughAi(folder, baseUrl)),
  portkey: async () => {
    const gateway = await startPortkey(folder, baseUrl);
    return startBareRelay(gateway.baseUrl, gateway.headers);
  },
};

function startStreaming(stream: (question: string) => AsyncIterable<string>): Promise<Relay> {
  return startRelay(async (question, sendDelta) => {
    for await (const text of stream(question)) sendDelta(text);
  });
}

const relay = await START[rival]();
serveParent(relay.port, {}, relay.close);
