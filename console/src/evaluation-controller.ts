/** The state of a site's evaluations on the Knowledge page, with the results of the run that is shown and of the one before. */
import type {
  EvaluationDetail,
  EvaluationList,
  EvaluationRequest,
  EvaluationRun,
} from '@firstword/shared/evaluation-run';
import type { EvaluationApi } from './evaluation-api.ts';
import { createResource, type Resource } from './resource.ts';
import { createRunController, type RunController } from './run-controller.ts';
import { evaluationTexts as texts } from './texts/evaluation-texts.ts';

type NewEvaluation = Omit<EvaluationRequest, 'site'>;

export interface EvaluationController extends RunController<EvaluationRun, EvaluationList, NewEvaluation> {
  /** Of the run that is shown. */
  readonly detail: Resource<{ id: string }, EvaluationDetail>;
  /** Of the run that it is compared with. */
  readonly comparedDetail: Resource<{ id: string }, EvaluationDetail>;
}

export function createEvaluationController(api: EvaluationApi, site: () => string): EvaluationController {
  const runs = createRunController<EvaluationRun, EvaluationList, NewEvaluation>({
    read: () => api.read(site()),
    start: (request) => api.start({ ...request, site: site() }),
    stop: api.stop,
    conflictText: texts.conflict,
    comparesPrevious: true,
  });
  const createDetail = () => createResource<{ id: string }, EvaluationDetail>({ id: '' }, ({ id }) => api.readRun(id));
  const [detail, comparedDetail] = [createDetail(), createDetail()];
  return {
    ...runs,
    detail,
    comparedDetail,
    leave() {
      runs.leave();
      // The next visit may be of another site.
      for (const resource of [runs.list, detail, comparedDetail]) resource.clear();
    },
  };
}
