/** Abbreviations of the field and what they stand for, as people type either and pages write either. */
const groups = `
a11y = accessibility | auth = authentication authorisation | authn = authentication | authz = authorisation | bdd = behaviour driven development
cd = continuous delivery, continuous deployment | cdn = content delivery network | ci = continuous integration | csharp = c# | cpp = c++
cors = cross origin resource sharing | csp = content security policy | csrf xsrf = cross site request forgery | cve = vulnerability
db = database | ddd = domain driven design | dev = development | dns = domain name system | dod = definition of done
dor = definition of ready | dotnet = .net | dto = data transfer object | e2e = end to end | env = environment | es = elasticsearch
fe = frontend | be = backend | gc = garbage collection | gdpr dsgvo = data protection | gha = github actions | golang = go | gql = graphql
hitl = human in the loop | hr = human resources | iac = infrastructure as code | iam = identity and access management | ide = editor
idp = identity provider | js = javascript | jwt = json web token | k8s kube = kubernetes | kpi = key performance indicator | l10n = localisation
lb = load balancer | lts = long term support | mfa 2fa = multi factor authentication, two factor | ml = machine learning | mq = message queue
mr = merge request | msg = message | mvp = minimum viable product | ooo = out of office, holidays | oom = out of memory | orm = object relational
os = operating system | perf = performance | pg postgres psql = postgresql | pii = personal data | pm = project manager | poc = proof of concept
pr = pull request | prod = production | pto = leave, holidays | py = python | qa = quality assurance, testing | rbac = role based access
rca = root cause | regex regexp = regular expression | repo = repository | rfc = request for comments | rls = row level security | rpo = recovery point
rto = recovery time | sdk = development kit | sec = security | sla = service level agreement | slo = service level objective
sqli = sql injection | sre = site reliability | ssh = secure shell | sso = single sign on | ssrf = server side request forgery
tdd = test driven development | tf = terraform | tls ssl = transport layer security | ts = typescript | ui = user interface | ux = user experience
vm = virtual machine | vpn = virtual private network | wip = work in progress | xss = cross site scripting | xxe = xml external entity`;

const stands = new Map<string, string[]>();
for (const group of groups.split(/[|\n]/)) {
  const [short = '', long = ''] = group.split('=').map((part) => part.trim());
  const shorts = short.split(' ').filter(Boolean);
  const longs = long.split(',').map((one) => one.trim());
  for (const one of shorts) stands.set(one, [...shorts.filter((other) => other !== one), ...longs]);
  // What is spelled out finds the short form too; a phrase is no word of a query.
  for (const one of longs) if (/^\w+$/.test(one)) stands.set(one, [...(stands.get(one) ?? []), ...shorts]);
}

/** What a lower-case word is also written as, each a word or a run of words. */
export const standsFor = (word: string): readonly string[] => stands.get(word) ?? [];

/** `k8s`, `i18n`: first letter, how many are left out, last letter. */
const numeronym = /^(\p{L})(\d{1,2})(\p{L})$/u;

/** The known word that a numeronym leaves the middle of out, the most frequent of several; null where it is none. */
export function spelledOut(word: string, known: Iterable<readonly [string, number]>): string | null {
  const [, first, left, last] = numeronym.exec(word) ?? [];
  if (!first || !left || !last) return null;
  const length = Number(left) + 2;
  let best: { word: string; count: number } | null = null;
  for (const [candidate, count] of known)
    if (candidate.length === length && candidate.startsWith(first) && candidate.endsWith(last) && /^\p{L}+$/u.test(candidate))
      if (!best || count > best.count || (count === best.count && candidate < best.word)) best = { word: candidate, count };
  return best?.word ?? null;
}

/** `Definition of done` is also `dod`: the first letters of a title of three to six words, with and without its small words. */
export function initialsOf(title: string, isSmall: (word: string) => boolean): string[] {
  const words = title.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < 3 || words.length > 6) return [];
  const of = (list: readonly string[]) => list.map((word) => [...word][0] ?? '').join('');
  const found = [of(words), of(words.filter((word) => !isSmall(word)))];
  return [...new Set(found)].filter((initials) => initials.length >= 3 && !isSmall(initials));
}
