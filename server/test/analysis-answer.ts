/** A complete analysis as a model would write it. Tests can replace parts of it. */
import type { AnalysisContent, analysisContentSchema } from '@firstword/shared/analysis';
import type { z } from 'zod';

export function writtenAnalysis(change: Partial<AnalysisContent> = {}): z.input<typeof analysisContentSchema> {
  return {
    reading: {
      summary: 'The parcel is lost. The visitor was charged twice.',
      visitorGoal: 'A refund of the second charge.',
      category: 'billing',
      alternatives: [],
      urgency: 'high',
      urgencyReason: 'Money is missing.',
      sentiment: 'negative',
      trend: 'steady',
      language: 'en',
    },
    evidence: [{ id: 'E1', kind: 'message', sourceId: '1', quote: 'charged twice' }],
    reply: { language: 'en', sentences: [{ text: 'You were charged twice.', citations: ['E1'] }] },
    confidence: { value: 0.8, reasons: ['The visitor is clear.'] },
    hypotheses: [{ statement: 'The payment was sent twice.', confidence: 0.7, status: 'likely', evidence: ['E1'] }],
    missingInfo: [{ question: 'Which card was charged?', why: 'To find the payment.' }],
    nextActions: [{ type: 'refund', parameters: { amount: 12.5 }, risk: 'medium' }],
    ...change,
  };
}
