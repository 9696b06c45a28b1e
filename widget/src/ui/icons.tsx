/** One set of 20-pixel stroke icons. */
const PATHS = {
  close: 'M5 5l10 10M15 5L5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  send: 'M10 16V4.5M5 9l5-5 5 5',
  stop: 'M5.5 5.5h9v9h-9z',
  copy: 'M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4',
  up: 'M6.5 16.5h-3v-8h3zM6.5 8.5l3.2-5.3c1.4 0 2.1.9 1.9 2.2L11.2 8h4c1 0 1.6.8 1.4 1.7l-1.2 5.4c-.2.9-.8 1.4-1.7 1.4H6.5',
  down: 'M13.5 3.5h3v8h-3zM13.5 11.5l-3.2 5.3c-1.4 0-2.1-.9-1.9-2.2L8.8 12h-4c-1 0-1.6-.8-1.4-1.7l1.2-5.4c.2-.9.8-1.4 1.7-1.4h7.2',
  again: 'M15.5 8.5A6 6 0 1 0 16 11M16 4v4.5h-4.5',
  down2: 'M10 4.5V15.5M5.5 11l4.5 4.5 4.5-4.5',
  next: 'M7.5 4.5L13 10l-5.5 5.5',
  check: 'M4.5 10.5l3.75 3.75L15.5 6.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Drawing({ name, path }: { name: string; path: string }) {
  return (
    <svg class={`icon icon--${name}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const Icon = ({ name }: { name: IconName }) => <Drawing name={name} path={PATHS[name]} />;
