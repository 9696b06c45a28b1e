/** Push devices in memory, for unit tests. */
import type { PushDeviceStore, StoredPushDevice } from './push-device-store.ts';

export function createMemoryPushDeviceStore(): PushDeviceStore {
  const devices = new Map<string, StoredPushDevice>();
  return {
    async save(device) {
      const known = devices.get(device.id);
      devices.set(device.id, { ...known, ...device, addedAt: known?.addedAt ?? device.addedAt });
    },
    ofAgents: async (agentIds) =>
      [...devices.values()]
        .filter(({ agentId }) => agentIds.includes(agentId))
        .sort((one, other) => one.addedAt - other.addedAt),
    async pushed(id, at) {
      const device = devices.get(id);
      if (device !== undefined) devices.set(id, { ...device, lastPushAt: at });
    },
    async remove(ids) {
      for (const id of ids) devices.delete(id);
    },
  };
}
