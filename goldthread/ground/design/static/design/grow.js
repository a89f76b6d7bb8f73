// Textareas with [data-grow] are as tall as what is written in them, so that nothing written is out of sight.
const grows = CSS.supports("field-sizing", "content");

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

function fitAll(scope) {
  for (const area of scope.querySelectorAll("textarea[data-grow]")) {
    area.style.resize = "none";
    area.style.overflow = "hidden";
    area.style.minHeight = `calc(${area.rows * 1.5}em + 18px)`;
    if (grows) area.style.fieldSizing = "content";
    else fit(area);
  }
}

document.addEventListener("input", (event) => {
  if (!grows && event.target.matches("textarea[data-grow]")) fit(event.target);
});
document.body.addEventListener("htmx:afterSwap", (event) => fitAll(event.detail.target));
document.addEventListener("gt:shown", (event) => fitAll(event.target));
fitAll(document);
