import { SourceVersionChoice } from './content/imports.ts';
import { PageCreate, PageMove, PagePatch, PreviewRequest } from './content/pages.ts';
import {
  AcceptInvitation,
  AccountPatch,
  DemoSignIn,
  InvitationCreate,
  Reading,
  SetupPatch,
  SignIn,
  TokenCreate,
} from './gateway/accounts.ts';
import { FeedCreate } from './gateway/feeds.ts';
import { OwnEmail, OwnPassword, Recover } from './gateway/own-account.ts';
import { OwnViewBody } from './gateway/own-views.ts';
import { DiscardReason } from './gateway/system.ts';
import { WebhookCreate, WebhookPatch } from './gateway/webhooks.ts';
import { CalendarCommit, CalendarImport } from './staffing/calendar-imports.ts';
import { ChangeRequest, RedactRequest } from './staffing/changes.ts';
import { SkillMerge } from './staffing/decisions.ts';
import { FiguresRequest } from './staffing/figures.ts';
import { SheetCommit, SheetMove } from './staffing/moving.ts';
import { PlanAcceptRequest, PlanCompareRequest, PlanRequest } from './staffing/plans.ts';
import { RowsRequest } from './staffing/rows.ts';

/** The JSON bodies that the web UI sends, by the operation (its name in OpenAPI) that takes them. */
export const requests = {
  previewPage: PreviewRequest,
  createPage: PageCreate,
  editPage: PagePatch,
  movePage: PageMove,
  settleSourceVersion: SourceVersionChoice,
  signIn: SignIn,
  signInAsPersona: DemoSignIn,
  acceptInvitation: AcceptInvitation,
  recover: Recover,
  changeOwnPassword: OwnPassword,
  changeOwnEmail: OwnEmail,
  changeReading: Reading,
  changeAccount: AccountPatch,
  inviteAccount: InvitationCreate,
  createToken: TokenCreate,
  createFeed: FeedCreate,
  createWebhook: WebhookCreate,
  changeWebhook: WebhookPatch,
  putOwnView: OwnViewBody,
  changeSetup: SetupPatch,
  discardDeadLetter: DiscardReason,
  previewCalendar: CalendarImport,
  importCalendar: CalendarCommit,
  change: ChangeRequest,
  previewChange: ChangeRequest,
  mergeSkills: SkillMerge,
  redactPerson: RedactRequest,
  askFigures: FiguresRequest,
  askRows: RowsRequest,
  plan: PlanRequest,
  acceptPlan: PlanAcceptRequest,
  comparePlan: PlanCompareRequest,
  previewSheetMove: SheetMove,
  commitSheet: SheetCommit,
} as const;
