/** One set of 20-pixel stroke icons. */
const PATHS = {
  close: 'M5 5l10 10M15 5L5 15',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  send: 'M10 16V4.5M5 9l5-5 5 5',
  stop: 'M5.5 5.5h9v9h-9z',
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
