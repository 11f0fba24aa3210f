export { MyOffers } from './my-offers.tsx';
export { PersonOffers, PersonWishes } from './person-offers.tsx';
export { ProjectOffers } from './project-offers.tsx';
