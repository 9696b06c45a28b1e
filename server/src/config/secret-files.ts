/** Reads settings from files, as container platforms hand over secrets: `APP_SECRET_FILE` names the file with `APP_SECRET`. */
import { readFileSync } from 'node:fs';

/** Settings that hold a secret. */
export const SECRET_SETTINGS = [
  'APP_SECRET',
  'CAPTCHA_SECRET_KEY',
  'DATABASE_URL',
  'LLM_API_KEY',
  'METRICS_TOKEN',
  'OIDC_CLIENT_SECRET',
  'REDIS_URL',
  'SMTP_URL',
  'VAPID_PRIVATE_KEY',
] as const;

export interface FileSettings {
  readonly values: Readonly<Record<string, string>>;
  /** One line each. */
  readonly faults: readonly string[];
}

export function readSecretFiles(env: Readonly<Record<string, string | undefined>>): FileSettings {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of SECRET_SETTINGS) {
    const path = env[`${name}_FILE`];
    if (!path) continue;
    if (env[name]) {
      faults.push(`${name}_FILE: is set together with ${name}. Remove one of them.`);
      continue;
    }
    try {
      values[name] = readFileSync(path, 'utf8').trim();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push(`${name}_FILE: cannot read "${path}" (${reason}). Name a file that this user may read.`);
    }
  }
  return { values, faults };
}
