// Who may open a connection to whom: the table of infra/docs/kubernetes.md as data. k8s/base/policies.yaml says the same to
// Kubernetes, and infra/cluster/policies.ts tries every pair from inside the pods.

export const services = ['gateway', 'content', 'search', 'staffing'] as const;
export const targets = [...services, 'documents', 'broker', 'cache', 'dns', 'node'] as const;
export type Target = (typeof targets)[number];

/** What each kind of pod may reach; nothing else. `node` is the machine itself, and stands for the world outside. */
export const allowed: ReadonlyMap<string, readonly Target[]> = new Map<string, readonly Target[]>([
  ['gateway', ['content', 'search', 'staffing', 'documents', 'broker', 'cache', 'dns']],
  ['content', ['documents', 'broker', 'cache', 'dns']],
  ['search', ['content', 'staffing', 'broker', 'dns']],
  ['staffing', ['documents', 'broker', 'cache', 'dns']],
  ['migrate', ['documents', 'broker', 'dns']],
  ['backup', ['documents', 'dns']],
  ['restore', ['documents', 'dns']],
  ['a pod beside them', []],
]);

/** Pods of other namespaces, by what their namespace is labelled as: what they may reach of ours. */
export const fromOutside: ReadonlyMap<string, readonly Target[]> = new Map<string, readonly Target[]>([
  ['ingress', ['gateway']],
  ['monitoring', [...services]],
  ['none', []],
]);
