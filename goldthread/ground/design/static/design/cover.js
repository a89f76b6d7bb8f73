// Covers what is private on the screen: Escape twice, or any [data-cover-screen] button. Elements with [data-private]
// are hidden and keep their room; the tab's title goes too. It stays covered from page to page until uncovered.
const root = document.documentElement;
const title = document.title;
const TWICE_WITHIN = 600;
let lastEscape = -Infinity; // not 0: time begins with the page, and a first press just after would count as the second

function draw() {
  const covered = root.classList.contains("gt-covered");
  document.title = covered ? "Goldthread" : title;
  for (const button of document.querySelectorAll("[data-cover-screen]")) {
    button.setAttribute("aria-pressed", String(covered));
    button.textContent = covered ? "Show screen" : "Cover screen";
  }
}

function turn() {
  const covered = root.classList.toggle("gt-covered");
  try {
    sessionStorage.setItem("gt-covered", covered ? "yes" : "no");
  } catch {
    // See js_on.js.
  }
  draw();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-cover-screen]")) turn();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.timeStamp - lastEscape < TWICE_WITHIN) {
    lastEscape = -Infinity;
    turn();
  } else {
    lastEscape = event.timeStamp;
  }
});
draw();
