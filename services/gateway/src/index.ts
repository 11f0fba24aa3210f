export { type Asker, askers, type MatrixRow, matrixOf, probePath } from './access/matrix.ts';
export type { Operation } from './access/operations.ts';
export type { GatewayDeps } from './composition.ts';
export { type GatewayConfig, publicOrigin } from './config.ts';
export type { Forward, PartAnswer, PartRequest } from './forward/forward.ts';
export { inProcess } from './forward/in-process.ts';
export { createGateway, type Gateway } from './gateway.ts';
export { type Keys, loadKeys } from './keys/keys.ts';
export type { PersonaSeed } from './sign-in/demo.ts';
