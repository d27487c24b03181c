const DURATION = 1200;

/** Where the camera stands to see a whole frame in a box: centre in km, y to the south, and pixels per km. */
function fitting(frame, box) {
  return {
    x: (frame.left + frame.right) / 2,
    y: -(frame.top + frame.bottom) / 2,
    k: Math.min(box.width / (frame.right - frame.left), box.height / (frame.top - frame.bottom)),
  };
}

/** The camera at a time from 0 to 1 between two; over a long way it rises and falls.
 *
 * The optimal path of van Wijk and Nuij (2003), Smooth and efficient zooming and panning, with rho squared = 2;
 * `width` is of the box in pixels.
 */
function route(from, to, width) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy);
  const [start, end] = [width / from.k, width / to.k];
  if (distance < start / 1e6) return (time) => ({ ...to, k: from.k * (to.k / from.k) ** time });
  const bend = (size, sign) =>
    -Math.asinh((end ** 2 - start ** 2 + sign * 4 * distance ** 2) / (4 * size * distance));
  const [first, last] = [bend(start, 1), bend(end, -1)];
  return (time) => {
    const here = first + time * (last - first);
    const way = (start * (Math.cosh(first) * Math.tanh(here) - Math.sinh(first))) / (2 * distance);
    return {
      x: from.x + way * dx,
      y: from.y + way * dy,
      k: (from.k * Math.cosh(here)) / Math.cosh(first),
    };
  };
}

function eased(time) {
  return time * time * (3 - 2 * time);
}
