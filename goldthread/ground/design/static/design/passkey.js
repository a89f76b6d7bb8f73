// A form with data-passkey="create" or "get" asks the browser for a passkey before it is sent.
// Its data-options are the server's question; without them they are fetched from where the form goes.
// The answer stands in the field "credential". What went wrong is said in [data-passkey-problem] of the form.
const SAID = "Nothing was used: the browser closed the question, or this device has no passkey for this place. You can try again.";
const OLD = "This browser cannot use passkeys here: it needs https and a recent browser. Use another way.";

async function question(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

async function ask(form) {
  const place = form.querySelector("[data-passkey-problem]");
  place.textContent = "";
  if (!window.webauthnJSON?.supported()) {
    place.textContent = OLD;
    return;
  }
  try {
    const asked = await question(form);
    const given = form.dataset.passkey === "create" ? await webauthnJSON.create(asked) : await webauthnJSON.get(asked);
    form.elements.credential.value = JSON.stringify(given);
    form.submit();
  } catch {
    place.textContent = SAID;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
