/** The one dialog that is open, if any. */
import type { Workspace } from '../workspace.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { CaseDialog } from './case-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { HandBackDialog, SpamDialog } from './confirm-dialogs.tsx';
import { DeadLettersDialog } from './dead-letters-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { Palette } from './palette.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { ReplayDialog } from './replay-dialog.tsx';
import { RerunDialog } from './rerun-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { SearchDialog } from './search-dialog.tsx';
import { AssignSelectedDialog, ResolveSelectedDialog, SnoozeSelectedDialog } from './selected-dialogs.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { SnoozeDialog } from './snooze-dialog.tsx';
import { SwitchDialog } from './switch-dialog.tsx';
import { TagDialog } from './tag-dialog.tsx';
import { VisitorDataDialog } from './visitor-data-dialog.tsx';

const DIALOGS = {
  'dead-letters': DeadLettersDialog,
  'kill-switch': SwitchDialog,
  assign: AssignDialog,
  case: CaseDialog,
  compare: CompareDialog,
  replay: ReplayDialog,
  reject: RejectDialog,
  resolve: ResolveDialog,
  snooze: SnoozeDialog,
  note: NoteDialog,
  tag: TagDialog,
  rerun: RerunDialog,
  merge: MergeDialog,
  'mark-spam': SpamDialog,
  'hand-back': HandBackDialog,
  'visitor-data': VisitorDataDialog,
  shortcuts: ShortcutsDialog,
  palette: Palette,
  search: SearchDialog,
  'assign-selected': AssignSelectedDialog,
  'snooze-selected': SnoozeSelectedDialog,
  'resolve-selected': ResolveSelectedDialog,
} as const;

export function Dialogs({ workspace }: { workspace: Workspace }) {
  const name = workspace.dialog.value;
  if (name === undefined) return null;
  const Dialog = DIALOGS[name];
  return <Dialog workspace={workspace} />;
}
