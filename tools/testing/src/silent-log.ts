/** The log of parts under test. */
import { createLog } from '@firstword/server/lib/log';

export const silentLog = createLog('silent');
