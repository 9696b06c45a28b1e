/** Checks a mail server: connects, negotiates TLS and signs in, without sending a mail. */
import { createTransport } from 'nodemailer';
import { smtpOptions } from './mail.ts';

const WAIT_MS = 10_000;

/** Why the server refuses us, by codes only, because its messages often repeat addresses; undefined when it accepts us. */
export async function verifyMailServer(smtpUrl: string): Promise<string | undefined> {
  const transport = createTransport({
    ...smtpOptions(smtpUrl),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
  });
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return codesOf(error);
  } finally {
    transport.close();
  }
}

function codesOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const inner = /\b(?:E[A-Z]{4,}|ERR_\w+|\w*(?:SSL|CERT)\w*)\b/.exec(error.message)?.[0];
  const code = 'code' in error ? error.code : undefined;
  const response = 'responseCode' in error ? error.responseCode : undefined;
  const codes = [code, response, inner].filter((part) => part !== undefined);
  return [...new Set(codes)].join(' ') || error.name;
}
