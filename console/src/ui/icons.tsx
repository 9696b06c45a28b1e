/** One set of 20-pixel stroke icons. They are decorative: each has a text or a label next to it. */

const PATHS = {
  tickets: 'M3.5 5.5h13v9h-4l-2.5 2.5L7.5 14.5h-4z M6.5 8.5h7 M6.5 11.5h4',
  'response-time': 'M3.5 3.5v13h13 M6.5 12.5l3-4 2.5 2 4-5.5',
  cost: 'M10 3a7 7 0 100 14 7 7 0 000-14z M12.5 7.8c-.5-.8-1.4-1.1-2.5-1.1-1.4 0-2.4.6-2.4 1.6 0 2.4 5 1 5 3.4 0 1-1.1 1.7-2.6 1.7-1.2 0-2.2-.4-2.7-1.2 M10 5.3v9.4',
  quality: 'M10 3l2.1 4.4 4.9.6-3.6 3.4.9 4.8-4.3-2.4-4.3 2.4.9-4.8L3 8l4.9-.6z',
  knowledge: 'M3.5 4.5c2.5-1 4.5-.7 6.5.8 2-1.5 4-1.8 6.5-.8v11c-2.5-1-4.5-.7-6.5.8-2-1.5-4-1.8-6.5-.8z M10 5.3v11',
  settings:
    'M3.5 6h7 M14 6h2.5 M12.2 4.2a1.8 1.8 0 100 3.6 1.8 1.8 0 000-3.6z M3.5 14H6 M9.5 14h7 M7.8 12.2a1.8 1.8 0 100 3.6 1.8 1.8 0 000-3.6z',
  conversations: 'M3.5 4.5h9v7h-4l-3 2.5v-2.5h-2z M15 8h1.5v6.5h-1.5v2l-2.5-2h-3',
  refresh: 'M15.5 6.5A6.5 6.5 0 1016.5 10 M16 3.5v3.5h-3.5',
  search: 'M9 3.5a5.5 5.5 0 100 11 5.5 5.5 0 000-11z M13 13l3.5 3.5',
  keyboard: 'M2.5 5.5h15v9h-15z M5.5 8.5h.01 M8.5 8.5h.01 M11.5 8.5h.01 M14.5 8.5h.01 M6.5 11.5h7',
  command: 'M4 6l3.5 4L4 14 M9.5 14H16',
  leave: 'M8 3.5H4.5v13H8 M8.5 10h8 M13.5 7l3 3-3 3',
  back: 'M12 4.5L6.5 10l5.5 5.5',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z M10 8a2 2 0 100 4 2 2 0 000-4z',
  clock: 'M10 3a7 7 0 100 14 7 7 0 000-14z M10 6v4l2.5 2',
  warning: 'M10 3.5l7 12.5H3z M10 8v3.5 M10 13.8v.01',
  quote: 'M4 14.5c2.5-.5 3.5-2 3.5-4.5H4V5.5h4v4.5 M11.5 14.5c2.5-.5 3.5-2 3.5-4.5h-3.5V5.5h4v4.5',
  article: 'M5 2.5h7l3 3v12H5z M12 2.5v3h3 M7.5 9.5h5 M7.5 12.5h5',
  more: 'M4.5 10h.01 M10 10h.01 M15.5 10h.01',
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10 M15 5L5 15',
  attach: 'M16 9.5l-6 6a3.9 3.9 0 0 1-5.5-5.5l6.5-6.5a2.6 2.6 0 0 1 3.7 3.7l-6.3 6.3a1.3 1.3 0 0 1-1.9-1.9L12 6.2',
  send: 'M3 10l14-6.5-4 13-3.5-5z M9.5 11.5L17 3.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's logo. */
export function Mark() {
  return (
    <svg class="mark" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M9 9.5h14M9 16h9M9 22.5h4" />
    </svg>
  );
}
