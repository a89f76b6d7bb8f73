// Remembers each form that saves itself as the server drew it, before other scripts change it, so that the page can be drawn
// again while the server is away.
for (const form of document.querySelectorAll("form[data-draft-url]")) form.asDrawn = form.outerHTML;
