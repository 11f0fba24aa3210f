export function MeScreen() {
  return null;
}
export function AccountsScreen() {
  return null;
}
