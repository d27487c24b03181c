let desk = null;

/** The document in the presenter's window, or null where the window is closed or shows something else. */
function written() {
  try {
    return desk && !desk.closed && desk.document.getElementById("place") ? desk.document : null;
  } catch {
    return null;
  }
}

/** Open the presenter's window, which this page writes: nothing is loaded, so it needs no network. */
function present() {
  if (written()) {
    desk.focus();
    return;
  }
  desk?.close();
  desk = window.open("", "", "popup,width=1280,height=760");
  if (!desk) {
    say("The browser has blocked the presenter’s window: allow windows for this page, then press P again.");
    return;
  }
  dress(desk.document);
  tell();
  tick();
}

function dress(page) {
  page.open();
  page.write("<!doctype html><html lang=en>");
  page.close();
  page.title = `Presenter: ${story.title}`;
  page.head.append(page.importNode(document.getElementById("faces"), true));
  page.body.append(page.importNode(part.presenter.content, true));
  page.addEventListener("keydown", pressed);
  page.addEventListener("click", clicked);
}

/** Say on the presenter's window what is on the stage. */
function tell() {
  const page = written();
  if (!page) return;
  const at = (id) => page.getElementById(id);
  at("place").textContent = `${shown + 1} / ${slides.length}${part.black.hidden ? "" : " · the screen is black"}`;
  at("now-title").textContent = slides[shown].title;
  at("next-title").textContent = slides[shown + 1]?.title ?? "The end";
  at("notes").textContent = slides[shown].notes || "No notes.";
  at("notes").scrollTop = 0;
  portray(at("now"), shown);
  portray(at("next"), shown + 1);
}

function portray(image, number) {
  image.hidden = !loaded.has(number);
  image.src = loaded.get(number)?.src ?? "";
  image.alt = loaded.get(number)?.alt ?? "";
}

/** The time of day, and since the first move. */
function tick() {
  const page = written();
  if (!page) return;
  const seconds = began ? Math.floor((Date.now() - began) / 1000) : 0;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  page.getElementById("clock").textContent =
    new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  page.getElementById("since").textContent = `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

function restart() {
  began = Date.now();
  remember();
  tick();
}

setInterval(tick, 500);
addEventListener("pagehide", () => desk?.close());
