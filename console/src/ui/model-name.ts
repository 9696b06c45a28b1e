/** A model's id as people write it; an id outside the catalog stands for itself. */
import { REFERENCE_MODELS } from '@firstword/shared/catalog';

export function modelName(id: string): string {
  return REFERENCE_MODELS.find((model) => model.id === id)?.name ?? id;
}
