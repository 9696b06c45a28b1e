/** The name of a source that was given none. Pure. */
import type { SourceOrigin } from '@firstword/shared/knowledge';

export function sourceName(origin: SourceOrigin): string {
  switch (origin.kind) {
    case 'folder':
      return origin.path.split(/[\\/]/).findLast((part) => part !== '') ?? origin.path;
    case 'upload':
      return 'Uploaded files';
    case 'manual':
      return 'Written by hand';
    default: {
      const { host, pathname } = new URL(origin.url);
      return `${host}${pathname === '/' ? '' : pathname}`.slice(0, 120);
    }
  }
}
