const story = JSON.parse(document.getElementById("story").textContent);
const slides = story.slides;
const part = Object.fromEntries([...document.querySelectorAll("[id]")].map((element) => [element.id, element]));
const codes = [...part.codes.children];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const LAND = "atlantic";
const EDGES = ["left", "bottom", "right", "top"];
const PATIENCE = 60_000;
const STEPS = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

let shown = -1;
let began = history.state?.began ?? null;
let camera = null;
let flight = 0;
const arrivals = new Map();
const loaded = new Map();

function clamped(number) {
  return Math.min(Math.max(number, 0), slides.length - 1);
}

/** The slide that the address asks for, counted from 0; the first where it asks for none. */
function asked() {
  return clamped((parseInt(location.hash.slice(1), 10) || 1) - 1);
}

function go(number) {
  part.help.classList.add("gone");
  part.notice.hidden = true;
  if (clamped(number) === shown) return;
  began ??= Date.now();
  show(clamped(number));
}

function show(number) {
  const before = boxed();
  shown = number;
  write(slides[number]);
  const place = boxed();
  if (camera) {
    camera.x += (place.x - before.x) / camera.k;
    camera.y += (place.y - before.y) / camera.k;
  }
  remember();
  fill(number);
  tell();
}

function remember() {
  history.replaceState({ began }, "", `#${shown + 1}`);
}

function write(slide) {
  part.title.textContent = slide.title;
  part.text.textContent = slide.text;
  part.source.textContent = slide.source;
  part.spoken.textContent = `${slide.title}. ${slide.text}`;
  part.position.textContent = `${shown + 1} / ${slides.length}`;
  part.progress.value = shown + 1;
  codes.forEach((code, number) => (code.hidden = number !== shown));
  settle();
}

/** Set the words as large as leaves room for the picture. */
function settle() {
  const roomy = () =>
    part.picture.clientHeight >= Math.min(0.55 * innerHeight, part.picture.clientWidth / 2);
  STEPS.some((step) => {
    part.stage.style.setProperty("--step", step);
    return roomy();
  });
}

/** The box of the picture: its centre on the screen and its size, in pixels. */
function boxed() {
  const { left, top, width, height } = part.picture.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2, width, height };
}

/** The picture of a slide, decoded; asked for once, and again at the next visit where it failed. */
function arrival(number) {
  if (!arrivals.has(number)) {
    arrivals.set(number, load(number, 1000).catch((error) => {
      arrivals.delete(number);
      throw error;
    }));
  }
  return arrivals.get(number);
}

/** Fetch and decode a picture, with three more tries at growing intervals. */
async function load(number, pause) {
  const { picture, title, text, frame } = slides[number];
  try {
    const image = new Image();
    image.alt = `${title}. ${text}`;
    image.className = frame ? "map" : "";
    image.draggable = false;
    image.src = picture.startsWith("data:") ? picture : await fetched(picture);
    await image.decode();
    loaded.set(number, image);
    tell();
    return image;
  } catch (error) {
    if (pause > 4000) throw error;
    await new Promise((done) => setTimeout(done, pause));
    return load(number, 2 * pause);
  }
}

/** The address of a picture in memory, so that the presenter's window needs no network. */
async function fetched(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${address}: must be answered, but is ${answer.status}`);
  return URL.createObjectURL(await answer.blob());
}

/** Load all pictures, always the nearest of those to come. */
async function preload() {
  const waiting = new Set(slides.keys());
  const ahead = (number) => (number - shown + slides.length) % slides.length;
  while (waiting.size) {
    const next = [...waiting].reduce((best, number) => (ahead(number) < ahead(best) ? number : best));
    waiting.delete(next);
    await arrival(next).catch(() => null);
  }
}

/** Move the camera and bring the picture of a slide when it is there; until then there is the land. */
async function fill(number) {
  part.picture.ariaBusy = "true";
  part.missing.hidden = true;
  aim(slides[number].frame);
  const ready = loaded.get(number);
  if (!ready) reveal(null);
  const image = ready ?? (await arrival(number).catch(() => null));
  await image?.decode().catch(() => null);
  if (shown !== number) return;
  part.picture.ariaBusy = "false";
  part.missing.hidden = image !== null;
  reveal(image);
}

/** Fade one picture in and the others out. */
function reveal(image) {
  if (image && !image.isConnected) part.picture.insertBefore(image, part.loading);
  place();
  image?.getBoundingClientRect();
  for (const other of loaded.values()) other.classList.toggle("here", other === image);
}

/** Point the camera at a frame: by a flight from another map of the same projection, else at once. */
function aim(frame) {
  const from = camera;
  const flying = part.picture.classList.contains("flying");
  cancelAnimationFrame(flight);
  part.picture.classList.remove("flying");
  part.land.classList.toggle("here", frame?.projection === LAND);
  camera = frame && { ...fitting(frame, boxed()), frame };
  if (camera && from?.frame.projection === frame.projection && !still.matches) {
    if (flying || EDGES.some((edge) => from.frame[edge] !== frame[edge])) fly(from, camera);
  }
  place();
}

function fly(from, to) {
  const path = route(from, to, boxed().width);
  let start = null;
  camera = { ...from, frame: to.frame };
  part.picture.classList.add("flying");
  const step = (now) => {
    start ??= now;
    const time = Math.min((now - start) / DURATION, 1);
    camera = time < 1 ? { ...path(eased(time)), frame: to.frame } : to;
    place();
    if (time < 1) flight = requestAnimationFrame(step);
    else part.picture.classList.remove("flying");
  };
  flight = requestAnimationFrame(step);
}

/** Put the land and the maps of this projection where the camera sees them. */
function place() {
  if (!camera) return;
  const box = boxed();
  const [left, top] = [camera.x - box.width / 2 / camera.k, camera.y - box.height / 2 / camera.k];
  part.land.setAttribute("viewBox", `${left} ${top} ${box.width / camera.k} ${box.height / camera.k}`);
  for (const [number, image] of loaded) {
    const frame = slides[number].frame;
    if (frame?.projection !== camera.frame.projection) continue;
    const rest = fitting(frame, box).k;
    image.style.width = `${(frame.right - frame.left) * rest}px`;
    image.style.height = `${(frame.top - frame.bottom) * rest}px`;
    image.style.setProperty("--depth", Math.round(1e6 / (frame.right - frame.left)));
    image.style.transform = `translate(${(frame.left - left) * camera.k}px, ${(-frame.top - top) * camera.k}px)`
      + ` scale(${camera.k / rest})`;
  }
}

/** After a change of size: the words, and the camera at rest. */
function refit() {
  settle();
  camera = null;
  aim(slides[shown].frame);
}
