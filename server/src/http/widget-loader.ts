/** The built loader with a name and a hash of its content, for pages that verify the script which they embed. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml } from '../lib/html-text.ts';

export interface WidgetLoader {
  /** Below the server's address. Its content never changes. */
  readonly path: string;
  /** Of the attribute `integrity`. */
  readonly integrity: string;
}

/** Where the build leaves the copy, below `assets`. */
export const LOADER_FILE = /^\/(widget-[0-9a-f]{16}\.js)$/;

/** Undefined when the widget was not built. */
export async function readWidgetLoader(folder: string): Promise<WidgetLoader | undefined> {
  const content = await readFile(join(folder, 'widget.js')).catch(() => undefined);
  if (content === undefined) return undefined;
  const name = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return {
    path: `/widget-${name}.js`,
    integrity: `sha384-${createHash('sha384').update(content).digest('base64')}`,
  };
}

/** The tag for pages that load this version alone. */
export function loaderTag({ path, integrity }: WidgetLoader, address: string, siteId: string): string {
  return `<script async src="${escapeHtml(`${address}${path}`)}" integrity="${integrity}" crossorigin="anonymous" data-site="${escapeHtml(siteId)}"></script>`;
}
