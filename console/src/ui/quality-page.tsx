/** The Quality page: how conversations went, what visitors thought of them, and what agents had to do. */
import type { QualityFigures, QualityReport } from '@firstword/shared/quality-report';
import { durationText } from '../figures.ts';
import { countText, decimalText, shareText } from '../numbers.ts';
import { reasonText } from '../reason-text.ts';
import type { Router } from '../router.ts';
import {
  firstResponseText,
  helpfulText,
  qualitySentence,
  qualityTexts,
  satisfactionText,
  targetsText,
} from '../texts/quality-texts.ts';
import { keyText } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { dateText } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ConversationLink } from './conversation-link.tsx';
import { FigureTable } from './figure-table.tsx';
import { QualityChart } from './quality-chart.tsx';
import { ReportFrame } from './report-frame.tsx';

export function QualityPage({ workspace }: { workspace: Workspace }) {
  const { quality } = workspace.reports;
  return (
    <ReportFrame
      title={qualityTexts.title}
      resource={quality}
      keys={qualityTexts.groupings}
      sites={quality.response.value?.sites ?? []}
      allSites
      sentence={qualitySentence}
    >
      {(report) =>
        report.total.conversations + report.total.tickets === 0 ? (
          <p class="report__empty">{qualityTexts.empty}</p>
        ) : (
          <>
            <FiguresPart report={report} />
            <CountPart
              title={qualityTexts.reasons}
              column={qualityTexts.reason}
              rows={report.reasons.map(({ key, count }) => ({ key, name: reasonText(key), count }))}
            />
            <CountPart
              title={qualityTexts.topics}
              column={qualityTexts.topic}
              rows={report.topics.map(({ key, count }) => ({ key, name: key, count }))}
            />
            <ReviewsPart reviews={report.reviews} />
            <CommentsPart report={report} router={workspace.router} />
          </>
        )
      }
    </ReportFrame>
  );
}

function FiguresPart({ report }: { report: QualityReport }) {
  const { total, by, lines, sites } = report;
  const { columns } = qualityTexts;
  const nameOf = (key: string) =>
    by === 'site' ? (sites.find(({ id }) => id === key)?.name ?? key) : keyText(by, key);
  return (
    <section class="report__part">
      <h2>{qualityTexts.figures}</h2>
      <QualityChart report={report} />
      <dl class="burn">
        <Fact name={qualityTexts.helpful} text={helpfulText(total)} />
        <Fact name={qualityTexts.satisfaction} text={satisfactionText(total)} />
        <Fact name={qualityTexts.firstResponse} text={firstResponseText(total.firstResponse)} />
        {total.targets.kind === 'measured' && <Fact name={qualityTexts.targets} text={targetsText(total)} />}
      </dl>
      <FigureTable
        csv
        caption={qualityTexts.figures}
        columns={[
          qualityTexts.groupings[by],
          columns.conversations,
          columns.withoutAgent,
          columns.tickets,
          columns.reopened,
          columns.helpful,
          columns.notHelpful,
          columns.satisfaction,
          columns.firstResponse,
          columns.targets,
        ]}
        rows={lines.map(({ key, figures }) => ({ key, name: nameOf(key), cells: cellsOf(figures) }))}
        total={{ name: reportTexts.total, cells: cellsOf(total) }}
      />
    </section>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function cellsOf({ satisfaction, firstResponse, targets, ...counts }: QualityFigures): string[] {
  return [
    countText(counts.conversations),
    countText(counts.withoutAgent),
    countText(counts.tickets),
    countText(counts.reopened),
    countText(counts.ratingsUp),
    countText(counts.ratingsDown),
    satisfaction.kind === 'no-data' ? '–' : decimalText(satisfaction.average, 1),
    firstResponse.kind === 'no-data' ? '–' : durationText(firstResponse.p50Ms),
    targets.kind === 'no-data' ? '–' : shareText(targets.met / targets.tickets),
  ];
}

interface CountPartProps {
  readonly title: string;
  readonly column: string;
  readonly rows: readonly { readonly key: string; readonly name: string; readonly count: number }[];
}

function CountPart({ title, column, rows }: CountPartProps) {
  return (
    <section class="report__part">
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="report__quiet">{qualityTexts.none}</p>
      ) : (
        <FigureTable
          csv
          caption={title}
          columns={[column, qualityTexts.tickets]}
          rows={rows.map(({ key, name, count }) => ({ key, name, cells: [countText(count)] }))}
        />
      )}
    </section>
  );
}

function ReviewsPart({ reviews }: { reviews: QualityReport['reviews'] }) {
  const { verdicts } = qualityTexts;
  return (
    <section class="report__part">
      <h2>{qualityTexts.reviews}</h2>
      <p class="report__quiet">{qualityTexts.reviewsHint}</p>
      <FigureTable
        csv
        caption={qualityTexts.reviews}
        columns={[qualityTexts.review, qualityTexts.analyses]}
        rows={(['approved', 'edited', 'rejected', 'pending'] as const).map((verdict) => ({
          key: verdict,
          name: verdicts[verdict],
          cells: [countText(reviews[verdict])],
        }))}
      />
    </section>
  );
}

function CommentsPart({ report: { comments }, router }: { report: QualityReport; router: Router }) {
  return (
    <section class="report__part">
      <h2>{qualityTexts.comments}</h2>
      {comments.length === 0 ? (
        <p class="report__quiet">{qualityTexts.noComments}</p>
      ) : (
        <ul class="quality__comments">
          {comments.map(({ conversationId, at, text }) => (
            <li key={`${conversationId} ${at}`}>
              <ConversationLink router={router} id={conversationId}>
                <bdi>{text}</bdi>
              </ConversationLink>
              <time dateTime={new Date(at).toISOString()}>{dateText(at)}</time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
