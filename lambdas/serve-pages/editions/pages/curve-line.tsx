const width = 96;
const height = 20;
/** Half the stroke, so that the line is not cut at the edge. */
const margin = 1;

/** A small line of how a paper's upvotes rose; the words beside it say the same. */
export function CurveLine({ curve }: { curve: readonly number[] }) {
  const least = Math.min(...curve);
  const span = Math.max(1, Math.max(...curve) - least);
  const points = curve.map((count, index) => {
    const x = margin + (index / (curve.length - 1)) * (width - 2 * margin);
    const y = height - margin - ((count - least) / span) * (height - 2 * margin);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="curve" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
