/** Puts the check of a model into words, for the start's output and the doctor. Pure. */
import type { ModelCheck, ReportLine } from '@firstword/shared/model-status';

export function reportCheck(check: ModelCheck): ReportLine {
  const { modelId, upstreamName, address, tiers, fault, warnings } = check;
  const subject = `${modelId} (${tiers.join(', ')})`;
  const asked = `${address} for "${upstreamName}"`;
  if (fault !== undefined)
    return { level: 'fault', subject, found: `${fault.code}: ${fault.message}`, asked, fix: fault.fix };
  return {
    level: warnings.length > 0 ? 'warning' : 'ok',
    subject,
    found: factsOf(check),
    asked,
    ...(warnings.length > 0 ? { fix: warnings.join(' ') } : {}),
  };
}

function factsOf({ ttftMs, tokensPerSecond, thinks, listed, price, refusedFields }: ModelCheck): string {
  return [
    ...(ttftMs === undefined ? [] : [`first token after ${ttftMs} ms`]),
    ...(tokensPerSecond === undefined ? [] : [`${tokensPerSecond} tokens/s`]),
    ...(thinks === true ? ['thinks before it answers'] : []),
    ...(listed === false ? ['not in the endpoint’s list of models'] : []),
    ...(refusedFields.length > 0 ? [`asked without ${refusedFields.join(' and ')}, which it refuses`] : []),
    ...(price === 'full' ? [] : [price === 'unknown' ? 'no price' : 'no input price']),
  ].join(', ');
}

const LABELS: Readonly<Record<ReportLine['level'], string>> = { ok: 'ok     ', warning: 'warning', fault: 'FAULT  ' };

/** One line for what is well, up to three for what is not. */
export function writeReportLine({ level, subject, found, asked, fix }: ReportLine): string {
  const first = `  ${LABELS[level]}  ${subject}: ${found}`;
  if (level === 'ok') return first;
  const indent = ' '.repeat(11);
  return [
    first,
    ...(level === 'fault' && asked !== undefined ? [`${indent}Asked: ${asked}`] : []),
    ...(fix === undefined ? [] : [`${indent}${level === 'fault' ? 'Fix: ' : ''}${fix}`]),
  ].join('\n');
}
