// Signing in again without leaving the page: when a save finds nobody signed in, the product's own sign-in pages open in a box
// over the form, with every step they ask. Each page says to the other tabs whose it is, so that all of them go on at once.

const person = document.body.dataset.keptFor;
const WHERE = "/sign-in/?next=/sign-in/in-place/";
const tabs = person && "BroadcastChannel" in window ? new BroadcastChannel("goldthread") : null;
let box;

function element(tag, words, name = "") {
  const made = document.createElement(tag);
  [made.textContent, made.className] = [words, name];
  return made;
}

function ask() {
  if (box) return;
  box = element("dialog", "", "gt-again");
  const heading = element("h2", "Sign in again", "gt-h2");
  const frame = document.createElement("iframe");
  const later = element("button", "Not now", "gt-action");
  heading.id = "sign-in-again";
  box.setAttribute("aria-labelledby", heading.id);
  [frame.title, frame.src, frame.className, later.type] = ["Sign in again", WHERE, "gt-again__frame", "button"];
  later.addEventListener("click", () => box.close());
  box.addEventListener("close", offer);
  box.append(heading, element("p", "You were away for a while. What you typed stands here, behind this box."), frame, later);
  document.body.append(box);
  box.showModal();
}

// After "Not now": one press opens the box again.
function offer() {
  box.remove();
  if (!document.querySelector("[data-again]")) {
    const button = element("button", "Sign in again", "gt-action");
    [button.type, button.dataset.again] = ["button", ""];
    button.addEventListener("click", () => { button.remove(); box = undefined; ask(); });
    document.getElementById("main").prepend(button);
  }
}

function goOn() {
  if (box) {
    box.removeEventListener("close", offer);
    box.close();
    box.remove();
    box = undefined;
  }
  document.querySelector("[data-again]")?.remove();
  document.dispatchEvent(new CustomEvent("gt:signed-in"));
}

document.addEventListener("gt:signed-out", ask);
if (tabs) {
  tabs.addEventListener("message", ({ data }) => { if (data.here === person) goOn(); });
  tabs.postMessage({ here: person });
}
