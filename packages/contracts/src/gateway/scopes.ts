import { z } from 'zod';

/** What an API token may be used for. It never gives more than the roles of its account do. */
export const Scope = z.enum(['read', 'staff', 'pages', 'system']);
export type Scope = z.infer<typeof Scope>;

/** Scopes in the order of `Scope`; whoever changes records or pages reads them too, since every change names what it was made of. */
export const withReading = (scopes: readonly Scope[]): Scope[] =>
  Scope.options.filter((scope) => scopes.includes(scope) || (scope === 'read' && scopes.some((one) => one !== 'system')));

const all = <const T extends Scope | 'any' | null>(scope: T, operations: string) =>
  Object.fromEntries(operations.split(/\s+/).map((operation) => [operation, scope])) as Record<string, T>;

/**
 * Operation → the scope that a token needs for it; `any` for every token, null for no token with scopes. What is not named is closed
 * to them as well: `services/portal/src/scopes.int.test.ts` wants each operation named here.
 */
export const operationScopes: ReadonlyMap<string, Scope | 'any' | null> = new Map(
  Object.entries({
    ...all('any', 'readMe readOpenapi readDocs readDocsFile'),
    ...all(
      'read',
      `findPage listPages readPage readTree readRevision listRevisions listPageChanges readSourceVersion listSources readSource listImports
      readImport listAttachments readAttachment search complete
      listPeople readPerson listProjects readProject listAssignments readAssignment listTimesOff readTimeOff listHolidays readHoliday
      listTeams readTeam listSkills readSkill listVolunteers readVolunteer listWishes readWish listOpenings readOpening listViews readView
      listRates readRate listBudgets readBudget listAllSettings readSettings readBurn listCandidates listChanges listChangeAuthors
      readChange listDecisions listFree readCapacity readTimeline askFigures askRows listRegions proposeHolidays readSample readSetup
      listOwnViews watchEvents listWeekNotes readWeekNote listPlans readPlan exportSheet exportStaffing readPersonCalendar
      readProjectCalendar readAbsencesCalendar`,
    ),
    ...all(
      'staff',
      `change previewChange undoChange putPerson patchPerson deletePerson redactPerson putProject patchProject deleteProject
      putAssignment patchAssignment deleteAssignment putTimeOff patchTimeOff deleteTimeOff putHoliday patchHoliday deleteHoliday
      putTeam patchTeam deleteTeam putSkill patchSkill deleteSkill mergeSkills putVolunteer patchVolunteer deleteVolunteer
      putWish patchWish deleteWish putOpening patchOpening deleteOpening putView patchView deleteView putRate patchRate deleteRate
      putBudget patchBudget deleteBudget putSettings patchSettings deleteSettings previewSheet putOwnView deleteOwnView putWeekNote patchWeekNote deleteWeekNote
      plan endPlan comparePlan acceptPlan previewMove commitSheet previewStaffingImport importStaffing`,
    ),
    ...all(
      'pages',
      `addPage createPage editPage movePage deletePage previewPage settleSourceVersion importHandbook deleteSource addAttachment
      removeAttachment`,
    ),
    ...all(
      'system',
      `readSystem readBackup recordBackup listDeadLetters readDeadLetter replayDeadLetter replayQueue discardDeadLetter
      listDeadLetterDeeds listSignIns listAccounts listAccountDeeds readStaffingSnapshot snapshotPages changeSetup deleteSample
      removeSampleAccounts listWebhooks listWebhookDeliveries listWebhookDeeds testWebhook replayWebhookDelivery`,
    ),
    // How one gets in, and what a token that leaked could be used to stay in with.
    ...all(
      null,
      `signIn signInAsPersona signOut acceptInvitation recover readAuthOptions readInvitation readRecovery inviteAccount recoverAccount
      changeAccount changeOwnPassword changeOwnEmail changeReading listOwnSessions endOwnSession endOtherSessions listTokens createToken
      removeToken createWebhook changeWebhook removeWebhook renewWebhookSecret listFeeds createFeed
      renewFeed removeFeed readFeed`,
    ),
  }),
);

/** Whether a token with these scopes may be used for an operation. */
export function scopesAllow(scopes: readonly Scope[], operation: string): boolean {
  const needed = operationScopes.get(operation) ?? null;
  return needed === 'any' || (needed !== null && scopes.includes(needed));
}
