/** The use of an installation in memory, for unit tests. */
import { VISIT_BANDS } from '@firstword/shared/reports';
import { dayOf } from '../lib/days.ts';
import { addAmounts, NO_AMOUNTS } from './call-amounts.ts';
import type { LedgerRow } from './ledger-row.ts';
import { expiryOf } from './site-expiry.ts';
import { histogramOf, mergeHistograms, ttftBucket } from './ttft-histogram.ts';
import { type FeltSample, sortRecords, type VisitRecord, visitKey } from './usage-record.ts';
import { type Days, type FormerTotals, RETURN_MS, type UsageExpiry, type UsageStore } from './usage-store.ts';
import { mergeBy, totalsOfCalls, totalsOfFelt, totalsOfOwners } from './usage-totals.ts';
import { completionOf } from './visit-completion.ts';

export function createMemoryUsageStore(): UsageStore {
  const calls = new Map<string, LedgerRow>();
  const samples = new Map<string, FeltSample>();
  const visits = new Map<string, VisitRecord>();
  const priceTables = new Map<string, Readonly<Record<string, object>>>();
  const imported = new Map<string, FormerTotals>();
  let expiry: UsageExpiry = { rowsBefore: { sites: {}, others: undefined }, samplesBefore: 0, totalsBefore: 0 };
  const recordedAt = new Map<string, number>();
  const listed = new Map<string, LedgerRow>();
  const rows = () =>
    [...calls.values(), ...listed.values()].filter(
      ({ callId, owner }) => (recordedAt.get(callId) ?? Date.now()) >= (expiryOf(expiry.rowsBefore, owner.siteId) ?? 0),
    );
  const former = () => [...imported.values()];
  const within =
    ({ from, to }: Days) =>
    ({ day }: { readonly day: string }) =>
      day >= from && day <= to && day >= dayOf(expiry.totalsBefore);
  const add = <Value>(into: Map<string, Value>, key: string, value: Value) => {
    if (!into.has(key)) into.set(key, value);
  };

  return {
    async record(records) {
      const sorted = sortRecords(records);
      for (const row of sorted.calls) {
        add(calls, row.callId, row);
        add(recordedAt, row.callId, Date.now());
      }
      for (const sample of sorted.felt) add(samples, sample.turnId, sample);
      for (const visit of sorted.visits) add(visits, visitKey(visit), visit);
      for (const { version, prices } of sorted.tables) add(priceTables, version, prices);
      return 'recorded';
    },

    async readCalls({ siteIds, by, ...days }) {
      const totals = [...totalsOfCalls([...calls.values()]), ...former().flatMap(({ calls: some = [] }) => some)]
        .filter(within(days))
        .filter((row) => siteIds === undefined || siteIds.includes(row.siteId));
      const keyed = totals.map(({ day, siteId: site, tier, region, modelId: model, purpose, amounts, ttft }) => ({
        ...{ key: { day, site, tier, region, model, purpose }[by], tier, purpose, amounts, ttft },
      }));
      return {
        sums: mergeBy(
          keyed.map(({ ttft: _, ...sum }) => sum),
          ({ key, tier, purpose }) => [key, tier, purpose],
          (one, other) => ({ ...one, amounts: addAmounts(one.amounts, other.amounts) }),
        ),
        ttft: mergeTtft(keyed),
      };
    },
    async readFelt({ siteId, by, ...days }) {
      const rows = [...totalsOfFelt([...samples.values()]), ...former().flatMap(({ felt = [] }) => felt)];
      return mergeTtft(
        rows
          .filter(within(days))
          .filter((row) => row.siteId === siteId)
          .map(({ day, region, tier, modelId: model, ttft }) => ({ key: { day, region, tier, model }[by], ttft })),
      );
    },
    async feltSince(siteId, since) {
      const found = [...samples.values()].filter((sample) => sample.siteId === siteId && sample.at >= since);
      return histogramOf(found.map(({ ms }) => [ttftBucket(ms), 1]));
    },
    async completion(siteId, days) {
      const all = [...visits.values()].filter((visit) => visit.siteId === siteId);
      const cameBack = (visit: VisitRecord) =>
        visit.visitorId !== undefined &&
        all.some(
          ({ visitorId, startedAt }) =>
            visitorId === visit.visitorId && startedAt > visit.startedAt && startedAt <= visit.startedAt + RETURN_MS,
        );
      const counted = all.map((visit) => ({
        ...{ day: dayOf(visit.startedAt), siteId, band: visit.band, visits: 1 },
        ...{ completed: visit.completed ? 1 : 0, returned: cameBack(visit) ? 1 : 0 },
      }));
      const earlier = former().flatMap(({ visits: some = [] }) => some.filter((each) => each.siteId === siteId));
      const asked = [...counted, ...earlier].filter(within(days));
      return completionOf(
        VISIT_BANDS.map((band) => {
          const ofBand = asked.filter((each) => each.band === band);
          const sum = (name: 'visits' | 'completed' | 'returned') => ofBand.reduce((all, each) => all + each[name], 0);
          return { band, visits: sum('visits'), completed: sum('completed'), returned: sum('returned') };
        }),
      );
    },
    async amountsOf(owner, ownerId) {
      return [...totalsOfOwners([...calls.values()]), ...former().flatMap(({ owners = [] }) => owners)]
        .filter((row) => row.owner === owner && row.ownerId === ownerId)
        .reduce((sum, { amounts }) => addAmounts(sum, amounts), NO_AMOUNTS);
    },
    async callsOf(conversationId, limit) {
      const own = rows().filter(({ owner }) => owner.conversationId === conversationId);
      return own.sort((one, other) => one.startedAt - other.startedAt).slice(-limit);
    },
    async lastCalls(limit) {
      return rows()
        .sort((one, other) => other.startedAt - one.startedAt)
        .slice(0, limit);
    },
    prices: async (version) => priceTables.get(version),

    async importTotals(source, totals) {
      add(imported, source, totals);
    },
    async importCalls(rows) {
      for (const row of rows) add(listed, row.callId, row);
    },
    async forget({ conversationIds, ticketIds }) {
      for (const [id, row] of calls) {
        const { siteId, conversationId = '', ticketId = '' } = row.owner;
        if (conversationIds.includes(conversationId) || ticketIds.includes(ticketId))
          calls.set(id, { ...row, owner: { siteId } });
      }
      for (const [key, visit] of visits)
        if (conversationIds.includes(visit.conversationId)) visits.set(key, { ...visit, visitorId: undefined });
    },
    async deleteBefore(given) {
      // Totals are added up from the rows here, so the rows stay.
      expiry = given;
    },
  };
}

function mergeTtft(rows: readonly { readonly key: string; readonly ttft: readonly number[] }[]) {
  return mergeBy(
    rows.map(({ key, ttft }) => ({ key, ttft })),
    ({ key }) => [key],
    (one, other) => ({ ...one, ttft: mergeHistograms(one.ttft, other.ttft) }),
  );
}
