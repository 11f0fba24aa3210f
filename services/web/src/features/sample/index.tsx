export function SampleDialog(_: { onClose: () => void }) {
  return null;
}
