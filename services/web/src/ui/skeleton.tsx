/** A grey block in the place of what loads. Widths and heights are CSS lengths. */
export function Block({ w = '100%', h = 12 }: { w?: string | number; h?: number }) {
  return <span className="sk" style={{ width: w, height: h }} />;
}

/** Lines of text that are still loading; nothing shows in the first 200 ms. */
export function Lines({ count = 4, label = 'Loading' }: { count?: number; label?: string }) {
  const widths = ['92%', '98%', '84%', '95%', '60%'];
  return (
    <div className="sk-late" role="status" aria-label={label} style={{ display: 'grid', gap: 14 }}>
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never change order
        <Block key={at} w={widths[at % widths.length] ?? '90%'} />
      ))}
    </div>
  );
}
