/** The icons of the parts that are fetched on demand. */
import { Drawing } from '../ui/icons.tsx';
import type { ExtraIconName } from '../ui/menu-entry.ts';

const PATHS: Record<
  ExtraIconName | 'download' | 'erase' | 'copy' | 'up' | 'down' | 'again' | 'back' | 'write' | 'search' | 'mail',
  string
> = {
  copy: 'M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4',
  up: 'M6.5 16.5h-3v-8h3zM6.5 8.5l3.2-5.3c1.4 0 2.1.9 1.9 2.2L11.2 8h4c1 0 1.6.8 1.4 1.7l-1.2 5.4c-.2.9-.8 1.4-1.7 1.4H6.5',
  down: 'M13.5 3.5h3v8h-3zM13.5 11.5l-3.2 5.3c-1.4 0-2.1-.9-1.9-2.2L8.8 12h-4c-1 0-1.6-.8-1.4-1.7l1.2-5.4c.2-.9.8-1.4 1.7-1.4h7.2',
  again: 'M15.5 8.5A6 6 0 1 0 16 11M16 4v4.5h-4.5',
  mail: 'M3.5 5h13v10h-13zM3.5 5.5l6.5 5.5 6.5-5.5',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l3.5 3.5',
  back: 'M12.5 4.5L7 10l5.5 5.5',
  write: 'M4 16l.75-3.25L13.5 4a1.75 1.75 0 0 1 2.5 2.5l-8.75 8.75zM11.75 5.75l2.5 2.5',
  download: 'M5.5 2.5h6l3.5 3.5v11.5h-9.5zM10.25 8v5.5M7.75 11l2.5 2.5 2.5-2.5',
  erase: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.75 11h7.5l.75-11M8.5 8.5v5M11.5 8.5v5',
  save: 'M10 3.5v9M6 9l4 4 4-4M3.5 16.5h13',
  sound: 'M3.5 8v4h3l4 3.5v-11L6.5 8zM13.5 7.5a3.5 3.5 0 0 1 0 5M15.75 5.5a6.5 6.5 0 0 1 0 9',
  end: 'M12 6V4.5a1 1 0 0 0-1-1H4.5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1H11a1 1 0 0 0 1-1V14M8 10h8.5M14 7.5l2.5 2.5-2.5 2.5',
  person: 'M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 16.5c.6-2.7 3.2-4.25 6.5-4.25s5.9 1.55 6.5 4.25',
};

export const ExtraIcon = ({ name }: { name: keyof typeof PATHS }) => <Drawing name={name} path={PATHS[name]} />;
