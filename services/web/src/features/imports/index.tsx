export function ImportsScreen() {
  return null;
}
export function ImportScreen() {
  return null;
}
