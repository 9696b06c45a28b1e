/** A setting as it is stored. What it may hold depends on its name (`settings/`). */
import { z } from 'zod';

export const settingValueSchema = z.record(z.string(), z.json());
export type SettingValue = z.infer<typeof settingValueSchema>;
