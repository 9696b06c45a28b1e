/** Who is online. */
import type { Catalogs } from './catalogs.ts';

const statuses = { online: 'Online', away: 'Abwesend', offline: 'Offline' };

export const status = {
  title: 'Ihr Status',
  statuses,
  hints: {
    online: 'Besucher sehen, dass Sie da sind, und Ihnen werden neue Tickets zugewiesen, wo das eingeschaltet ist.',
    away: 'Besucher sehen Sie nicht als anwesend, und Ihnen werden keine neuen Tickets zugewiesen.',
  },
  yours: (own) => `, ${statuses[own]}. Status ändern`,
} satisfies Catalogs['status'];
