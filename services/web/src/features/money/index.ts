export { PersonRates } from './person-rates.tsx';
export { ProjectMoney } from './project-money.tsx';
