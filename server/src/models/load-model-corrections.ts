/** Stores how requests to a model must differ from its profile, so that a restart doesn't repeat failed requests. */
import {
  correctionSchema,
  createModelCorrections,
  type ModelCorrection,
  type ModelCorrections,
} from '../gateway/model-corrections.ts';
import type { Log } from '../lib/log.ts';
import { parseJson } from '../lib/parse-json.ts';
import type { ModelCorrectionsStore } from '../store/model-corrections-store.ts';

export interface CorrectionParts {
  readonly store: ModelCorrectionsStore;
  readonly log: Log;
}

export async function loadModelCorrections({ store, log }: CorrectionParts): Promise<ModelCorrections> {
  const known = Object.entries(await store.load()).flatMap(([key, json]) => {
    const { data: correction } = correctionSchema.safeParse(parseJson(json));
    return correction === undefined ? [] : [{ key, correction }];
  });
  return createModelCorrections({
    known,
    onLearned({ key, modelId, endpointId, correction }, found) {
      log.warn(
        { modelId, endpointId, ...found, fix: fixFor(found) },
        'model requires a request that differs from its profile',
      );
      store
        .save(key, JSON.stringify(correction))
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'failed to store a model correction'));
    },
  });
}

/** The setting that makes the correction unnecessary. */
function fixFor({ refusedFields = [], system, thinkingTokens, opensInThinking }: Partial<ModelCorrection>): string {
  if (thinkingTokens !== undefined)
    return `switch thinking off with models[].request, or set models[].thinkingTokens to ${thinkingTokens}`;
  if (system !== undefined) return 'set models[].system to "user"';
  if (opensInThinking) return 'switch thinking off with models[].request, or set models[].thinks to "always"';
  if (refusedFields.includes('max_tokens')) return 'set models[].maxTokensField to "max_completion_tokens"';
  if (refusedFields.includes('temperature')) return 'set models[].temperature to false';
  if (refusedFields.includes('stream_options')) return 'set models[].usage to false';
  return `set ${refusedFields.map((field) => `models[].request.${field}`).join(' and ')} to null`;
}
