/** The endpoint and the models as the console stores them: the settings, with the key sealed. */
import { modelSettingsSchema } from '@firstword/shared/model-settings';
import { z } from 'zod';
import type { SealedText } from '../lib/sealed-text.ts';
import { type SettingValue, settingValueSchema } from '../records/setting-value.ts';

/** The name of the setting. */
export const MODELS_SETTING = 'models';

const modelRecordSchema = z.object({
  settings: modelSettingsSchema,
  /** Changes with the address and the key, so that nothing that was learned of another endpoint applies. */
  endpointId: z.string(),
  sealedKey: z.string().exactOptional(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

export const readModelRecord = (value: SettingValue): ModelRecord => modelRecordSchema.parse(value);

const publishedSchema = z.looseObject({
  [MODELS_SETTING]: z.object({ number: z.int(), value: settingValueSchema }).optional(),
});

/** What is published of the models; undefined where nothing was saved. */
export function publishedModels(json: string): { readonly number: number; readonly record: ModelRecord } | undefined {
  const found = publishedSchema.parse(JSON.parse(json))[MODELS_SETTING];
  return found && { number: found.number, record: readModelRecord(found.value) };
}

/** `unreadable`: it was sealed under another `APP_SECRET`. */
export function openKey(
  { sealedKey }: Pick<ModelRecord, 'sealedKey'>,
  secrets: Pick<SealedText, 'open'>,
): { readonly state: 'none' | 'unreadable' } | { readonly state: 'set'; readonly key: string } {
  if (sealedKey === undefined) return { state: 'none' };
  try {
    return { state: 'set', key: secrets.open(sealedKey) };
  } catch {
    return { state: 'unreadable' };
  }
}
