// Wakes GOV.UK's own components on the page and on fragments that htmx brings in.
const address = document.body.dataset.govukFrontend;

async function wake(scope) {
  const govuk = await import(address);
  document.body.classList.add("govuk-frontend-supported");
  govuk.createAll(govuk.SkipLink, {}, scope);
  govuk.createAll(govuk.ErrorSummary, {}, scope);
  govuk.createAll(govuk.Button, { preventDoubleClick: true }, scope);
  govuk.createAll(govuk.PasswordInput, {}, scope);
}

document.documentElement.classList.add("js-enabled");
wake(document).catch(() => {
  // The page works without them; a missing file must not stop anything else.
});
document.body.addEventListener("htmx:afterSwap", (event) => wake(event.detail.target).catch(() => {}));
