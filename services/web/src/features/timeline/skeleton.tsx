import { Block } from '../../ui/skeleton.tsx';

/** The shape of a grid while it loads. */
export function GridSkeleton() {
  return (
    <div className="tlsk sk-late" role="status" aria-label="Loading the timeline">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="tlsk-r">
          <div>
            <Block w={120} h={14} />
            <Block w={180} h={10} />
          </div>
          <div>
            <Block h={18} w={`${90 - row * 7}%`} />
            <Block h={18} w={`${60 + row * 5}%`} />
            <Block h={16} />
          </div>
        </div>
      ))}
    </div>
  );
}
