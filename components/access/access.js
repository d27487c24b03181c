// Names for screen readers where Streamlit leaves none, the menu as a landmark, and a voice for a finding that changes.
(() => {
  const set = (part, told) => Object.entries(told).forEach(([key, value]) => {
    if (value && part.getAttribute(key) !== value) part.setAttribute(key, value);
  });
  const each = (what, told) => document.querySelectorAll(what).forEach((part) => set(part, told(part)));
  const above = (part, what) => part.closest(what)?.getAttribute("aria-label");
  const said = Object.assign(document.createElement("div"), {id: "said"});
  said.setAttribute("role", "status");
  let seen = "";
  const mend = () => {
    each("[aria-label*='[']", (part) => (
      {"aria-label": part.getAttribute("aria-label").replace(/:\w+\[[^\]]*\]\s*/g, "")}));
    each("[data-testid=stMain]", () => ({"aria-label": "Page"}));
    each(".deck-events-root", (part) => ({
      role: "application", "aria-label": `${above(part, "[role=figure], figure") ?? "Map"} Plus and minus zoom.`}));
    each("canvas[data-testid=data-grid-canvas]", (part) => ({"aria-label": above(part, "[role=region]")}));
    each(".dvn-scroller", () => ({tabindex: "-1"}));
    each(".st-key-menu", () => ({role: "navigation", "aria-label": "Pages"}));
    document.querySelectorAll(".st-key-menu a").forEach((link) => (
      link.pathname === location.pathname ? set(link, {"aria-current": "page"}) : link.removeAttribute("aria-current")));
    const finding = document.querySelector(".st-key-headline h1")?.textContent ?? "";
    if (finding && finding !== seen) {
      if (seen) said.textContent = finding;
      seen = finding;
    }
    if (document.body && !said.isConnected) document.body.append(said);
  };
  new MutationObserver(mend).observe(document, {childList: true, subtree: true, attributeFilter: ["aria-label"]});
  // What the server has coloured keeps the colours of its theme; the address is the view, so nothing is lost.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
})();
