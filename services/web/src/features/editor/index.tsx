export function NewPageScreen() {
  return null;
}
export function EditScreen() {
  return null;
}
