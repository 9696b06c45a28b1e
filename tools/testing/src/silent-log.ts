/** A log without output. */
import { createLog } from '@firstword/server/lib/log';

export const silentLog = createLog('silent');
