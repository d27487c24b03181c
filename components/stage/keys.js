const next = () => go(shown + 1);
const back = () => go(shown - 1);
const KEYS = {
  ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, Enter: enter,
  ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
  Home: () => go(0), End: () => go(slides.length - 1),
  f: enlarge, p: present, b: blank, ".": blank, r: restart, "?": explain, Escape: leave,
};
const OF_THE_STAGE = ["f", "p", "?", "Escape"];
const IDLE = 2500;
const PAUSE = 800;

let typed = "";
let typing = 0;
let resting = 0;
let touch = null;

/** Answer a key on the stage or in the presenter's window. */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (["Enter", " "].includes(event.key) && event.target.closest("a, button")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (OF_THE_STAGE.includes(key) && event.view !== window) return;
  const act = /^\d$/.test(key) ? () => type(key) : key === " " && event.shiftKey ? back : KEYS[key];
  if (!act) return;
  event.preventDefault();
  part.help.classList.add("gone");
  act();
}

function clicked(event) {
  const button = event.target.closest("[data-key]");
  if (!button) return;
  if (event.detail) button.blur();
  KEYS[button.dataset.key]();
}

function type(digit) {
  typed += digit;
  say(`Slide ${typed}`);
  clearTimeout(typing);
  typing = setTimeout(enter, PAUSE);
}

function enter() {
  clearTimeout(typing);
  const number = typed;
  typed = "";
  if (number) go(Number(number) - 1);
  else next();
}

function say(sentence) {
  part.notice.textContent = sentence;
  part.notice.hidden = false;
}

function blank() {
  part.black.hidden = !part.black.hidden;
  tell();
}

function explain() {
  if (part.keys.open) part.keys.close();
  else part.keys.showModal();
}

async function enlarge() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    say("The browser does not allow full screen here.");
  }
}

function leave() {
  if (part.keys.open) part.keys.close();
  else if (document.fullscreenElement) document.exitFullscreen();
  else if (story.home) location.assign(story.home);
}

function wake() {
  document.body.classList.remove("idle");
  clearTimeout(resting);
  resting = setTimeout(() => document.body.classList.add("idle"), IDLE);
}

function touched(event) {
  wake();
  const finger = event.pointerType !== "mouse" && event.isPrimary && !event.target.closest("a, button");
  touch = finger ? event : null;
}

/** A swipe moves; so does a touch of the left or right third. */
function lifted(event) {
  if (!touch || !event.isPrimary) return;
  const [across, down] = [event.clientX - touch.clientX, event.clientY - touch.clientY];
  const place = event.clientX / innerWidth;
  if (Math.abs(across) > 50 && Math.abs(across) > Math.abs(down)) (across < 0 ? next : back)();
  else if (Math.hypot(across, down) < 15 && Math.abs(place - 0.5) > 1 / 6) (place > 0.5 ? next : back)();
}

addEventListener("keydown", pressed);
addEventListener("click", clicked);
addEventListener("pointermove", wake);
addEventListener("hashchange", () => go(asked()));
addEventListener("resize", refit);
document.fonts.addEventListener("loadingdone", refit);
part.stage.addEventListener("pointerdown", touched);
part.stage.addEventListener("pointerup", lifted);
part.stage.addEventListener("dblclick", (event) => {
  if (!touch && !event.target.closest("a, button")) enlarge();
});
setTimeout(() => part.help.classList.add("gone"), 10_000);
show(asked());
preload();
