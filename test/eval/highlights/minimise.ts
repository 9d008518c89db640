/** A function's value at a point; writes its gradient there into `gradient`. */
export type Differentiable = (point: Float64Array, gradient: Float64Array) => number;

/** How many steps are remembered. */
const memory = 8;

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  /** 1 / (moved · turned). */
  readonly weight: number;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** `a` + `times` · `b`. */
const plus = (a: Float64Array, times: number, b: Float64Array) => a.map((value, at) => value + times * (b[at] ?? 0));

/** The gradient times what the last steps tell of the inverse curvature: L-BFGS's two loops. */
function directionOf(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  let direction = gradient.slice();
  const shares: number[] = [];
  for (const { moved, turned, weight } of steps.toReversed()) {
    const share = weight * dot(moved, direction);
    shares.unshift(share);
    direction = plus(direction, -share, turned);
  }
  const last = steps.at(-1);
  const curvature = last ? last.weight * dot(last.turned, last.turned) : 1;
  direction = direction.map((value) => value / curvature);
  for (const [index, { moved, turned, weight }] of steps.entries()) {
    direction = plus(direction, (shares[index] ?? 0) - weight * dot(turned, direction), moved);
  }
  return direction;
}

/** A point at which a smooth function is nearly least, from 0: L-BFGS (Liu and Nocedal, 1989), at most `most` steps. */
export function minimise(dimensions: number, valueAt: Differentiable, most = 60): Float64Array {
  let point = new Float64Array(dimensions);
  let gradient = new Float64Array(dimensions);
  let value = valueAt(point, gradient);
  const steps: Step[] = [];
  for (let taken = 0; taken < most; taken += 1) {
    const direction = directionOf(gradient, steps);
    const slope = dot(direction, gradient);
    const nextGradient = new Float64Array(dimensions);
    let length = taken === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient) || 1)) : 1;
    let next = plus(point, -length, direction);
    let nextValue = valueAt(next, nextGradient);
    while (nextValue > value - 1e-4 * length * slope && length > 1e-6) {
      length /= 2;
      next = plus(point, -length, direction);
      nextValue = valueAt(next, nextGradient);
    }
    const moved = plus(next, -1, point);
    const turned = plus(nextGradient, -1, gradient);
    const bend = dot(moved, turned);
    const isStill = value - nextValue < 1e-6 * Math.abs(value);
    if (nextValue > value) break;
    [point, gradient, value] = [next, nextGradient, nextValue];
    if (isStill) break;
    if (bend > 1e-12) steps.push({ moved, turned, weight: 1 / bend });
    if (steps.length > memory) steps.shift();
  }
  return point;
}
