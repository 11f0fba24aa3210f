export { staffingSchema } from './schema.ts';
export { createStaffing, type Staffing, type StaffingDeps } from './service.ts';
