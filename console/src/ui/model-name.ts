/** A model's display name; models outside the catalog are shown by their id. */
import { REFERENCE_MODELS } from '@firstword/shared/catalog';

export function modelName(id: string): string {
  return REFERENCE_MODELS.find((model) => model.id === id)?.name ?? id;
}
