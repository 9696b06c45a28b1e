/** How a time to first token feels, in the four bands of the reference article. Free of imports. */

export const PERCEPTION_BANDS = ['instant', 'fast', 'noticeable', 'slow'] as const;
export type PerceptionBand = (typeof PERCEPTION_BANDS)[number];

/** Each band ends below this many milliseconds; `slow` has no end. */
export const BAND_ENDS_MS: Readonly<Record<PerceptionBand, number>> = {
  instant: 200,
  fast: 400,
  noticeable: 800,
  slow: Number.POSITIVE_INFINITY,
};

/** @param ms `feltTtft`: from the visitor's send to the first painted text */
export function perceptionOf(ms: number): PerceptionBand {
  return PERCEPTION_BANDS.find((band) => ms < BAND_ENDS_MS[band]) ?? 'slow';
}
