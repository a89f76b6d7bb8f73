// “Today” and “Yesterday” beside a date's three boxes: most dates in this work are one of the two.
// The day is London's, whatever the machine's clock is set to.
const parts = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric" });

function offer(group) {
  if (group.querySelector(".gt-day-ways")) return;
  const ways = document.createElement("span");
  ways.className = "gt-day-ways";
  const question = group.closest("fieldset")?.querySelector("legend")?.firstChild?.textContent.trim() ?? "";
  for (const [words, daysAgo] of [["Today", 0], ["Yesterday", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gt-button-link";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${question}`);
    button.addEventListener("click", () => {
      const today = Object.fromEntries(parts.formatToParts(new Date()).map((part) => [part.type, Number(part.value)]));
      const day = new Date(Date.UTC(today.year, today.month - 1, today.day - daysAgo));
      const [d, m, y] = group.querySelectorAll("input");
      [d.value, m.value, y.value] = [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()];
      d.dispatchEvent(new Event("input", { bubbles: true }));
      y.focus();
    });
    ways.append(button);
  }
  group.append(ways);
}

const offerAll = (scope) => scope.querySelectorAll("[data-day]").forEach(offer);
document.body.addEventListener("htmx:afterSwap", (event) => offerAll(event.detail.target));
document.addEventListener("gt:shown", (event) => offerAll(event.target));
offerAll(document);
