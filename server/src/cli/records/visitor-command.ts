/** Requests of visitors about their data, as commands: `export` and `erase`. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type VisitorRef, visitorRefSchema } from '@firstword/shared/visitor-data';
import { z } from 'zod';
import { visitorTarget } from '../../http/audit-events.ts';
import { UsageError } from '../../lib/command-line.ts';
import { writeExportPage } from '../../privacy/export-page.ts';
import type { FileStore } from '../../store/file-store.ts';
import type { VisitorData } from '../../visitor-data.ts';
import type { CommandAudit } from '../command-audit.ts';

export const VISITOR_OPTIONS = {
  visitor: { type: 'string' },
  email: { type: 'string' },
  session: { type: 'string' },
  site: { type: 'string' },
  out: { type: 'string' },
} as const;

export type VisitorCommand =
  | { readonly name: 'export'; readonly ref: VisitorRef; readonly out: string }
  | { readonly name: 'erase'; readonly ref: VisitorRef };

export interface VisitorCommandParts {
  readonly data: VisitorData;
  readonly files: Pick<FileStore, 'list'>;
  readonly siteIds: readonly string[];
  readonly audit: CommandAudit;
}

type Values = { readonly [Name in keyof typeof VISITOR_OPTIONS]?: string | undefined };

/** @throws UsageError */
export function readVisitorCommand(name: VisitorCommand['name'], values: Values): VisitorCommand {
  const { visitor: visitorId, email, session, site, out } = values;
  const given = Object.entries({ visitorId, email, session, site }).filter(([, value]) => value !== undefined);
  const ref = visitorRefSchema.safeParse(Object.fromEntries(given));
  if (!ref.success)
    throw new UsageError(
      `\`${name}\`: ${z.prettifyError(ref.error)}\nName the visitor by one of --visitor ID, --email ADDRESS and --session=TOKEN.`,
    );
  if (name === 'erase') return { name, ref: ref.data };
  if (out === undefined) throw new UsageError('`export` needs a folder to write to, such as `--out request-1`.');
  return { name, ref: ref.data, out };
}

export async function runVisitorCommand(
  command: VisitorCommand,
  { data, files, siteIds, audit }: VisitorCommandParts,
  say: (line: string) => void,
): Promise<void> {
  const { site, ...ref } = command.ref;
  if (site !== undefined && !siteIds.includes(site))
    throw new UsageError(`--site: there is no site "${site}". Use ${siteIds.join(', ')}.`);
  const subject = await data.find(ref, site === undefined ? siteIds : [site]);
  if (command.name === 'erase') {
    const { visitors, removed } = await data.erase(subject);
    await audit({ action: 'erased', target: visitorTarget(subject) });
    say(`visitors: ${visitors} found`);
    for (const [kind, count] of Object.entries(removed)) say(`${kind}: ${count} erased`);
    return;
  }
  // First: what was read must not be missing in the log because the disk was full.
  await audit({ action: 'exported', target: visitorTarget(subject) });
  const exported = await data.exportAll(subject, { internal: true });
  await mkdir(command.out, { recursive: true });
  await writeFile(join(command.out, 'visitor.json'), `${JSON.stringify(exported, null, 2)}\n`, { mode: 0o600 });
  await writeFile(join(command.out, 'visitor.html'), writeExportPage(exported), { mode: 0o600 });
  let copied = 0;
  for (const { conversation } of exported.conversations)
    for (const { file, path } of await files.list(conversation.id)) {
      await mkdir(join(command.out, 'files'), { recursive: true });
      // Two files of a visitor may have the same name.
      await copyFile(path, join(command.out, 'files', `${file.id}-${file.name}`));
      copied += 1;
    }
  say(
    `${command.out}: ${exported.conversations.length} conversations of ${exported.visitors.length} visitors, ${copied} files`,
  );
}
