/** Bounds and usual values of benchmarks. */

export const BENCHMARK_QUESTIONS = { least: 1, most: 100, usual: 10 } as const;
/** Models measured at the same time. */
export const BENCHMARK_AT_ONCE = { least: 1, most: 5, usual: 1 } as const;
/** Longest answer, as in the reference benchmark. */
export const BENCHMARK_TOKENS = 150;
/** Questions before the measured ones: the first call connects, and may load the model. */
export const BENCHMARK_WARM_UP = 1;
/** Of a run, in US dollars. */
export const SPENDING_LIMIT_USD = { least: 0.01, most: 100, usual: 1 } as const;
