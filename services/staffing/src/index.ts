export { createStaffing, type Staffing, type StaffingDeps } from './service.ts';
