// The fifteen-second note: Ctrl or Command with Enter keeps it, nothing else on the page moves. The answer to the post
// is JSON {"said": "Kept at 14:32"}; on any failure the words stay in the box and the line says so.
async function keep(form) {
  const line = form.querySelector("[data-quick-note-status]");
  const words = form.elements.words;
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, credentials: "same-origin" });
    const isJson = (answer.headers.get("content-type") ?? "").includes("json");
    if (!answer.ok || !isJson) throw new Error(String(answer.status));
    line.textContent = (await answer.json()).said;
    words.value = "";
    words.dispatchEvent(new Event("input", { bubbles: true }));
  } catch {
    line.textContent = "Not kept yet: the connection failed. Your words are still here; press Keep again.";
  } finally {
    button.disabled = false;
    words.focus();
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-quick-note]")) return;
  event.preventDefault();
  keep(event.target);
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-quick-note]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
