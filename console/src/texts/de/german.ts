/** The German catalogs, by their name. */
import { alert } from './alert-texts.ts';
import { analysis } from './analysis-texts.ts';
import { article } from './article-texts.ts';
import { assist } from './assist-texts.ts';
import { attachment } from './attachment-texts.ts';
import { audit } from './audit-texts.ts';
import { benchmark } from './benchmark-texts.ts';
import { call } from './call-texts.ts';
import { canned } from './canned-texts.ts';
import type { Catalogs } from './catalogs.ts';
import { check } from './check-texts.ts';
import { command } from './command-texts.ts';
import { common } from './common-texts.ts';
import { conversation } from './conversation-texts.ts';
import { dialog } from './dialog-texts.ts';
import { evaluation } from './evaluation-texts.ts';
import { factor } from './factor-texts.ts';
import { failure } from './failure-texts.ts';
import { feed } from './feed-texts.ts';
import { filter } from './filter-texts.ts';
import { guidance } from './guidance-texts.ts';
import { identity } from './identity-texts.ts';
import { knowledge } from './knowledge-texts.ts';
import { list } from './list-texts.ts';
import { macro } from './macro-texts.ts';
import { modelSettings } from './model-settings-texts.ts';
import { model } from './model-texts.ts';
import { notification } from './notification-texts.ts';
import { page } from './page-texts.ts';
import { phrase } from './phrase-texts.ts';
import { picture } from './picture-texts.ts';
import { proposal } from './proposal-texts.ts';
import { quality } from './quality-texts.ts';
import { replay } from './replay-texts.ts';
import { reply } from './reply-texts.ts';
import { report } from './report-texts.ts';
import { run } from './run-texts.ts';
import { search } from './search-texts.ts';
import { setUp } from './set-up-texts.ts';
import { signIn } from './sign-in-texts.ts';
import { site } from './site-texts.ts';
import { snippet } from './snippet-texts.ts';
import { status } from './status-texts.ts';
import { team } from './team-texts.ts';
import { ticket } from './ticket-texts.ts';
import { time } from './time-texts.ts';
import { visitorData } from './visitor-data-texts.ts';
import { webhook } from './webhook-texts.ts';

export const german: Catalogs = {
  alert,
  analysis,
  article,
  assist,
  attachment,
  audit,
  benchmark,
  call,
  canned,
  check,
  command,
  common,
  conversation,
  dialog,
  evaluation,
  factor,
  failure,
  feed,
  filter,
  guidance,
  identity,
  knowledge,
  list,
  macro,
  model,
  modelSettings,
  notification,
  page,
  phrase,
  picture,
  proposal,
  quality,
  replay,
  reply,
  report,
  run,
  search,
  setUp,
  signIn,
  site,
  snippet,
  status,
  team,
  ticket,
  time,
  visitorData,
  webhook,
};
