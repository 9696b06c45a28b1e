/** The REST API of the configured models: what a check of each one found, and what is wrong now. */
import { z } from 'zod';
import { TIERS } from './catalog.ts';

const askedSchema = z.object({
  modelId: z.string(),
  /** The endpoint's name of the model. */
  upstreamName: z.string(),
  endpointId: z.string(),
  /** The whole address of the chat call. */
  address: z.string(),
});

/** What is wrong, and what the operator can do. `code`: see docs/errors.md. */
const faultSchema = z.object({
  code: z.string(),
  message: z.string(),
  fix: z.string(),
  /** The first names of the endpoint's list, where the model's is not among them. */
  names: z.array(z.string()).exactOptional(),
  /** An address of the same server at which an API answers. */
  foundUrl: z.string().exactOptional(),
});

/** `slow`: visitors wait for the first token. `thinks`: they wait until it has thought. `no-usage`: costs are estimates. */
const CHECK_CONCERNS = ['slow', 'thinks', 'no-usage'] as const;
export type CheckConcern = (typeof CHECK_CONCERNS)[number];

/** One short streamed call to one model. What is absent could not be found out. */
export const modelCheckSchema = askedSchema.extend({
  tiers: z.array(z.enum(TIERS)),
  /** The endpoint answered, if only to refuse. */
  reachable: z.boolean(),
  /** Whether the endpoint's list of models has this one. */
  listed: z.boolean().exactOptional(),
  ttftMs: z.number().exactOptional(),
  tokensPerSecond: z.number().exactOptional(),
  /** The model thought before its first visible token. */
  thinks: z.boolean().exactOptional(),
  usageReported: z.boolean().exactOptional(),
  /** `full`: input and output have a price. */
  price: z.enum(['full', 'output-only', 'unknown']),
  /** Optional fields of the request that the endpoint refuses. */
  refusedFields: z.array(z.string()),
  fault: faultSchema.exactOptional(),
  /** What works, but not as it should; one sentence each. */
  warnings: z.array(z.string()),
  /** The same for programs, in the same order. */
  concerns: z.array(z.enum(CHECK_CONCERNS)),
});
export type ModelCheck = z.infer<typeof modelCheckSchema>;

/** A fault that visitors meet now. It ends with the next call that succeeds. */
export const modelAlarmSchema = askedSchema.extend({
  ...faultSchema.shape,
  since: z.iso.datetime(),
  /** Failed calls since then. */
  count: z.int(),
});
export type ModelAlarm = z.infer<typeof modelAlarmSchema>;

/** `GET /api/v1/models` */
export const modelStatusSchema = z.object({
  /** `ok`, `unchecked`, or the code of what is wrong. */
  state: z.string(),
  alarms: z.array(modelAlarmSchema),
  checks: z.array(modelCheckSchema),
});
export type ModelStatusView = z.infer<typeof modelStatusSchema>;

/** A finding in words, as `npm run doctor` prints it. */
export const reportLineSchema = z.object({
  level: z.enum(['ok', 'warning', 'fault']),
  /** What was checked. */
  subject: z.string(),
  /** What was found, in one line. */
  found: z.string(),
  /** What was asked: an address, and a model where one was. */
  asked: z.string().exactOptional(),
  /** What to do, where there is something. */
  fix: z.string().exactOptional(),
});
export type ReportLine = Readonly<z.infer<typeof reportLineSchema>>;
