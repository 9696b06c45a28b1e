/** Why a setting is refused: a code with what it is about, for a sentence in the reader's language, and the sentence in English. */
import { z } from 'zod';
import { phraseSchema } from './phrase.ts';
import { schemaNodeSchema } from './schema-node.ts';

export const SETTING_FAULT_CODES = [
  /** There is no setting of this name; `names` are those that there are. */
  'unknown-setting',
  'missing',
  'not-allowed',
  /** Against a rule that its schema can't show. */
  'against-rule',
  'taken-id',
  'reserved-id',
  'fixed-id',
  'fixed-by-file',
  'no-way-to-verify',
  'unknown-region',
  'no-endpoint',
  'longer-than-conversations',
  'longer-than-totals',
] as const;
export type SettingFaultCode = (typeof SETTING_FAULT_CODES)[number];

export const settingFaultSchema = z.object({
  /** Its path, such as `hours.open[0].from`. */
  setting: z.string(),
  code: z.enum(SETTING_FAULT_CODES),
  /** In English, without the name of the setting. */
  text: z.string(),
  /** What was given, if it is short and not a secret. */
  given: z.string().exactOptional(),
  /** What may be given. */
  allowed: schemaNodeSchema.exactOptional(),
  /** The sentence in parts, where no code says it. */
  phrase: phraseSchema.exactOptional(),
  /** The rule that isn't kept, in English, and the example that it names. */
  rule: z.string().exactOptional(),
  example: z.string().exactOptional(),
  /** What there is, and which of it was probably meant. */
  names: z.array(z.string()).exactOptional(),
  near: z.string().exactOptional(),
  /** The largest number that is allowed. */
  most: z.number().exactOptional(),
});
export type SettingFault = Readonly<z.infer<typeof settingFaultSchema>>;
