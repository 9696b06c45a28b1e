/** The schema of the key `limits` of `firstword.config.json`. */
import { siteIdSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import { limitTableSchema } from '../limits/limit-table.ts';

export const limitsSchema = z
  .strictObject({
    messagesPerMinute: z.int().min(1).default(30).describe('Messages that one visitor may send in a minute.'),
    runningTurns: z.int().min(1).default(500).describe('Answers that one web process generates at the same time.'),
    loopLagMs: z
      .int()
      .min(20)
      .max(60_000)
      .default(25)
      .describe('Event loop delay, in milliseconds, above which a web process lowers its own concurrency limit.'),
    redisMs: z
      .int()
      .min(20)
      .max(60_000)
      .default(500)
      .describe('Response time of Redis, in milliseconds, above which a web process lowers its concurrency limit.'),
    connections: z.int().min(1).default(20_000).describe('Connections that one web process has open at the same time.'),
    connectionsPerAddress: z.int().min(1).default(1000).describe('How many of them may come from one address.'),
    perMinute: limitTableSchema,
    provenMessagesPerAddressHour: z
      .int()
      .min(0)
      .default(600)
      .describe(
        'Messages with a proof of work, beyond the first limit of their address, that are accepted from it in an hour.',
      ),
    siteWeights: z
      .record(siteIdSchema, z.number().min(0.1).max(100))
      .default({})
      .describe('Share of a site in a process at its limit, relative to other sites, by site id. 1 unless set.'),
    agentRequestsPerAddressHour: z
      .int()
      .min(1)
      .default(20)
      .describe('Tickets that visitors of one address may open on a site in an hour by asking for an agent.'),
    ticketsPerAddressHour: z
      .int()
      .min(0)
      .default(10)
      .describe(
        'Tickets that the assistant opens in an hour for visitors of one address on a site. Further ones are answered, and may ask for an agent.',
      ),
    ticketsPerSiteHour: z
      .int()
      .min(0)
      .default(300)
      .describe('Tickets that the assistant opens on one site in an hour.'),
    replaysPerAgentHour: z
      .int()
      .min(0)
      .default(60)
      .describe('Answers that one agent may have another model write again in an hour, to compare them.'),
    uploadMbPerAddressDay: z
      .number()
      .min(1)
      .default(200)
      .describe('MB that visitors of one address may upload on a site in a UTC day.'),
    uploadMbPerSiteDay: z.number().min(1).default(5000).describe('MB that may be uploaded on one site in a UTC day.'),
    freeDiskMb: z
      .number()
      .min(0)
      .default(1024)
      .describe('MB of the disk of `FILES_DIR` that stay free: uploads that need them are refused.'),
    runningAnalyses: z
      .int()
      .min(1)
      .max(100)
      .default(4)
      .describe('Analyses that one worker process runs at the same time.'),
  })
  .prefault({})
  .describe('Limits of one process, and, under `perMinute`, of all processes together.');
