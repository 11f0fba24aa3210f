import { aPage, aPerson } from '../over.ts';

interface Page {
  title: string;
  text: string;
  code?: string;
  tags?: string[];
  trail?: string[];
  /** Sections below the first: heading and text. */
  more?: [string, string][];
}
const p = (title: string, text: string, over: Omit<Page, 'title' | 'text'> = {}): Page => ({ title, text, ...over });

/** Pages such as an engineering group writes, with what makes finding hard: titles of one letter, flags, error codes, names in many scripts. */
const pages: Page[] = [
  p(
    'Git hooks',
    'Every repository runs a pre-commit hook: format, lint, types. Skip it once with --no-verify, and say why in the commit.',
    {
      code: 'git commit --no-verify -m "wip"\nnpx pre-commit run --all-files',
      trail: ['How we work', 'Git'],
      more: [['When a hook is slow', 'A hook over five seconds is moved to the pipeline. Nobody waits for lint.']],
    },
  ),
  p('Naming branches', 'A git branch is named after its ticket: feat/ABC-12-short-words. Never your own name, never a date.', {
    trail: ['Git'],
  }),
  p('Commit messages', 'Say why, not what. One sentence in the present tense, then a body where the diff needs a reason.', {
    trail: ['Git'],
  }),
  p('Rebasing and merging', 'Rebase your own branch, merge into main with one commit. Never push --force to a branch that others pulled.', {
    code: 'git rebase -i origin/main\ngit push --force-with-lease',
    trail: ['Git'],
  }),
  p('Code review', 'Reviews are answered within a day. A review asks about behaviour first, naming second and spaces never.'),
  p('Definition of done', 'Done means: merged, released, observed for a day, documented. The team adds nothing to it per ticket.', {
    more: [['What is not part of it', 'Estimates and demos are no part of being done.']],
  }),
  p('Accessibility', 'Accessibility (a11y) is checked with axe in every end-to-end test, and by hand with a keyboard once a release.'),
  p('Internationalisation', 'Texts live in catalogues. Internationalisation (i18n) covers dates, numbers and plural forms.'),
  p('Infrastructure as code', 'Infrastructure as code (IaC) is Terraform; nobody clicks in a console. Modules are versioned by tag.', {
    code: 'terraform plan -out=plan.bin\nterraform apply plan.bin',
  }),
  p('Observability', 'Logs, metrics and traces carry the request id. A service without a dashboard is not in production.', {
    more: [['Alerts', 'An alert wakes somebody only if a person can do something about it now.']],
  }),
  p('On-call', 'One week each, handover on Monday. Who is on call keeps a laptop within fifteen minutes.', { trail: ['Operations'] }),
  p('Incidents', 'Declare early. One person leads, one writes. The review afterwards blames nobody.', { trail: ['Operations'] }),
  p('Post-mortems', 'A post-mortem is written within three days of an incident: what happened, what helped, what changes.', {
    trail: ['Operations'],
  }),
  p(
    'Releasing with feature flags',
    'A release turns nothing on. Feature flags do, one group of users at a time. Old flags are removed within a month.',
  ),
  p('Rolling back', 'A rollback is a release of the version before. Migrations never stand in its way.', {
    code: 'kubectl rollout undo deployment/api',
  }),
  p('Zero-downtime migrations', 'Change a live table in steps: add, write both, backfill, read new, drop. Locks stay under a second.', {
    trail: ['Data', 'PostgreSQL'],
    code: "set lock_timeout = '1s';\nalter table orders add column note text;",
  }),
  p('Connection pools', 'Twenty connections a service are enough. FATAL: sorry, too many clients already means that a pool leaks.', {
    trail: ['Data', 'PostgreSQL'],
  }),
  p('Deadlocks', 'PostgreSQL ends one of two transactions with error 40P01, deadlock detected. Take locks in one order.', {
    trail: ['Data', 'PostgreSQL'],
  }),
  p('Unique violations', 'Code 23505: duplicate key value violates unique constraint. Answer 409, never 500.', {
    trail: ['Data', 'PostgreSQL'],
  }),
  p('Backups', 'Every night, kept for thirty days, restored every month into an empty cluster. A backup nobody restored is a wish.'),
  p('Redis caching', 'Cache under keys that name a version. Nothing is invalidated, everything expires.'),
  p('Message queues', 'Consumers are idempotent. A poison message ends in the dead-letter queue with its reason.'),
  p('API style', 'Resources are plural nouns. Errors are problem documents. Versions stand in the path.', { trail: ['Backend'] }),
  p('Idempotent writes', 'A client makes the id, so that the same PUT twice is one record.', { trail: ['Backend'] }),
  p('Authorisation', 'Who may do what: roles add up, deny by default. Authorisation is decided at the resource, in one table.', {
    trail: ['Security'],
  }),
  p('Authentication', 'Sign-in by OIDC. Sessions end after twelve hours.', { trail: ['Security'] }),
  p('Authors of the handbook', 'The author of a page owns it. Authors review their pages twice a year.'),
  p('Secrets', 'Secrets live in the vault, never in a repository. A leaked secret is rotated within the hour.', { trail: ['Security'] }),
  p('Dependency updates', 'Renovate opens them, tests merge them. Majors by hand.'),
  p('Docker images', 'Images are small, run as a user of their own and are built once for all stages.', {
    code: 'docker build --no-cache -t api .',
  }),
  p('Kubernetes', 'One namespace a stage. CrashLoopBackOff means: read the log of the container before.', {
    code: 'kubectl logs -p pod/api -c app',
  }),
  p('ImagePullBackOff', 'The node cannot pull: wrong tag, or the registry secret is missing.', { trail: ['Kubernetes'] }),
  p('Out of memory', 'Exit code 137 is the OOM killer. Heap limits stay below the limit of the container.', { trail: ['Kubernetes'] }),
  p('C', 'The C programming language in our drivers: C11, no variable-length arrays.', { trail: ['Languages'] }),
  p('C++', 'Modern C++ without raw new. The C++ core guidelines are our linter.', { trail: ['Languages'] }),
  p('C#', 'C# for the desktop client alone. Nullable references are on.', { trail: ['Languages'] }),
  p('.NET', 'The .NET runtime that we ship is the LTS one. ASP.NET behind a proxy.', { trail: ['Languages'] }),
  p('R', 'R for one-off statistics, in a container of its own.', { trail: ['Languages'] }),
  p('Go', 'Go for command-line tools. Errors are values; wrap them with %w.', { trail: ['Languages'], code: 'go test ./... -race' }),
  p('Rust', 'Rust where latency counts. unwrap() is for tests. Error E0382 is a use after move.', { trail: ['Languages'] }),
  p('Node.js', 'Node.js LTS everywhere. EADDRINUSE means that something listens on the port. ECONNREFUSED that nothing does.', {
    code: 'node --max-old-space-size=512 main.js',
  }),
  p('TypeScript', 'Strict, with no any. TS2345 tells that an argument is not assignable to a parameter.', {
    code: 'npx tsc --noEmit -p tsconfig.json',
  }),
  p(
    '/Zc:wchar_t (wchar_t is a native type)',
    'With /Zc:wchar_t, on by default, wchar_t is a built-in type. Use /Zc:wchar_t- to make it a typedef.',
    {
      trail: ['Compiler options'],
    },
  ),
  p('/Zc:inline (Remove unreferenced COMDAT)', 'Removes unreferenced functions. On with -Zc:inline.', { trail: ['Compiler options'] }),
  p(
    'Linker Tools Error LNK2019',
    "unresolved external symbol 'symbol' referenced in function 'function'. The linker found a declaration and no definition.",
    {
      trail: ['Linker errors'],
    },
  ),
  p('Linker Tools Error LNK2001', "unresolved external symbol 'symbol'. A library is missing from the link line.", {
    trail: ['Linker errors'],
  }),
  p('Compiler Error C2065', "'identifier' : undeclared identifier. The compiler cannot find the declaration.", {
    trail: ['Compiler errors'],
  }),
  p('Compiler Warning (level 4) C4996', 'A function was declared deprecated. Use _CRT_SECURE_NO_WARNINGS to turn it off.', {
    trail: ['Compiler errors'],
  }),
  p('std::vector', 'A sequence that grows. reserve() before a loop of push_back().', {
    trail: ['C++'],
    code: 'std::vector<int> v; v.push_back(1);',
  }),
  p('CWE-79: Cross-site scripting', 'Improper neutralisation of input during web page generation. Escape on output, by the template.', {
    trail: ['Weaknesses'],
  }),
  p('CWE-89: SQL injection', 'Improper neutralisation of special elements in an SQL command. Parameters, never strings.', {
    trail: ['Weaknesses'],
  }),
  p('Onboarding', 'First day: accounts, laptop, a buddy. First week: one small change in production.', { trail: ['People'] }),
  p('Holidays and leave', 'Ask two weeks ahead. Sick leave needs no asking.', { trail: ['People'] }),
  p('Learning budget', 'A thousand a year for each person, and ten days.', { trail: ['People'] }),
  p('Salaries', 'Bands are public in the group. Reviewed each spring.', { trail: ['People'] }),
  p('The sidekick', 'The second engineer of a project: knows it well enough to carry it for two weeks.', { trail: ['How we work'] }),
  p('Capacity meeting', 'Every Monday at ten: who is over, which weeks have no sidekick, what to decide.', { trail: ['How we work'] }),
  p('Code style', 'The formatter decides. Colour of braces is not discussed.', {
    more: [['Naming', 'Names say what a thing is; abbreviations are for units.']],
  }),
  p('Colours and themes', 'Behaviour of dark mode: tokens, never hex values. Grey has six steps.', { trail: ['Design'] }),
  p('Keyboard shortcuts', 'Press ? anywhere. Ctrl+K opens search, g then t goes to the timeline.'),
  p('Load testing', 'autocannon on two cores beside the bare framework. p95 is told, never the mean.', {
    code: 'npx autocannon -c 50 -d 10 http://localhost:3000',
  }),
  p('Environments', 'dev, staging, production. Staging holds made-up data alone.'),
  p('Data protection (DSGVO)', 'Auftragsverarbeitung mit jedem Anbieter. Löschfristen stehen im Verzeichnis.', { trail: ['Datenschutz'] }),
  p('Überstunden', 'Überstunden werden in der Woche danach ausgeglichen.', { trail: ['Leute'] }),
  p('Łódź office', 'Two rooms, a kitchen, the key is with Łukasz.', { trail: ['Offices'] }),
  p('København office', 'Bicycles in the cellar. Smørrebrød on Fridays.', { trail: ['Offices'] }),
  p('リリース手順', 'リリースは毎週火曜日です。ロールバックの手順も確認してください。', { trail: ['日本語'] }),
  p('数据库迁移指南', '迁移数据库时先添加列，再回填数据。不要在高峰期锁表。', { trail: ['中文'] }),
  p('배포 절차', '배포는 화요일에 합니다. 롤백 방법을 먼저 확인하세요.', { trail: ['한국어'] }),
  p('การปล่อยรุ่น', 'ปล่อยรุ่นทุกวันอังคาร ตรวจสอบการย้อนกลับก่อนเสมอ', { trail: ['ไทย'] }),
  p('Emoji in commits 🎉', 'We use 🐛 for a fix and 🎉 for the first commit. 🚀 is for releases.', { trail: ['Git'] }),
  p('PostGIS', 'Maps live in PostGIS. Geometry columns have an SRID and a GIST index.', { trail: ['Data'] }),
  p('Maps and tiles', 'Tiles are cut at night by Spark, one zoom level after the other.', { trail: ['Data'] }),
  p('E-mail', 'Mail goes through one relay. SPF, DKIM and DMARC are set for every domain.'),
  p('Rate limits', 'Token bucket a client; 429 with Retry-After.', { trail: ['Backend'] }),
  p('Timeouts and retries', 'Every call has a timeout. Retries have jitter and a budget.', { trail: ['Backend'] }),
  p('snake_case and camelCase', 'Database columns are snake_case, JSON is camelCase; read_model_version becomes readModelVersion.', {
    trail: ['Backend'],
  }),
  p('Test pyramid', 'Many unit tests, some integration tests, few end-to-end tests.', {
    more: [['Flaky tests', 'A flaky test is mended or removed the same day.']],
  }),
  p('Licence check', 'Copyleft licences are asked about before they come in.'),
  p('Organisation chart', 'Guilds and teams, with their leads.', { trail: ['People'] }),
  p('Hiring', 'Two interviews and a paid trial day. Candidates hear from us within a week.'),
];

const people: [string, string[]][] = [
  ['Ana Duarte', ['Node.js', 'PostgreSQL']],
  ['Noor Haddad', ['PostGIS', 'Python']],
  ['Inês Carvalho', ['Kubernetes', 'Terraform']],
  ['Łukasz Nowak', ['C++', 'Rust']],
  ['Jonas Weber', ['Redis', 'Kubernetes']],
  ['Jørn Sæther', ['C#', '.NET']],
  ['Sinéad O’Neill', ['Accessibility', 'TypeScript']],
];

export const handbook = [
  ...pages.map(({ title, text, code = '', tags = [], trail = [], more = [] }, at) =>
    aPage(at + 1, title, text, {
      tags,
      trail,
      sections: [
        { anchor: '', heading: title, level: 1, text, code },
        ...more.map(([heading, words], n) => ({ anchor: `s${n}`, heading, level: 2, text: words, code: '' })),
      ],
    }),
  ),
  ...people.map(([name, skills], at) => aPerson(at + 1, name, skills)),
];
